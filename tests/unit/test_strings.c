/*
 * test_strings.c - the string functions, against what Helm 4.1.4 printed
 */
#include "function_test.h"

#include "funcs/groups.h"

static void strings__trim_takes_unicode_space(void **state)
{
    (void)state;
    GIVES("trim", "\"a\"", S("\t\n\r\v\f a \xc2\xa0\u2003\xc2\x85"));
    GIVES("trim", "\"\"", S(" \n "));
}

static void strings__trim_all_takes_a_set_of_characters(void **state)
{
    (void)state;
    GIVES("trimAll", "\"X\"", S("abc"), S("cabXbac"));
    GIVES("trimall", "\"a\"", S("é"), S("éaé"));
    GIVES("trimAll", "\"abc\"", S(""), S("abc"));
}

static void strings__prefix_and_suffix_go_once_and_share_bytes(void **state)
{
    (void)state;
    const char *text = "vv1vv";
    GIVES("trimPrefix", "\"v1\"", S("v"), S("vv1"));
    GIVES("trimSuffix", "\"\"", S("abc"), S("abc"));
    assert_ptr_equal(CALL("trimSuffix", S("v"), S(text)).s, text);
    assert_ptr_equal(CALL("trimPrefix", S("v"), S(text)).s, text + 1);
}

static void strings__nospace_takes_bytes_for_characters(void **state)
{
    (void)state;
    GIVES("nospace", "\"Ã©x\"", S("é x"));
    GIVES("nospace", "\"éx\"", S("éx"));
    GIVES("nospace", "\"\"", S("  "));
}

static void strings__trunc_counts_bytes_from_either_end(void **state)
{
    (void)state;
    GIVES("trunc", "\"hello\"", I(5), S("hello world"));
    GIVES("trunc", "\"world\"", I(-5), S("hello world"));
    GIVES("trunc", "\"hello\"", I(-5), S("hello"));
    GIVES("trunc", "\"hello\"", I(-100), S("hello"));
    GIVES("trunc", "\"hello\"", I(INT64_MIN), S("hello"));
    GIVES("trunc", "\"\"", I(0), S("hello"));
}

static void strings__substr_checks_bounds_as_go(void **state)
{
    (void)state;
    GIVES("substr", "\"hel\"", I(-1), I(3), S("hello"));
    GIVES("substr", "\"llo\"", I(2), I(100), S("hello"));
    GIVES("substr", "\"hello\"", I(0), I(-1), S("hello"));
    FAILS("substr", "runtime error: slice bounds out of range [:-1]", I(-1), I(-1), S("hello"));
    FAILS("substr", "runtime error: slice bounds out of range [:100] with length 5", I(-1), I(100), S("hello"));
    FAILS("substr", "runtime error: slice bounds out of range [3:2]", I(3), I(2), S("hello"));
    FAILS("substr", "runtime error: slice bounds out of range [7:5]", I(7), I(-1), S("hello"));
}

static void strings__abbrev_leaves_room_for_dots(void **state)
{
    (void)state;
    GIVES("abbrev", "\"he...\"", I(5), S("hello world"));
    GIVES("abbrev", "\"hello\"", I(3), S("hello"));
    GIVES("abbrevboth", "\"...efgh...\"", I(5), I(10), S("abcd efgh ijkl"));
    GIVES("abbrevboth", "\"...e...\"", I(5), I(7), S("abcd efgh ijkl"));
    GIVES("abbrevboth", "\"abcd ef...\"", I(-1), I(10), S("abcd efgh ijkl"));
    GIVES("abbrevboth", "\"...h ijkl\"", I(12), I(9), S("abcd efgh ijkl"));
    GIVES("abbrevboth", "\"a...\"", I(0), I(4), S("abcd efgh ijkl"));
    GIVES("abbrevboth", "\"\"", I(5), I(10), S(""));
}

static void strings__repeat_refuses_what_cannot_be_held(void **state)
{
    (void)state;
    GIVES("repeat", "\"ababab\"", I(3), S("ab"));
    GIVES("repeat", "\"\"", I(0), S("ab"));
    GIVES("repeat", "\"\"", I(INT64_MAX), S(""));
    FAILS("repeat", "strings: negative Repeat count", I(-1), S("ab"));
    FAILS("repeat", "strings: Repeat output length overflow", I(INT64_MAX), S("ab"));
    FAILS("repeat", "runtime error: makeslice: len out of range", I(INT64_MAX), S("a"));
}

static void strings__indent_pads_every_line(void **state)
{
    (void)state;
    GIVES("indent", "\"  a\\n  \\n  b\\n  \"", I(2), S("a\n\nb\n"));
    GIVES("indent", "\"  \"", I(2), S(""));
    GIVES("indent", "\"a\\nb\"", I(0), S("a\nb"));
    GIVES("nindent", "\"\\n  a\\r\\n  b\"", I(2), S("a\r\nb"));
    GIVES("nindent", "\"\\n\"", I(0), S(""));
    FAILS("indent", "strings: negative Repeat count", I(-1), S("a"));
    FAILS("indent", "runtime error: makeslice: len out of range", I(INT64_MAX), S("a"));
}

static void strings__replace_all(void **state)
{
    (void)state;
    const char *text = "abc";
    GIVES("replace", "\"bbnbnb\"", S("a"), S("b"), S("banana"));
    GIVES("replace", "\"c\"", S("ab"), S(""), S("abcab"));
    GIVES("replace", "\"-h-é-y-\"", S(""), S("-"), S("héy"));
    GIVES("replace", "\"-\"", S(""), S("-"), S(""));
    GIVES("replace", "\"\"", S("a"), S("b"), S(""));
    assert_ptr_equal(CALL("replace", S("x"), S("y"), S(text)).s, text);
}

static void strings__tests(void **state)
{
    (void)state;
    GIVES("contains", "true", S("ell"), S("hello"));
    GIVES("contains", "false", S("hello"), S(""));
    GIVES("contains", "true", S(""), S(""));
    GIVES("hasPrefix", "false", S("hello"), S("he"));
    GIVES("hasPrefix", "true", S("he"), S("hello"));
    GIVES("hasSuffix", "true", S(""), S(""));
}

static void strings__quote_escapes_and_skips_nil(void **state)
{
    (void)state;
    GIVES("quote", "\"\\\"a\\\"\"", S("a"));
    GIVES("quote", "\"\\\"a\\\\\\\"b\\\" \\\"1\\\"\"", S("a\"b"), NIL, I(1));
    GIVES("quote", "\"\"", NIL);
    GIVES("quote", "\"\\\"line\\\\nbreak é \\\\u200b\\\"\"", S("line\nbreak é \u200b"));
    GIVES("quote", "\"\\\"[1 a]\\\"\"", LIST(I(1), S("a")));
    GIVES("squote", "\"'it's'\"", S("it's"));
    GIVES("squote", "\"'1' '2.5' 'x'\"", I(1), F(2.5), NIL, S("x"));
    GIVES("squote", "\"\"", NIL);
}

static void strings__cat_joins_by_spaces(void **state)
{
    (void)state;
    GIVES("cat", "\"a b 3 true\"", S("a"), S("b"), I(3), NIL, value_bool(true));
    GIVES("cat", "\" a\"", S(""), S("a"));
    GIVES("cat", "\"\"", NIL, NIL);
}

static void strings__split_numbers_its_pieces(void **state)
{
    (void)state;
    struct value pieces = CALL("split", S("x"), S("0x1x2x3x4x5x6x7x8x9x10"));
    assert_string_equal(value_type_name(pieces), "map[string]string");
    assert_string_equal(json_of(*map_find_text(pieces.map, "_10")), "\"10\"");
    GIVES("split", "{\"_0\":\"a\",\"_1\":\"b\",\"_2\":\"c\"}", S(""), S("abc"));
    GIVES("splitn", "{}", S(","), I(0), S("a,b,c"));
    GIVES("splitn", "{\"_0\":\"a\",\"_1\":\"b,c\"}", S(","), I(2), S("a,b,c"));
    GIVES("splitn", "{\"_0\":\"h\",\"_1\":\"éy\"}", S(""), I(2), S("héy"));
    GIVES("splitn", "{\"_0\":\"a\",\"_1\":\"b\"}", S(","), I(-1), S("a,b"));
}

static void strings__split_list(void **state)
{
    (void)state;
    GIVES("splitList", "[\"\"]", S(","), S(""));
    GIVES("splitList", "[]", S(""), S(""));
    GIVES("splitList", "[\"a\",\"b\",\"-c\"]", S("--"), S("a--b---c"));
    GIVES("splitList", "[\"h\",\"é\",\"y\"]", S(""), S("héy"));
    assert_string_equal(value_type_name(CALL("splitList", S(","), S("a"))), "[]string");
}

static void strings__join_drops_nil_and_takes_any_value(void **state)
{
    (void)state;
    GIVES("join", "\"1,2.5,true,x\"", S(","), LIST(I(1), F(2.5), NIL, value_bool(true), S("x")));
    GIVES("join", "\"a\"", S(","), S("a"));
    GIVES("join", "\"\"", S(","), NIL);
    GIVES("join", "\"map[a:1]\"", S(","), DICT(S("a"), I(1)));
}

static void strings__sort_alpha_sorts_numbers_as_text(void **state)
{
    (void)state;
    GIVES("sortAlpha", "[\"1\",\"10\",\"2\",\"9\"]", LIST(I(10), I(9), I(1), I(2)));
    GIVES("sortAlpha", "[\"str\"]", S("str"));
    GIVES("sortAlpha", "[\"<nil>\"]", NIL);
    GIVES("sortAlpha", "[]", EMPTY_LIST);
}

/* {{ $l := splitList "," "c,a,b" }}{{ $s := sortAlpha $l }}{{ $l }} printed [a b c] */
static void strings__sort_alpha_sorts_a_string_list_in_place(void **state)
{
    (void)state;
    struct value list = CALL("splitList", S(","), S("c,a,b"));
    CALL("sortAlpha", list);
    assert_string_equal(json_of(list), "[\"a\",\"b\",\"c\"]");
}

static void strings__plural_and_hello(void **state)
{
    (void)state;
    GIVES("plural", "\"one\"", S("one"), S("many"), I(1));
    GIVES("plural", "\"many\"", S("one"), S("many"), I(0));
    check_result("hello", "\"Hello!\"", NULL, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings__trim_takes_unicode_space),
        cmocka_unit_test(strings__trim_all_takes_a_set_of_characters),
        cmocka_unit_test(strings__prefix_and_suffix_go_once_and_share_bytes),
        cmocka_unit_test(strings__nospace_takes_bytes_for_characters),
        cmocka_unit_test(strings__trunc_counts_bytes_from_either_end),
        cmocka_unit_test(strings__substr_checks_bounds_as_go),
        cmocka_unit_test(strings__abbrev_leaves_room_for_dots),
        cmocka_unit_test(strings__repeat_refuses_what_cannot_be_held),
        cmocka_unit_test(strings__indent_pads_every_line),
        cmocka_unit_test(strings__replace_all),
        cmocka_unit_test(strings__tests),
        cmocka_unit_test(strings__quote_escapes_and_skips_nil),
        cmocka_unit_test(strings__cat_joins_by_spaces),
        cmocka_unit_test(strings__split_numbers_its_pieces),
        cmocka_unit_test(strings__split_list),
        cmocka_unit_test(strings__join_drops_nil_and_takes_any_value),
        cmocka_unit_test(strings__sort_alpha_sorts_numbers_as_text),
        cmocka_unit_test(strings__sort_alpha_sorts_a_string_list_in_place),
        cmocka_unit_test(strings__plural_and_hello),
    };
    test.table = functions_strings;
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
