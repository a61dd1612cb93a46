/*
 * test_contact.c - what Helm's validator says of mail addresses and URLs
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "chart/contact.h"

static void expect(bool (*check)(struct slice text), const char *const *texts, size_t count, bool expected)
{
    for (size_t i = 0; i < count; i++) {
        if (check(slice_text(texts[i])) != expected)
            fail_msg("'%s' should %s", texts[i], expected ? "pass" : "fail");
    }
}

#define EXPECT(check, expected, ...) \
    do { \
        static const char *const texts[] = {__VA_ARGS__}; \
        expect(check, texts, sizeof texts / sizeof texts[0], expected); \
    } while (0)

static void contact__mail_addresses(void **state)
{
    (void)state;
    EXPECT(contact_is_email, true, "a@b.c", "a.b+c@x-y.example.com", "é@bücher.de", "a@b.c.", "a@b_c.de", "x@1.de",
           "\"a\"@x.org", "\"(a\"@x.org");
    EXPECT(contact_is_email, false, "foo", "a@b", "\"a b\"@x.org", "\"ab\"@x.org", "\"\"@x.org", "a..b@c.de", "a@-b.de", "a@b.1", "");
}

static void contact__urls_of_maintainers(void **state)
{
    (void)state;
    EXPECT(contact_is_url, true, "https://github.com/x", "github.com/x", "http://1.2.3.4:80/a", "http://[::1]/",
           "ftp://u:p@h.de/x?y#z", "mailto:a@b.c", "http://ex_ample.com", "https://x.io:99999", "https://例え.jp",
           "tcp://h:1");
    EXPECT(contact_is_url, false, "foo", "localhost", "x y", "http://.a", "a.b", "://a", "ab", "http://256.1.1.1",
           "http://a..b", "http://foo bar.com", "https://a-.com", "/path", "//a.b", "");
}

static void contact__urls_of_sources_and_icons(void **state)
{
    (void)state;
    EXPECT(contact_is_request_url, true, "https://x.y", "http:foo", "https://a/b#c", "data:image/png;base64,xx");
    EXPECT(contact_is_request_url, false, "x.y", "/a", "https://a#b", "http://%zz", "", "git@github.com:a/b",
           "https://a b");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contact__mail_addresses),
        cmocka_unit_test(contact__urls_of_maintainers),
        cmocka_unit_test(contact__urls_of_sources_and_icons),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
