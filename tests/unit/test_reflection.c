/*
 * test_reflection.c - types and kinds of values, against what Helm 4.1.4 printed
 */
#include "function_test.h"

#include "funcs/groups.h"

static void reflection__types_and_kinds(void **state)
{
    (void)state;
    GIVES("typeOf", "\"[]interface {}\"", EMPTY_LIST);
    GIVES("typeOf", "\"<nil>\"", NIL);
    GIVES("kindOf", "\"invalid\"", NIL);
    GIVES("kindOf", "\"map\"", EMPTY_DICT);
    GIVES("typeOf", "\"common.Values\"", value_map_as(GO_VALUES, map_new(&test.arena, 0)));
    GIVES("typeIs", "false", S("int"), value_int64(1));
    GIVES("typeIsLike", "true", S("int64"), value_int64(1));
    GIVES("kindIs", "true", S("int64"), value_int_as(GO_DURATION, 1));
    GIVES("deepEqual", "false", I(1), F(1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reflection__types_and_kinds),
    };
    test.table = functions_reflection;
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
