/*
 * test_lists.c - the list functions, against what Helm 4.1.4 printed
 */
#include "function_test.h"

#include "funcs/groups.h"

#define NIL_POINTER "runtime error: invalid memory address or nil pointer dereference"

static void lists__append_and_prepend_copy(void **state)
{
    (void)state;
    struct value list = LIST(I(1), I(2));
    assert_string_equal(json_of(CALL("append", list, I(3))), "[1,2,3]");
    assert_string_equal(json_of(CALL("push", list, I(4))), "[1,2,4]");
    assert_string_equal(json_of(CALL("prepend", list, I(0))), "[0,1,2]");
    assert_string_equal(json_of(list), "[1,2]");
    GIVES("prepend", "[null]", EMPTY_LIST, NIL);
}

static void lists__wrong_kinds_are_named(void **state)
{
    (void)state;
    FAILS("append", "Cannot push on type map", EMPTY_DICT, I(1));
    FAILS("mustPush", "Cannot push on type string", S("x"), I(2));
    FAILS("prepend", "Cannot prepend on type string", S("x"), I(2));
    FAILS("first", "Cannot find first on type string", S("a"));
    FAILS("last", "Cannot find last on type string", S("abc"));
    FAILS("rest", "Cannot find rest on type float64", F(1));
    FAILS("initial", "Cannot find initial on type string", S("abc"));
    FAILS("compact", "Cannot compact on type string", S("a"));
    FAILS("has", "Cannot find has on type string", S("a"), S("abc"));
    FAILS("slice", "list should be type of slice or array but string", S("abc"), I(1));
    FAILS("concat", "Cannot concat type int as list", LIST(I(1)), I(2));
    FAILS("chunk", "Cannot chunk type string", I(1), S("a"));
}

static void lists__nil_crashes_as_in_go(void **state)
{
    (void)state;
    FAILS("append", NIL_POINTER, NIL, I(1));
    FAILS("first", NIL_POINTER, NIL);
    FAILS("uniq", NIL_POINTER, NIL);
    FAILS("without", NIL_POINTER, NIL, I(1));
    FAILS("slice", NIL_POINTER, NIL, I(0));
    FAILS("concat", NIL_POINTER, LIST(I(1)), NIL);
    GIVES("has", "false", I(1), NIL);
}

static void lists__ends(void **state)
{
    (void)state;
    struct value list = LIST(I(1), I(2), I(3));
    assert_string_equal(json_of(CALL("first", list)), "1");
    assert_string_equal(json_of(CALL("last", list)), "3");
    assert_string_equal(json_of(CALL("rest", list)), "[2,3]");
    assert_string_equal(json_of(CALL("initial", list)), "[1,2]");
    GIVES("first", "null", EMPTY_LIST);
    GIVES("rest", "[]", LIST(I(1)));
    GIVES("rest", "null", EMPTY_LIST);
    GIVES("initial", "null", EMPTY_LIST);
}

static void lists__other_slices_become_interfaces(void **state)
{
    (void)state;
    const struct slice items[] = {SLICE("a"), SLICE("b"), SLICE("a")};
    struct value strings = list_of_strings(&test.arena, items, 3);
    assert_string_equal(value_type_name(CALL("rest", strings)), "[]interface {}");
    assert_string_equal(json_of(CALL("uniq", strings)), "[\"a\",\"b\"]");
    assert_string_equal(value_type_name(CALL("slice", strings, I(1))), "[]string");
    GIVES("first", "65", value_bytes(SLICE("AB")));
    GIVES("reverse", "[66,65]", value_bytes(SLICE("AB")));
}

static void lists__slice_casts_its_bounds(void **state)
{
    (void)state;
    struct value list = LIST(I(1), I(2), I(3), I(4));
    assert_string_equal(json_of(CALL("slice", list)), "[1,2,3,4]");
    assert_string_equal(json_of(CALL("slice", list, S("1"), S("2"))), "[2]");
    assert_string_equal(json_of(CALL("slice", list, F(1.9))), "[2,3,4]");
    assert_string_equal(json_of(CALL("slice", list, I(4))), "[]");
    GIVES("slice", "null", EMPTY_LIST, I(5));
    FAILS("slice", "reflect.Value.Slice: slice index out of bounds", LIST(I(1)), I(0), I(9));
    FAILS("slice", "reflect.Value.Slice: slice index out of bounds", LIST(I(1)), I(1), I(0));
}

static void lists__chunk(void **state)
{
    (void)state;
    GIVES("chunk", "[[1,2],[3]]", I(2), LIST(I(1), I(2), I(3)));
    GIVES("chunk", "[[1,2],[3,4]]", I(2), LIST(I(1), I(2), I(3), I(4)));
    GIVES("chunk", "[]", I(3), EMPTY_LIST);
    GIVES("chunk", "[]", I(-1), LIST(I(1), I(2)));
    GIVES("chunk", "[[1]]", I(-2), LIST(I(1)));
    GIVES("chunk", "[[1]]", I(INT64_MAX), LIST(I(1)));
    FAILS("chunk", "runtime error: makeslice: len out of range", I(0), LIST(I(1)));
    FAILS("chunk", "runtime error: makeslice: len out of range", I(-2), EMPTY_LIST);
    FAILS("chunk", "runtime error: makeslice: len out of range", I(-1), LIST(I(1), I(2), I(3)));
    assert_string_equal(value_type_name(CALL("chunk", I(1), LIST(I(1)))), "[][]interface {}");
}

static void lists__equality_is_by_exact_type(void **state)
{
    (void)state;
    GIVES("has", "false", F(1), LIST(I(1), I(2)));
    GIVES("has", "true", I(1), LIST(I(1), I(2)));
    GIVES("has", "true", DICT(S("a"), I(1)), LIST(DICT(S("a"), I(1))));
    GIVES("uniq", "[1,1]", LIST(I(1), F(1), I(1)));
    GIVES("uniq", "[null]", LIST(NIL, NIL));
    GIVES("without", "[1]", LIST(I(1), F(1)), F(1));
    GIVES("without", "[1]", LIST(NIL, I(1)), NIL);
}

static void lists__concat_of_nothing_is_nil(void **state)
{
    (void)state;
    GIVES("concat", "[1,2,3]", LIST(I(1)), EMPTY_LIST, LIST(I(2), I(3)));
    GIVES("concat", "null", EMPTY_LIST, EMPTY_LIST);
    check_result("concat", "null", NULL, 0);
    check_result("list", "[]", NULL, 0);
}

static void lists__compact_and_reverse(void **state)
{
    (void)state;
    GIVES("compact", "[1,\"a\"]", LIST(I(0), I(1), S(""), S("a"), NIL, EMPTY_LIST, value_bool(false)));
    GIVES("reverse", "[3,2,1]", LIST(I(1), I(2), I(3)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists__append_and_prepend_copy),
        cmocka_unit_test(lists__wrong_kinds_are_named),
        cmocka_unit_test(lists__nil_crashes_as_in_go),
        cmocka_unit_test(lists__ends),
        cmocka_unit_test(lists__other_slices_become_interfaces),
        cmocka_unit_test(lists__slice_casts_its_bounds),
        cmocka_unit_test(lists__chunk),
        cmocka_unit_test(lists__equality_is_by_exact_type),
        cmocka_unit_test(lists__concat_of_nothing_is_nil),
        cmocka_unit_test(lists__compact_and_reverse),
    };
    test.table = functions_lists;
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
