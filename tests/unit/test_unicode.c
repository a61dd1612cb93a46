/*
 * test_unicode.c - UTF-8 and character classes as Go 1.25 has them
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "golang/unicode.h"

static void check_rune(const char *text, uint32_t rune, size_t size)
{
    size_t got;
    assert_int_equal(go_decode_rune(slice_text(text), &got), rune);
    assert_int_equal(got, size);
}

static void unicode__decodes_runes_and_bad_bytes(void **state)
{
    (void)state;
    check_rune("", RUNE_ERROR, 0);
    check_rune("a", 'a', 1);
    check_rune("\xC3\xA9", 0xE9, 2);
    check_rune("\xF0\x9F\x98\x80", 0x1F600, 4);
    check_rune("\xEF\xBF\xBD", RUNE_ERROR, 3);
    check_rune("\xC0\x80", RUNE_ERROR, 1);
    check_rune("\xED\xA0\x80", RUNE_ERROR, 1);
    check_rune("\xF4\x90\x80\x80", RUNE_ERROR, 1);
    check_rune("\xE2\x82", RUNE_ERROR, 1);
}

static void unicode__decodes_the_last_rune(void **state)
{
    (void)state;
    size_t size;
    assert_int_equal(go_decode_last_rune(SLICE("a\xF0\x9F\x98\x80"), &size), 0x1F600);
    assert_int_equal(size, 4);
    assert_int_equal(go_decode_last_rune(SLICE("\xC3\xA9z"), &size), 'z');
    assert_int_equal(size, 1);
    assert_int_equal(go_decode_last_rune(SLICE("a\xA9"), &size), RUNE_ERROR);
    assert_int_equal(size, 1);
}

static void unicode__counts_each_bad_byte_as_a_rune(void **state)
{
    (void)state;
    assert_int_equal(go_rune_count(SLICE("a\xC3\xA9\xFF\xE2\x82")), 5);
    assert_true(go_valid_utf8(SLICE("\xC5\xBDlu\xC5\xA5")));
    assert_false(go_valid_utf8(SLICE("a\xFF")));
}

static void unicode__prints_only_the_ascii_space(void **state)
{
    (void)state;
    assert_true(go_is_print(' '));
    assert_true(go_is_print(0xE9));
    assert_true(go_is_print(0x1F600));
    assert_false(go_is_print(0x7F));
    assert_false(go_is_print(0xA0));
    assert_false(go_is_print(0xAD));
    assert_false(go_is_print(0x200B));
    assert_false(go_is_print(0x3000));
    assert_false(go_is_print(0xE000));
    assert_true(go_is_space(0x3000));
    assert_true(go_is_space(0x85));
    assert_false(go_is_space(0x200B));
}

static void unicode__maps_case_rune_by_rune(void **state)
{
    (void)state;
    struct buffer b = BUFFER_INIT;
    go_upper(&b, SLICE("stra\xC3\x9F" "e \xC7\x86 \xFF"));
    go_lower(&b, SLICE("\xC4\xB0\xC3\x89"));
    buffer_add_char(&b, '\0');
    assert_string_equal(b.ptr, "STRA\xC3\x9F" "E \xC7\x84 \xEF\xBF\xBDi\xC3\xA9");
    assert_int_equal(go_to_title(0x1C6), 0x1C5);
    buffer_release(&b);
}

static void unicode__trims_unicode_spaces(void **state)
{
    (void)state;
    struct slice trimmed = go_trim_space(SLICE("\xC2\xA0 \t\xE3\x80\x80 a b\xE2\x80\x83\n"));
    assert_true(slice_is(trimmed, "a b"));
    assert_int_equal(go_trim_space(SLICE(" \n")).len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unicode__decodes_runes_and_bad_bytes),
        cmocka_unit_test(unicode__decodes_the_last_rune),
        cmocka_unit_test(unicode__counts_each_bad_byte_as_a_rune),
        cmocka_unit_test(unicode__prints_only_the_ascii_space),
        cmocka_unit_test(unicode__maps_case_rune_by_rune),
        cmocka_unit_test(unicode__trims_unicode_spaces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
