/*
 * test_quote.c - quoted texts as Go's strconv writes and reads them
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "golang/strconv.h"

static void check_quote(void (*quote)(struct buffer *, struct slice), struct slice text, const char *quoted)
{
    struct buffer b = BUFFER_INIT;
    quote(&b, text);
    buffer_add_char(&b, '\0');
    assert_string_equal(b.ptr, quoted);
    buffer_release(&b);
}

static void quote__escapes_what_does_not_print(void **state)
{
    (void)state;
    check_quote(go_quote, SLICE("a\"b\\c\n\t\x01\x7F"), "\"a\\\"b\\\\c\\n\\t\\x01\\x7f\"");
    check_quote(go_quote, SLICE("\0"), "\"\\x00\"");
    check_quote(go_quote, SLICE("\xC3\xA9\xE2\x80\x8B\xFF\xF0\x9F\x98\x80"), "\"\xC3\xA9\\u200b\\xff\xF0\x9F\x98\x80\"");
    check_quote(go_quote, SLICE("\xF4\x8F\xBF\xBF"), "\"\\U0010ffff\"");
    check_quote(go_quote_ascii, SLICE("\xC3\xA9\xF0\x9F\x98\x80"), "\"\\u00e9\\U0001f600\"");
}

static void quote__quotes_runes(void **state)
{
    (void)state;
    struct buffer b = BUFFER_INIT;
    go_quote_rune(&b, '\'', false);
    go_quote_rune(&b, 0xE9, true);
    go_quote_rune(&b, 0x110000, false);
    assert_true(slice_is(buffer_slice(&b), "'\\'''\\u00e9''\xEF\xBF\xBD'"));
    buffer_release(&b);
    assert_true(go_can_backquote(SLICE("a\tb")));
    assert_false(go_can_backquote(SLICE("a`b")));
    assert_false(go_can_backquote(SLICE("a\nb")));
}

static void check_unquote(const char *literal, const char *text)
{
    struct arena a;
    struct slice out;
    arena_init(&a);
    bool ok = go_unquote(&a, slice_text(literal), &out);
    assert_int_equal(ok, text != NULL);
    if (ok)
        assert_true(slice_is(out, text));
    arena_release(&a);
}

static void quote__reads_literals(void **state)
{
    (void)state;
    check_unquote("\"a\\n\\x41\\101\\u00e9\\\"\"", "a\nAA\xC3\xA9\"");
    check_unquote("`a\\n\r`", "a\\n");
    check_unquote("'\\''", "'");
    check_unquote("\"\"", "");
    check_unquote("\"\xFF\"", "\xEF\xBF\xBD");
}

static void quote__refuses_bad_literals(void **state)
{
    (void)state;
    static const char *const bad[] = {"\"a", "\"\\'\"", "\"\\q\"", "\"\\0\"", "\"\\ud800\"", "\"\\777\"", "\"a\nb\"",
                                      "'ab'", "`a`b`", "\"a\"b\"", "\"\\", "a", ""};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        check_unquote(bad[i], NULL);
}

static void quote__reads_one_rune(void **state)
{
    (void)state;
    uint32_t rune;
    assert_true(go_unquote_rune(SLICE("\\xff"), '\'', &rune));
    assert_int_equal(rune, 0xFF);
    assert_true(go_unquote_rune(SLICE("\xC3\xA9"), '\'', &rune));
    assert_int_equal(rune, 0xE9);
    assert_false(go_unquote_rune(SLICE("ab"), '\'', &rune));
    assert_false(go_unquote_rune(SLICE("\\\""), '\'', &rune));
    assert_false(go_unquote_rune(SLICE(""), '\'', &rune));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quote__escapes_what_does_not_print),
        cmocka_unit_test(quote__quotes_runes),
        cmocka_unit_test(quote__reads_literals),
        cmocka_unit_test(quote__refuses_bad_literals),
        cmocka_unit_test(quote__reads_one_rune),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
