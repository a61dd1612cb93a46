/*
 * test_schema_number.c - exact decimals
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "chart/schema_number.h"

static struct schema_number number(struct arena *a, const char *text)
{
    struct schema_number n;
    assert_true(schema_number_parse(a, slice_text(text), &n));
    return n;
}

static int compare(const char *x, const char *y)
{
    struct arena a;
    arena_init(&a);
    struct schema_number n = number(&a, x), m = number(&a, y);
    int order = schema_number_compare(&n, &m);
    arena_release(&a);
    return order < 0 ? -1 : order > 0;
}

static bool is_multiple(const char *x, const char *y)
{
    struct arena a;
    arena_init(&a);
    struct schema_number n = number(&a, x), m = number(&a, y);
    bool multiple = schema_number_is_multiple(&n, &m);
    arena_release(&a);
    return multiple;
}

static void schema_number__compares_by_value_not_notation(void **state)
{
    (void)state;
    assert_int_equal(compare("1.0", "1"), 0);
    assert_int_equal(compare("100e-2", "1"), 0);
    assert_int_equal(compare("0.00", "-0"), 0);
    assert_int_equal(compare("-2", "1"), -1);
    assert_int_equal(compare("-2", "-10"), 1);
    assert_int_equal(compare("9007199254740993", "9007199254740992"), 1);
    assert_int_equal(compare("1e300", "1e299"), 1);
    assert_int_equal(compare("0.1", "0.10000000000000000001"), -1);
}

static void schema_number__divides_exactly(void **state)
{
    (void)state;
    assert_true(is_multiple("0.3", "0.1"));
    assert_true(is_multiple("4.35", "0.01"));
    assert_true(is_multiple("1e300", "0.0001"));
    assert_true(is_multiple("1e20", "1024"));
    assert_true(is_multiple("0", "7"));
    assert_true(is_multiple("-21", "7"));
    assert_false(is_multiple("19.995", "0.01"));
    assert_false(is_multiple("1e300", "7"));
    assert_false(is_multiple("10", "100"));
    assert_false(is_multiple("5", "2"));
}

static void schema_number__tells_integers(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    struct schema_number n = number(&a, "12.50e1"), m = number(&a, "12.5"), huge = number(&a, "1e21");
    assert_true(schema_number_is_integer(&n));
    assert_int_equal(schema_number_integer(&n), 125);
    assert_false(schema_number_is_integer(&m));
    assert_true(schema_number_integer(&huge) == 3875820019684212736);
    assert_false(schema_number_parse(&a, SLICE("1e1000001"), &n));
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(schema_number__compares_by_value_not_notation),
        cmocka_unit_test(schema_number__divides_exactly),
        cmocka_unit_test(schema_number__tells_integers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
