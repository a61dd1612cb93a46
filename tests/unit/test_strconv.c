/*
 * test_strconv.c - integers as Go's strconv writes and reads them
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "golang/strconv.h"

static void check_int(const char *text, int base, int bits, enum go_number_error error, int64_t value)
{
    int64_t got;
    assert_int_equal(go_parse_int(slice_text(text), base, bits, &got), error);
    assert_true(got == value);
}

static void strconv__base_0_takes_prefixes_and_underscores(void **state)
{
    (void)state;
    check_int("0x1F", 0, 64, GO_NUMBER_OK, 31);
    check_int("017", 0, 64, GO_NUMBER_OK, 15);
    check_int("0o17", 0, 64, GO_NUMBER_OK, 15);
    check_int("-0b101", 0, 64, GO_NUMBER_OK, -5);
    check_int("1_000", 0, 64, GO_NUMBER_OK, 1000);
    check_int("0x_f", 0, 64, GO_NUMBER_OK, 15);
    check_int("08", 0, 64, GO_NUMBER_SYNTAX, 0);
    check_int("1__0", 0, 64, GO_NUMBER_SYNTAX, 0);
    check_int("_1", 0, 64, GO_NUMBER_SYNTAX, 0);
    check_int("1_", 0, 64, GO_NUMBER_SYNTAX, 0);
    check_int("1_0", 10, 64, GO_NUMBER_SYNTAX, 0);
}

static void strconv__range_errors_give_the_nearest(void **state)
{
    (void)state;
    check_int("9223372036854775807", 10, 64, GO_NUMBER_OK, INT64_MAX);
    check_int("9223372036854775808", 10, 64, GO_NUMBER_RANGE, INT64_MAX);
    check_int("-9223372036854775808", 10, 64, GO_NUMBER_OK, INT64_MIN);
    check_int("-99999999999999999999", 10, 64, GO_NUMBER_RANGE, INT64_MIN);
    check_int("2147483648", 10, 32, GO_NUMBER_RANGE, INT32_MAX);
    check_int("", 10, 64, GO_NUMBER_SYNTAX, 0);
    check_int("+", 10, 64, GO_NUMBER_SYNTAX, 0);
}

static void strconv__writes_in_any_base(void **state)
{
    (void)state;
    struct buffer b = BUFFER_INIT;
    go_format_int(&b, INT64_MIN, 10);
    buffer_add_char(&b, ' ');
    go_format_uint(&b, UINT64_MAX, 16);
    buffer_add_char(&b, ' ');
    go_format_int(&b, -35, 36);
    assert_true(slice_is(buffer_slice(&b), "-9223372036854775808 ffffffffffffffff -z"));
    buffer_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strconv__base_0_takes_prefixes_and_underscores),
        cmocka_unit_test(strconv__range_errors_give_the_nearest),
        cmocka_unit_test(strconv__writes_in_any_base),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
