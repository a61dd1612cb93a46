/*
 * test_decimal.c - decimal arithmetic; results as Helm's addf, subf, mulf and divf print them
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "golang/decimal.h"

static double compute(double a, void (*operate)(struct decimal *, const struct decimal *), double b)
{
    struct decimal d, o;
    decimal_init(&d, a);
    decimal_init(&o, b);
    operate(&d, &o);
    double f = decimal_float(&d);
    decimal_release(&d);
    decimal_release(&o);
    return f;
}

static void decimal__sums_and_products_are_exact(void **state)
{
    (void)state;
    assert_true(compute(0.1, decimal_add, 0.2) == 0.3);
    assert_true(compute(1.1, decimal_subtract, 1) == 0.1);
    assert_true(compute(1.1, decimal_multiply, 1.1) == 1.21);
    assert_true(compute(1e300, decimal_add, 1) == 1e300);
    assert_true(compute(-7.5, decimal_add, 2) == -5.5);
}

static void decimal__quotients_round_at_16_places(void **state)
{
    (void)state;
    assert_true(compute(10, decimal_divide, 3) == 3.3333333333333335);
    assert_true(compute(1, decimal_divide, 1e20) == 0);
    assert_true(compute(-2, decimal_divide, 3) == -0.6666666666666667);
    assert_true(compute(1e-20, decimal_divide, 1e-20) == 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decimal__sums_and_products_are_exact),
        cmocka_unit_test(decimal__quotients_round_at_16_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
