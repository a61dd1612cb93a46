/*
 * test_dicts.c - the map functions, against what Helm 4.1.4 printed
 */
#include "function_test.h"

#include "funcs/groups.h"

static void dicts__dict_takes_pairs(void **state)
{
    (void)state;
    GIVES("dict", "{\"1\":true,\"a\":2,\"b\":\"\"}", S("a"), I(1), I(1), value_bool(true), S("a"), I(2), S("b"));
    check_result("dict", "{}", NULL, 0);
}

static void dicts__set_and_unset_change_the_map(void **state)
{
    (void)state;
    struct value map = DICT(S("a"), I(1));
    assert_ptr_equal(CALL("set", map, S("b"), I(2)).map, map.map);
    assert_string_equal(json_of(map), "{\"a\":1,\"b\":2}");
    assert_ptr_equal(CALL("unset", map, S("a")).map, map.map);
    assert_string_equal(json_of(map), "{\"b\":2}");
    map.type = GO_VALUES;
    assert_string_equal(value_type_name(CALL("set", map, S("c"), I(3))), "map[string]interface {}");
}

static void dicts__nil_map_can_be_read_only(void **state)
{
    (void)state;
    struct value nil = value_map(map_nil());
    FAILS("set", "assignment to entry in nil map", nil, S("a"), I(1));
    GIVES("get", "\"\"", nil, S("a"));
    GIVES("hasKey", "false", nil, S("a"));
    GIVES("unset", "null", nil, S("a"));
    GIVES("omit", "{}", nil, S("a"));
    GIVES("values", "[]", nil);
}

static void dicts__frozen_map_is_not_written_to(void **state)
{
    (void)state;
    struct value map = DICT(S("a"), I(1));
    value_freeze(map);
    FAILS("set", "set: the map is shared and must not be changed", map, S("b"), I(2));
    FAILS("unset", "unset: the map is shared and must not be changed", map, S("a"));
    FAILS("merge", "merge: the map is shared and must not be changed", map, DICT(S("b"), I(1)));
    assert_string_equal(json_of(map), "{\"a\":1}");
}

static void dicts__get_and_has_key(void **state)
{
    (void)state;
    GIVES("get", "null", DICT(S("a"), NIL), S("a"));
    GIVES("hasKey", "true", DICT(S("a"), NIL), S("a"));
    GIVES("get", "\"\"", DICT(S("a"), I(1)), S("b"));
}

static void dicts__pick_omit_pluck(void **state)
{
    (void)state;
    struct value map = DICT(S("a"), I(1), S("b"), I(2), S("c"), I(3));
    assert_string_equal(json_of(CALL("pick", map, S("c"), S("a"), S("c"), S("z"))), "{\"a\":1,\"c\":3}");
    assert_string_equal(json_of(CALL("omit", map, S("c"), S("z"))), "{\"a\":1,\"b\":2}");
    assert_string_equal(json_of(CALL("pluck", S("a"), map, EMPTY_DICT, DICT(S("a"), NIL))), "[1,null]");
    assert_string_equal(json_of(CALL("keys", map, DICT(S("x"), I(1)))), "[\"a\",\"b\",\"c\",\"x\"]");
    assert_string_equal(json_of(CALL("values", map)), "[1,2,3]");
}

static void dicts__dig_asserts_types(void **state)
{
    (void)state;
    struct value map = DICT(S("a"), DICT(S("b"), I(1)), S("n"), NIL);
    assert_string_equal(json_of(CALL("dig", S("a"), S("b"), S("def"), map)), "1");
    assert_string_equal(json_of(CALL("dig", S("a"), S("z"), S("def"), map)), "\"def\"");
    assert_string_equal(json_of(CALL("dig", S("n"), S("def"), map)), "null");
    FAILS("dig", "dig needs at least three arguments", S("a"), EMPTY_DICT);
    FAILS("dig", "interface conversion: interface {} is int, not map[string]interface {}", S("a"), S("b"), S("d"),
          DICT(S("a"), I(5)));
    FAILS("dig", "interface conversion: interface {} is nil, not map[string]interface {}", S("a"), S("def"), NIL);
    FAILS("dig", "interface conversion: interface {} is common.Values, not map[string]interface {}", S("a"), S("d"),
          value_map_as(GO_VALUES, map.map));
    FAILS("dig", "interface conversion: interface {} is int, not string", S("a"), I(1), S("d"), EMPTY_DICT);
}

static void dicts__merge_fills_what_is_empty(void **state)
{
    (void)state;
    GIVES("merge", "{\"a\":1}", DICT(S("a"), I(1)), DICT(S("a"), DICT(S("x"), I(1))));
    GIVES("merge", "{\"a\":true}", DICT(S("a"), value_bool(false)), DICT(S("a"), value_bool(true)));
    GIVES("merge", "{\"a\":{\"x\":1,\"y\":3}}", DICT(S("a"), DICT(S("x"), I(1))),
          DICT(S("a"), DICT(S("x"), I(2), S("y"), I(3))));
    GIVES("merge", "{\"a\":[1]}", DICT(S("a"), LIST(I(1))), DICT(S("a"), LIST(I(2))));
    GIVES("merge", "{\"a\":[2]}", DICT(S("a"), EMPTY_LIST), DICT(S("a"), LIST(I(2))));
    GIVES("merge", "{}", EMPTY_DICT, DICT(S("a"), NIL));
    GIVES("merge", "{\"a\":1,\"b\":2,\"c\":3}", DICT(S("a"), I(1)), DICT(S("b"), I(2)), DICT(S("b"), I(9), S("c"), I(3)));
    GIVES("mustMerge", "{\"a\":1}", value_map(map_nil()), DICT(S("a"), I(1)));
    GIVES("merge", "null", value_map(map_nil()), value_map(map_nil()));
}

static void dicts__merge_overwrite_takes_empty_values_too(void **state)
{
    (void)state;
    GIVES("mergeOverwrite", "{\"a\":null}", DICT(S("a"), I(1)), DICT(S("a"), NIL));
    GIVES("mergeOverwrite", "{\"a\":[]}", DICT(S("a"), LIST(I(1))), DICT(S("a"), EMPTY_LIST));
    GIVES("mergeOverwrite", "{\"a\":{\"x\":1}}", DICT(S("a"), DICT(S("x"), I(1))), DICT(S("a"), EMPTY_DICT));
    GIVES("mergeOverwrite", "{\"a\":5}", DICT(S("a"), DICT(S("x"), I(1))), DICT(S("a"), I(5)));
    GIVES("mustMergeOverwrite", "{\"a\":{\"x\":1}}", DICT(S("a"), I(5)), DICT(S("a"), DICT(S("x"), I(1))));
}

/* {{ $s := dict "e" (dict) }}{{ $d := merge (dict "e" (dict)) $s }}{{ $_ := set $d.e "x" 1 }}{{ toJson $s }}
   printed {"e":{"x":1}}, and with (dict "q" 1) for the inner map of $s {"e":{"q":1}} */
static void dicts__merge_shares_inner_maps_of_the_source(void **state)
{
    (void)state;
    struct value source = DICT(S("new"), DICT(S("q"), I(1)), S("e"), EMPTY_DICT, S("f"), DICT(S("q"), I(1)));
    struct value merged = CALL("merge", DICT(S("e"), EMPTY_DICT, S("f"), EMPTY_DICT), source);
    assert_ptr_equal(map_find_text(merged.map, "new")->map, map_find_text(source.map, "new")->map);
    assert_ptr_equal(map_find_text(merged.map, "e")->map, map_find_text(source.map, "e")->map);
    assert_ptr_not_equal(map_find_text(merged.map, "f")->map, map_find_text(source.map, "f")->map);
}

static void dicts__merge_into_string_map_takes_strings_only(void **state)
{
    (void)state;
    struct value strings = value_map_as(GO_STRING_MAP, DICT(S("_0"), S("x")).map);
    struct value more = value_map_as(GO_STRING_MAP, DICT(S("_0"), S("y"), S("_1"), S("z")).map);
    assert_string_equal(json_of(CALL("merge", DICT(S("a"), strings), DICT(S("a"), more))),
                        "{\"a\":{\"_0\":\"x\",\"_1\":\"z\"}}");
    FAILS("merge", "reflect.Value.SetMapIndex: value of type interface {} is not assignable to type string",
          DICT(S("a"), strings), DICT(S("a"), DICT(S("_2"), S("y"))));
}

static void dicts__map_within_itself_ends(void **state)
{
    (void)state;
    struct value map = DICT(S("a"), I(1));
    map_set_text(map.map, "self", map);
    FAILS("deepCopy", "deepCopy: the value is nested more than 10000 deep", map);
    struct value other = DICT(S("a"), I(1));
    map_set_text(other.map, "self", other);
    FAILS("merge", "merge: maps are nested more than 10000 deep", map, other);
}

static void dicts__deep_copy_shares_nothing(void **state)
{
    (void)state;
    struct value map = DICT(S("l"), LIST(DICT(S("b"), I(2)), NIL));
    struct value copy = CALL("deepCopy", map);
    assert_string_equal(json_of(copy), json_of(map));
    assert_ptr_not_equal(copy.map, map.map);
    assert_ptr_not_equal(map_find_text(copy.map, "l")->list->items[0].map,
                         map_find_text(map.map, "l")->list->items[0].map);
    FAILS("mustDeepCopy", "reflect: call of reflect.Value.Type on zero Value", NIL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dicts__dict_takes_pairs),
        cmocka_unit_test(dicts__set_and_unset_change_the_map),
        cmocka_unit_test(dicts__nil_map_can_be_read_only),
        cmocka_unit_test(dicts__frozen_map_is_not_written_to),
        cmocka_unit_test(dicts__get_and_has_key),
        cmocka_unit_test(dicts__pick_omit_pluck),
        cmocka_unit_test(dicts__dig_asserts_types),
        cmocka_unit_test(dicts__merge_fills_what_is_empty),
        cmocka_unit_test(dicts__merge_overwrite_takes_empty_values_too),
        cmocka_unit_test(dicts__merge_shares_inner_maps_of_the_source),
        cmocka_unit_test(dicts__merge_into_string_map_takes_strings_only),
        cmocka_unit_test(dicts__map_within_itself_ends),
        cmocka_unit_test(dicts__deep_copy_shares_nothing),
    };
    test.table = functions_dicts;
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
