/*
 * test_strconv_float.c - floats as Go's strconv writes and reads them
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include <locale.h>
#include <math.h>

#include "golang/strconv.h"

struct written {
    double f;
    char format;
    int precision;
    int bits;
    const char *text;
};

static const struct written written[] = {
    {0, 'g', -1, 64, "0"},
    {-0.0, 'g', -1, 64, "-0"},
    {1e+06, 'g', -1, 64, "1e+06"},
    {123456, 'g', -1, 64, "123456"},
    {0.0001, 'g', -1, 64, "0.0001"},
    {1e-05, 'g', -1, 64, "1e-05"},
    {5.684341886080801e-14, 'g', -1, 64, "5.684341886080801e-14"}, /* 2^-44: nearest 16 digits do not read back */
    {5e-324, 'g', -1, 64, "5e-324"},
    {1.7976931348623157e+308, 'g', -1, 64, "1.7976931348623157e+308"},
    {9.007199254740992e+15, 'f', -1, 64, "9007199254740992"},
    {0.1, 'e', 20, 64, "1.00000000000000005551e-01"},
    {2.5, 'f', 0, 64, "2"},
    {3.5, 'f', 0, 64, "4"},
    {1e-06, 'f', 3, 64, "0.000"},
    {1234.5678, 'g', 3, 64, "1.23e+03"},
    {1, 'x', -1, 64, "0x1p+00"},
    {1.9999, 'x', 2, 64, "0x1.00p+01"},
    {3.14, 'b', -1, 64, "7070651414971679p-51"},
    {0.1, 'g', -1, 32, "0.1"},
    {1.1234567890123, 'g', -1, 32, "1.1234568"},
    {1.6777216e+07, 'g', -1, 32, "1.6777216e+07"},
    {0.000244140625, 'g', -1, 32, "0.00024414062"}, /* a tie; Go 1.26 has …63, Helm 4.1.4's Go 1.25 this */
    {100, 'E', -1, 64, "1E+02"},
    {1e+21, 'f', -1, 64, "1000000000000000000000"},
    {INFINITY, 'g', -1, 64, "+Inf"},
    {-INFINITY, 'f', 2, 64, "-Inf"},
    {NAN, 'e', 2, 64, "NaN"},
};

static void check_written(void)
{
    struct buffer b = BUFFER_INIT;
    for (size_t i = 0; i < sizeof written / sizeof written[0]; i++) {
        const struct written *w = &written[i];
        buffer_clear(&b);
        go_format_float(&b, w->f, w->format, w->precision, w->bits);
        buffer_add_char(&b, '\0');
        assert_string_equal(b.ptr, w->text);
    }
    buffer_release(&b);
}

static void strconv_float__writes_as_go(void **state)
{
    (void)state;
    check_written();
}

static void strconv_float__no_locale_matters(void **state)
{
    (void)state;
    if (!setlocale(LC_ALL, "de_DE.UTF-8") && !setlocale(LC_ALL, "cs_CZ.UTF-8"))
        skip();
    check_written();
    double f;
    assert_int_equal(go_parse_float(SLICE("1234567890123456789.5e-3"), 64, &f), GO_NUMBER_OK);
    assert_true(f == 1234567890123456.7895);
    setlocale(LC_ALL, "C");
}

static void strconv_float__many_digits_are_exact(void **state)
{
    (void)state;
    struct buffer b = BUFFER_INIT;
    go_format_float(&b, 5e-324, 'e', 900, 64);
    assert_int_equal(b.len, 2 + 900 + 5);
    assert_memory_equal(b.ptr, "4.940656458412465441765687928682213723650598", 44);
    buffer_clear(&b);
    go_format_float(&b, 1.7976931348623157e308, 'f', 2, 64);
    assert_int_equal(b.len, 309 + 3);
    buffer_release(&b);
}

static void check_read(const char *text, enum go_number_error error, double value)
{
    double f;
    assert_int_equal(go_parse_float(slice_text(text), 64, &f), error);
    assert_true(f == value || (isnan(f) && isnan(value)));
}

static void strconv_float__reads_gos_forms(void **state)
{
    (void)state;
    check_read("1e3", GO_NUMBER_OK, 1000);
    check_read("+.5", GO_NUMBER_OK, 0.5);
    check_read("5.", GO_NUMBER_OK, 5);
    check_read("0x1.8p5", GO_NUMBER_OK, 48);
    check_read("1_0.5", GO_NUMBER_OK, 10.5);
    check_read("1e-400", GO_NUMBER_OK, 0);
    check_read("9007199254740993", GO_NUMBER_OK, 9007199254740992.0);
    check_read("1e400", GO_NUMBER_RANGE, INFINITY);
    check_read("-Infinity", GO_NUMBER_OK, -INFINITY);
    check_read("nan", GO_NUMBER_OK, NAN);
}

static void strconv_float__refuses_what_c_would_read(void **state)
{
    (void)state;
    static const char *const bad[] = {"", ".", "1e", "0x1", "0x", "+nan", "infi", " 1", "1 ", "1_", "_1", "1f", "1e+"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        check_read(bad[i], GO_NUMBER_SYNTAX, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strconv_float__writes_as_go),
        cmocka_unit_test(strconv_float__no_locale_matters),
        cmocka_unit_test(strconv_float__many_digits_are_exact),
        cmocka_unit_test(strconv_float__reads_gos_forms),
        cmocka_unit_test(strconv_float__refuses_what_c_would_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
