/*
 * test_encoding.c - base64, base32 and hashes, against what Helm 4.1.4 printed
 */
#include "function_test.h"

#include "funcs/groups.h"

static void encoding__base64_both_ways(void **state)
{
    (void)state;
    const char *const texts[] = {"", "a", "ab", "abc", "abcd", "\x01\xff\xfe"};
    const char *const codes[] = {"", "YQ==", "YWI=", "YWJj", "YWJjZA==", "Af/+"};
    for (size_t i = 0; i < 6; i++) {
        assert_string_equal(CALL("b64enc", S(texts[i])).s, codes[i]);
        assert_string_equal(CALL("b64dec", S(codes[i])).s, texts[i]);
    }
    GIVES("b64dec", "\"abc\"", S("YW\r\nJj\n"));
}

static void encoding__base64_errors_name_go_s_byte(void **state)
{
    (void)state;
    GIVES("b64dec", "\"illegal base64 data at input byte 0\"", S("a"));
    GIVES("b64dec", "\"illegal base64 data at input byte 3\"", S("ab="));
    GIVES("b64dec", "\"illegal base64 data at input byte 0\"", S("abc"));
    GIVES("b64dec", "\"illegal base64 data at input byte 4\"", S("ab==x"));
    GIVES("b64dec", "\"illegal base64 data at input byte 1\"", S("a=bc"));
    GIVES("b64dec", "\"illegal base64 data at input byte 0\"", S("!"));
}

static void encoding__base32_both_ways(void **state)
{
    (void)state;
    const char *const texts[] = {"", "f", "fo", "foo", "foob", "fooba", "foobar"};
    const char *const codes[] = {"", "MY======", "MZXQ====", "MZXW6===", "MZXW6YQ=", "MZXW6YTB", "MZXW6YTBOI======"};
    for (size_t i = 0; i < 7; i++) {
        assert_string_equal(CALL("b32enc", S(texts[i])).s, codes[i]);
        assert_string_equal(CALL("b32dec", S(codes[i])).s, texts[i]);
    }
}

static void encoding__base32_errors_name_go_s_byte(void **state)
{
    (void)state;
    GIVES("b32dec", "\"illegal base32 data at input byte 0\"", S("a"));
    GIVES("b32dec", "\"illegal base32 data at input byte 3\"", S("AAA====="));
    GIVES("b32dec", "\"illegal base32 data at input byte 0\"", S("NB"));
    GIVES("b32dec", "\"illegal base32 data at input byte 5\"", S("NB==="));
}

static void encoding__hashes(void **state)
{
    (void)state;
    GIVES("sha1sum", "\"da39a3ee5e6b4b0d3255bfef95601890afd80709\"", S(""));
    GIVES("sha256sum", "\"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb\"", S("a"));
    assert_int_equal(CALL("sha512sum", S("a")).len, 128);
    GIVES("adler32sum", "\"103547413\"", S("hello"));
    GIVES("adler32sum", "\"1\"", S(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(encoding__base64_both_ways),
        cmocka_unit_test(encoding__base64_errors_name_go_s_byte),
        cmocka_unit_test(encoding__base32_both_ways),
        cmocka_unit_test(encoding__base32_errors_name_go_s_byte),
        cmocka_unit_test(encoding__hashes),
    };
    test.table = functions_encoding;
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
