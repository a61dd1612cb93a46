/*
 * test_url.c - URLs and IP addresses; error texts as Helm 4.1.4 printed them
 */
#include "golang/ip.h"
#include "golang/url.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct arena arena;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

/* The URL read and written again, or the error. */
static const char *again(const char *text)
{
    struct go_url url;
    struct slice error;
    struct buffer b = BUFFER_INIT;
    if (!go_url_parse(&arena, slice_text(text), &url, &error))
        return arena_text(&arena, error);
    go_url_string(&b, &url);
    return buffer_move(&b, &arena).ptr;
}

static struct go_url parsed(const char *text)
{
    struct go_url url;
    struct slice error;
    assert_true(go_url_parse(&arena, slice_text(text), &url, &error));
    return url;
}

static void url__parts(void **state)
{
    (void)state;
    struct go_url u = parsed("HTTP://me:p%40ss@Ex.org:80/a%2fb?q=1#f%20g");
    assert_true(slice_is(u.scheme, "http"));
    assert_true(slice_is(u.user, "me"));
    assert_true(slice_is(u.password, "p@ss"));
    assert_true(slice_is(u.host, "Ex.org:80"));
    assert_true(slice_is(go_url_hostname(&u), "Ex.org"));
    assert_true(slice_is(u.path, "/a/b"));
    assert_true(slice_is(u.raw_query, "q=1"));
    assert_true(slice_is(u.fragment, "f g"));
    u = parsed("mailto:a@b");
    assert_true(slice_is(u.opaque, "a@b"));
    u = parsed("http://[fe80::1%25en0]:80/");
    assert_true(slice_is(go_url_hostname(&u), "fe80::1%en0"));
}

static void url__round_trip(void **state)
{
    (void)state;
    assert_string_equal(again("http://me:p%40ss@ex.org:80/a%2fb?q=1#f%20g"),
                        "http://me:p%40ss@ex.org:80/a%2fb?q=1#f%20g");
    assert_string_equal(again("a b?"), "a%20b?");
    assert_string_equal(again("file:///x"), "file:///x");
    assert_string_equal(again("x:/y"), "x:/y");
    assert_string_equal(again("*"), "*");
}

static void url__faults(void **state)
{
    (void)state;
    assert_string_equal(again("%zz"), "parse \"%zz\": invalid URL escape \"%zz\"");
    assert_string_equal(again(":x"), "parse \":x\": missing protocol scheme");
    assert_string_equal(again("1:2"), "parse \"1:2\": first path segment in URL cannot contain colon");
    assert_string_equal(again("http://a:b:c/"), "parse \"http://a:b:c/\": invalid port \":c\" after host");
    assert_string_equal(again("http://[1.2.3.4]/"), "parse \"http://[1.2.3.4]/\": invalid IP-literal");
    assert_string_equal(again("http://[zz]/"),
                        "parse \"http://[zz]/\": invalid host: ParseAddr(\"zz\"): unable to parse IP");
    assert_string_equal(again("http://a b/"), "parse \"http://a b/\": invalid character \" \" in host name");
    assert_string_equal(again("a\x01"), "parse \"a\\x01\": net/url: invalid control character in URL");
}

static bool is_ip(const char *text)
{
    struct go_ip ip;
    struct slice error;
    return go_ip_parse(&arena, slice_text(text), &ip, &error);
}

static void ip__forms(void **state)
{
    (void)state;
    struct go_ip ip;
    struct slice error;
    assert_true(go_ip_parse(&arena, SLICE("1::ffff:1.2.3.4"), &ip, &error));
    assert_memory_equal(ip.bytes, "\0\1\0\0\0\0\0\0\0\0\xff\xff\1\2\3\4", 16);
    assert_true(is_ip("::") && is_ip("1::") && is_ip("1:2:3:4:5:6:7:8") && is_ip("255.0.0.1"));
    assert_false(is_ip("1:2:3:4:5:6:7"));
    assert_false(is_ip("1::2::3"));
    assert_false(is_ip("1:2:3:4:5:6:7:8::"));
    assert_false(is_ip("01.2.3.4"));
    assert_false(is_ip("1.2.3"));
    assert_false(is_ip("12345::"));
    assert_false(is_ip(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(url__parts, setup, teardown),
        cmocka_unit_test_setup_teardown(url__round_trip, setup, teardown),
        cmocka_unit_test_setup_teardown(url__faults, setup, teardown),
        cmocka_unit_test_setup_teardown(ip__forms, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
