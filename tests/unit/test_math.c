/*
 * test_math.c - the number functions, against what Helm 4.1.4 printed
 */
#include "function_test.h"

#include "funcs/groups.h"

static void math__whole_numbers_cast_and_wrap(void **state)
{
    (void)state;
    GIVES("add", "2", F(1.9), I(1));
    check_result("add", "0", NULL, 0);
    GIVES("add", "-9223372036854775808", I(INT64_MAX), I(1));
    GIVES("sub", "4", S("0x5"), I(1));
    GIVES("mul", "24", I(2), I(3), I(4));
    GIVES("div", "-3", I(-7), I(2));
    GIVES("div", "-9223372036854775808", I(INT64_MIN), I(-1));
    GIVES("mod", "-1", I(-7), I(3));
    GIVES("mod", "0", I(INT64_MIN), I(-1));
    GIVES("max", "-2", I(-3), I(-2));
    GIVES("min", "-3", I(-3), I(-2));
}

static void math__division_by_zero_is_gos_panic(void **state)
{
    (void)state;
    FAILS("div", "runtime error: integer divide by zero", I(1), I(0));
    FAILS("mod", "runtime error: integer divide by zero", I(1), S("x"));
    FAILS("divf", "decimal division by 0", I(1), I(0));
}

static void math__decimals_are_exact(void **state)
{
    (void)state;
    GIVES("addf", "0.3", F(0.1), F(0.2));
    GIVES("add1f", "4.14", F(3.14));
    GIVES("subf", "2.5", F(7.5), I(2), I(3));
    GIVES("mulf", "1.21", F(1.1), F(1.1));
    GIVES("divf", "3.3333333333333335", I(10), I(3));
    FAILS("addf", "Cannot create a Decimal from +Inf", S("inf"), I(1));
    FAILS("mulf", "Cannot create a Decimal from NaN", S("nan"), I(1));
}

static void math__round_takes_the_fraction_that_rounds_up(void **state)
{
    (void)state;
    GIVES("round", "3", F(2.5), I(0));
    GIVES("round", "-3", F(-2.5), I(0));
    GIVES("round", "1.24", F(1.235), I(2));
    GIVES("round", "120", F(123.4), I(-1));
    GIVES("round", "2", F(2.5), I(0), F(0.6));
    assert_true(isnan(CALL("round", F(123.4), I(400)).f));
}

static void math__floats_know_infinity_and_nan(void **state)
{
    (void)state;
    assert_true(isnan(CALL("maxf", S("nan"), I(1)).f));
    assert_true(isinf(CALL("maxf", S("nan"), S("inf")).f));
    assert_true(isnan(CALL("minf", I(1), S("nan")).f));
    GIVES("minf", "-0.5", F(-0.5), I(2));
    GIVES("ceil", "2", F(1.1));
    GIVES("floor", "-2", F(-1.1));
}

static void math__casts(void **state)
{
    (void)state;
    GIVES("atoi", "9223372036854775807", S("99999999999999999999"));
    GIVES("atoi", "0", S("0x10"));
    GIVES("int", "8", S("010"));
    GIVES("int64", "0", S("1.9"));
    GIVES("float64", "1000", S("1e3"));
    GIVES("toDecimal", "511", I(777));
    GIVES("toDecimal", "0", F(1.5));
    GIVES("toDecimal", "0", value_bytes(SLICE("7")));
}

static void math__sequences(void **state)
{
    (void)state;
    GIVES("until", "[0,-1,-2]", I(-3));
    GIVES("untilStep", "[0,3,6,9]", I(0), I(10), I(3));
    GIVES("untilStep", "[10,7,4,1]", I(10), I(0), I(-3));
    GIVES("untilStep", "[]", I(0), I(10), I(0));
    GIVES("seq", "\"1 2 3 4 5\"", I(5));
    GIVES("seq", "\"1 0\"", I(0));
    GIVES("seq", "\"5 4 3 2 1\"", I(5), I(1));
    GIVES("seq", "\"1 3 5 7 9\"", I(1), I(2), I(10));
    GIVES("seq", "\"\"", I(10), I(2), I(0));
    GIVES("seq", "\"\"", I(5), I(-1), I(5));
    GIVES("seq", "\"\"", I(1), I(2), I(3), I(4));
}

static void math__endless_sequences_are_refused(void **state)
{
    (void)state;
    FAILS("until", "a sequence of more than 10000000 numbers is not made", I(INT64_MAX));
    FAILS("untilStep", "a sequence of more than 10000000 numbers is not made", I(INT64_MAX), I(INT64_MIN), I(-1));
    FAILS("seq", "a sequence of more than 10000000 numbers is not made", I(INT64_MIN / 2));
    GIVES("seq", "\"\"", I(INT64_MIN)); /* the end wraps around */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(math__whole_numbers_cast_and_wrap),
        cmocka_unit_test(math__division_by_zero_is_gos_panic),
        cmocka_unit_test(math__decimals_are_exact),
        cmocka_unit_test(math__round_takes_the_fraction_that_rounds_up),
        cmocka_unit_test(math__floats_know_infinity_and_nan),
        cmocka_unit_test(math__casts),
        cmocka_unit_test(math__sequences),
        cmocka_unit_test(math__endless_sequences_are_refused),
    };
    test.table = functions_math;
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
