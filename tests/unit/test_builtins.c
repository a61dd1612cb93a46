/*
 * test_builtins.c - text/template's own functions, against what Helm 4.1.4 and 3.17.3 printed
 */
#include "function_test.h"

#include "funcs/groups.h"

static void builtins__eq_compares_with_any_of_the_others(void **state)
{
    (void)state;
    GIVES("eq", "true", I(1), I(2), value_int64(1));
    GIVES("eq", "false", S("a"), S("b"));
    GIVES("eq", "true", I(200), value_uint_as(GO_UINT8, 200));
    GIVES("eq", "false", I(-1), value_uint_as(GO_UINT64, UINT64_MAX));
    GIVES("eq", "false", NIL, S("a"));
    GIVES("eq", "true", NIL, NIL);
    GIVES("eq", "false", EMPTY_LIST, NIL);
    GIVES("eq", "true", value_list(list_nil()), NIL);
    GIVES("ne", "true", value_bool(true), value_bool(false));
    FAILS("eq", "missing argument for comparison", I(1));
}

static void builtins__eq_refuses_what_does_not_compare(void **state)
{
    (void)state;
    struct value map = DICT(S("a"), F(1)), list = LIST(I(1), S("x"));
    FAILS("eq", "incompatible types for comparison: float64 and int", F(1), I(1));
    FAILS("ne", "incompatible types for comparison: []interface {} and string", list, S("a"));
    FAILS("eq", "non-comparable type map[a:%!s(float64=1)]: map[string]interface {}", map, map);
    FAILS("eq", "non-comparable types map[a:%!s(float64=1)]: map[string]interface {}, []interface {}: [1 x]", map, list);
}

static void builtins__helm3_names_no_types(void **state)
{
    (void)state;
    struct function_host host = {.helm3 = true};
    struct call call = {.name = "eq", .args = VALUES(F(1), I(1)), .count = 2, .arena = &test.arena, .host = &host};
    struct value out;
    assert_false(functions_builtins[0].fn(&call, &out));
    assert_true(slice_is(call.error, "incompatible types for comparison"));
}

static void builtins__order(void **state)
{
    (void)state;
    GIVES("lt", "true", I(-1), value_uint_as(GO_UINT8, 0));
    GIVES("lt", "false", value_uint_as(GO_UINT8, 0), I(-1));
    GIVES("le", "true", S("a"), S("a"));
    GIVES("gt", "true", F(2), F(1.5));
    GIVES("ge", "false", S("a"), S("b"));
    GIVES("gt", "true", F(NAN), F(1)); /* not less and not equal */
    FAILS("lt", "invalid type for comparison", NIL, I(1));
    FAILS("gt", "invalid type for comparison", value_bool(true), value_bool(false));
    FAILS("le", "incompatible types for comparison: int and string", I(1), S("a"));
}

static void builtins__index_walks_down(void **state)
{
    (void)state;
    struct value list = LIST(I(1), S("x")), map = DICT(S("l"), list, S("n"), NIL);
    GIVES("index", "\"x\"", map, S("l"), I(1));
    GIVES("index", "null", map, S("zz"));
    GIVES("index", "98", S("abc"), I(1));
    GIVES("index", "1", I(1));
    FAILS("index", "reflect: slice index out of range", list, I(2));
    FAILS("index", "reflect: string index out of range", S("abc"), I(3));
    FAILS("index", "index out of range: 3", list, I(3));
    FAILS("index", "index out of range: -1", list, I(-1));
    FAILS("index", "cannot index slice/array with type string", list, S("a"));
    FAILS("index", "cannot index slice/array with nil", list, NIL);
    FAILS("index", "value has type int; should be string", map, I(1));
    FAILS("index", "value is nil; should be of type string", map, NIL);
    FAILS("index", "index of untyped nil", NIL, S("a"));
    FAILS("index", "index of nil pointer", map, S("n"), S("a"));
    FAILS("index", "can't index item of type int", I(5), I(1));
}

static void builtins__len(void **state)
{
    (void)state;
    struct value invalid = value_nil();
    invalid.bits = VALUE_BIT_INVALID;
    GIVES("len", "2", S("\xC3\xA9"));
    GIVES("len", "0", EMPTY_DICT);
    FAILS("len", "len of type int", I(5));
    FAILS("len", "len of nil pointer", NIL);
    FAILS("len", "reflect: call of reflect.Value.Type on zero Value", invalid);
}

static void builtins__printing(void **state)
{
    (void)state;
    GIVES("print", "\"<nil>a1 2\"", NIL, S("a"), I(1), I(2));
    GIVES("println", "\"<nil>\\n\"", NIL);
    GIVES("printf", "\"a-1\"", S("%s-%d"), S("a"), I(1));
}

static void builtins__escaping(void **state)
{
    (void)state;
    GIVES("html", "\"&lt;no value&gt;1 2a\"", NIL, I(1), I(2), S("a"));
    GIVES("html", "\"&lt;a href=&#39;x&#39;&gt;&#34;&amp;\"", S("<a href='x'>\"&"));
    GIVES("js", "\"it\\\\'s \\\\u003C\\\\u003D\\\\u000A \xC3\xA9 \\\\u200B\"", S("it's <=\n \xC3\xA9 \xE2\x80\x8B"));
    GIVES("urlquery", "\"a+b%26c%3D%C3%A9%2F\"", S("a b&c=\xC3\xA9/"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(builtins__eq_compares_with_any_of_the_others),
        cmocka_unit_test(builtins__eq_refuses_what_does_not_compare),
        cmocka_unit_test(builtins__helm3_names_no_types),
        cmocka_unit_test(builtins__order),
        cmocka_unit_test(builtins__index_walks_down),
        cmocka_unit_test(builtins__len),
        cmocka_unit_test(builtins__printing),
        cmocka_unit_test(builtins__escaping),
    };
    test.table = functions_builtins;
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
