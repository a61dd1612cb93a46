/*
 * test_oci_auth.c - challenges of registries, scopes and refusals, as oras-go 2.6 reads and words them
 */
#include "fetch/oci_auth.h"

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

static void expect(const char *header, enum oci_scheme scheme, const char *realm, const char *service,
                   const char *scope)
{
    struct oci_challenge c;
    oci_challenge_read(&arena, slice_text(header), &c);
    assert_int_equal(c.scheme, scheme);
    assert_string_equal(arena_text(&arena, c.realm), realm);
    assert_string_equal(arena_text(&arena, c.service), service);
    assert_string_equal(arena_text(&arena, c.scope), scope);
}

static void oci_auth__reads_challenges(void **state)
{
    (void)state;
    expect("Basic realm=\"basic-realm\"", OCI_SCHEME_BASIC, "", "", "");
    expect("bearer realm=\"https://auth.io/token\",service=\"registry.io\",scope=\"repository:a/b:pull\"",
           OCI_SCHEME_BEARER, "https://auth.io/token", "registry.io", "repository:a/b:pull");
    expect("Bearer realm = \"x\" , service=y", OCI_SCHEME_BEARER, "x", "y", "");
    expect("Bearer realm=\"a\\\"b\"", OCI_SCHEME_BEARER, "a\"b", "", "");
    expect("Bearer realm=\"never ends", OCI_SCHEME_BEARER, "", "", "");
    expect("Bearer ,,,", OCI_SCHEME_BEARER, "", "", "");
    expect("Negotiate abc", OCI_SCHEME_UNKNOWN, "", "", "");
    expect("", OCI_SCHEME_UNKNOWN, "", "", "");
}

static void expect_scopes(const char *one, const char *other, const char *joined)
{
    struct slice result = oci_scopes_join(&arena, slice_text(one), slice_text(other));
    assert_string_equal(arena_text(&arena, result), joined);
}

static void oci_auth__joins_scopes(void **state)
{
    (void)state;
    expect_scopes("repository:a:pull", "", "repository:a:pull");
    expect_scopes("repository:a:pull,push", "repository:a:pull", "repository:a:pull,push");
    expect_scopes("repository:a:push", "repository:a:pull", "repository:a:pull,push");
    expect_scopes("repository:a:pull", "repository:b:pull", "repository:a:pull repository:b:pull");
    expect_scopes("repository:a:pull", "repository:a:*", "repository:a:*");
    expect_scopes("", "", "");
}

static const char *refusal(int status, const char *status_text, const char *body)
{
    struct http_response response = {.status = status,
                                     .status_text = slice_text(status_text),
                                     .url = SLICE("http://r.io/v2/"),
                                     .body = slice_text(body)};
    struct diag diag;
    diag_init(&diag);
    assert_false(oci_refused(&arena, "GET", &response, &diag));
    const char *text = arena_text(&arena, diag.last->message);
    diag_release(&diag);
    return text;
}

static void oci_auth__words_refusals(void **state)
{
    (void)state;
    assert_string_equal(refusal(401, "401 Unauthorized", "<html>"),
                        "GET \"http://r.io/v2/\": response status code 401: Unauthorized");
    assert_string_equal(refusal(401, "401 Unauthorized", "{\"errors\":[{\"code\":\"UNAUTHORIZED\",\"message\":"
                                                         "\"authentication required\",\"detail\":null}]}"),
                        "GET \"http://r.io/v2/\": response status code 401: unauthorized: authentication required");
    assert_string_equal(refusal(404, "404 Not Found",
                                "{\"errors\":[{\"code\":\"NAME_UNKNOWN\",\"message\":\"no such name\",\"detail\":"
                                "{\"name\":\"charts/zz\"}},{\"code\":\"OTHER\"}]}"),
                        "GET \"http://r.io/v2/\": response status code 404: name unknown: no such name: "
                        "map[name:charts/zz]; other");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(oci_auth__reads_challenges),
        cmocka_unit_test(oci_auth__joins_scopes),
        cmocka_unit_test(oci_auth__words_refusals),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
