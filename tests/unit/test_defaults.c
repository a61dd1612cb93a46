/*
 * test_defaults.c - empty values and what stands in for them, against what Helm 4.1.4 printed
 */
#include "function_test.h"

#include "funcs/groups.h"

static void defaults__default_takes_the_first_given(void **state)
{
    (void)state;
    GIVES("default", "\"d\"", S("d"));
    GIVES("default", "\"d\"", S("d"), S(""));
    GIVES("default", "\"x\"", S("d"), S("x"), S("y"));
    GIVES("default", "\"d\"", S("d"), EMPTY_DICT);
    GIVES("coalesce", "2", NIL, I(0), I(2), I(3));
    check_result("coalesce", "null", NULL, 0);
}

static void defaults__all_and_any(void **state)
{
    (void)state;
    check_result("all", "true", NULL, 0);
    check_result("any", "false", NULL, 0);
    GIVES("all", "false", I(1), S(""));
    GIVES("any", "true", I(0), S("a"));
    GIVES("empty", "true", value_bool(false));
    GIVES("ternary", "\"b\"", S("a"), S("b"), value_bool(false));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults__default_takes_the_first_given),
        cmocka_unit_test(defaults__all_and_any),
    };
    test.table = functions_defaults;
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
