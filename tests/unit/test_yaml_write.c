/*
 * test_yaml_write.c - YAML as Helm 4.1.4 writes it: sigs.k8s.io/yaml v1.6.0 and go-yaml v3.0.4
 */
#include "codec_test.h"

#include "codec/json_read.h"
#include "codec/yaml_write.h"

/* The input is JSON, so that all kinds of values can be written down. */
static bool write_yaml(struct arena *a, struct slice input, struct buffer *out, struct slice *error)
{
    struct value v;
    return json_read(a, NULL, input, &v, error, NULL) && yaml_write(out, v, a, error);
}

static bool write_pretty(struct arena *a, struct slice input, struct buffer *out, struct slice *error)
{
    struct value v;
    return json_read(a, NULL, input, &v, error, NULL) && yaml_write_pretty(out, v, a, error);
}

/* The input is a string as it is. */
static bool write_string(struct arena *a, struct slice input, struct buffer *out, struct slice *error)
{
    return yaml_write(out, value_string(input), a, error);
}

static bool write_pretty_string(struct arena *a, struct slice input, struct buffer *out, struct slice *error)
{
    return yaml_write_pretty(out, value_string(input), a, error);
}

static void yaml_write__strings_are_quoted_where_they_must(void **state)
{
    (void)state;
    static const struct codec_row rows[] = {
        {"yes", "\"yes\"\n"},
        {"y", "\"y\"\n"},
        {"n", "\"n\"\n"},
        {"on", "\"on\"\n"},
        {"~", "\"~\"\n"},
        {"null", "\"null\"\n"},
        {"", "\"\"\n"},
        {"1", "\"1\"\n"},
        {"1e3", "\"1e3\"\n"},
        {"0x1", "\"0x1\"\n"},
        {"0o7", "\"0o7\"\n"},
        {"08", "\"08\"\n"},
        {"1_000", "\"1_000\"\n"},
        {"12:30", "\"12:30\"\n"},
        {"1:30:45", "\"1:30:45\"\n"},
        {"2001-01-01", "\"2001-01-01\"\n"},
        {".5", "\".5\"\n"},
        {"1.", "\"1.\"\n"},
        {"+1", "\"+1\"\n"},
        {".inf", "\".inf\"\n"},
        {"-a", "-a\n"},
        {"?a", "?a\n"},
        {"--", "--\n"},
        {"a:b", "a:b\n"},
        {"a#b", "a#b\n"},
        {"a, b", "a, b\n"},
        {"<<", "<<\n"},
        {"tRue", "tRue\n"},
        {"10.0.0.1", "10.0.0.1\n"},
        {"50%", "50%\n"},
        {"$x", "$x\n"},
        {"<a>", "<a>\n"},
        {"~a", "~a\n"},
        {"1e400", "1e400\n"},
        {"0o8", "0o8\n"},
        {"- a", "'- a'\n"},
        {"? a", "'? a'\n"},
        {"---", "'---'\n"},
        {"...", "'...'\n"},
        {"a: b", "'a: b'\n"},
        {"a:", "'a:'\n"},
        {"a #b", "'a #b'\n"},
        {" a", "' a'\n"},
        {"a ", "'a '\n"},
        {"#a", "'#a'\n"},
        {"@a", "'@a'\n"},
        {"`a", "'`a'\n"},
        {"%a", "'%a'\n"},
        {"&a", "'&a'\n"},
        {"*a", "'*a'\n"},
        {"!a", "'!a'\n"},
        {"|a", "'|a'\n"},
        {">a", "'>a'\n"},
        {"'a", "'''a'\n"},
        {"\"a", "'\"a'\n"},
        {"{a", "'{a'\n"},
        {"[a", "'[a'\n"},
        {"]a", "']a'\n"},
        {",a", "',a'\n"},
        {"it's: x", "'it''s: x'\n"},
        {"a\tb", "\"a\\tb\"\n"},
        {"a\rb", "\"a\\rb\"\n"},
        {"\033", "\"\\e\"\n"},
        {"\303\251 \346\227\245\346\234\254", "\303\251 \346\227\245\346\234\254\n"},
        {"\342\200\250x", "'\342\200\250  x'\n"},
        {"\342\200\213", "\342\200\213\n"},
        {"\360\237\230\200", "\"\\U0001F600\"\n"},
        {"\357\273\277x", "\"\\uFEFF\\x78\"\n"},
        {"a \nb", "\"a \\nb\"\n"},
        {"\n", "|2+\n\n"},
        {"\na", "|2-\n\n  a\n"},
        {"a\n", "|\n  a\n"},
        {"a\nb\n", "|\n  a\n  b\n"},
        {"a\n\n", "|+\n  a\n\n"},
        {"  a\nb", "|2-\n    a\n  b\n"},
        {"a\nb ", "\"a\\nb \"\n"},
        {"a\n b", "|-\n  a\n   b\n"},
        {"\302\205", "' '\n"},
        {"a \302\205 b", "a b\n"},
        {"a\302\205\302\205b", "|-\n  a\n  b\n"},
        {"\177", "yaml: control characters are not allowed"},
    };
    CHECK_ROWS(write_string, rows);
}

static void yaml_write__long_texts_fold_at_80(void **state)
{
    (void)state;
    static const struct codec_row rows[] = {
        {"word0 word1 word2 word3 word4 word5 word6 word7 word8 word9 word10 word11 word12 word13 word14 word15 word16 word17 word18 word19 word20 word21 word22 word23 word24 word25 word26 word27 word28 word29",
         "word0 word1 word2 word3 word4 word5 word6 word7 word8 word9 word10 word11 word12 word13\n  word14 word15 word16 word17 word18 word19 word20 word21 word22 word23 word24 word25\n  word26 word27 word28 word29\n"},
        {"word0 word1 word2 word3 word4 word5 word6 word7 word8 word9 word10 word11 word12 word13 word14 word15 word16 word17 word18 word19 word20 word21 word22 word23 word24 word25 word26 word27 word28 word29: x",
         "'word0 word1 word2 word3 word4 word5 word6 word7 word8 word9 word10 word11 word12\n  word13 word14 word15 word16 word17 word18 word19 word20 word21 word22 word23 word24\n  word25 word26 word27 word28 word29: x'\n"},
        {"word0 word1 word2 word3 word4 word5 word6 word7 word8 word9 word10 word11 word12 word13 word14 word15 word16 word17 word18 word19 word20 word21 word22 word23 word24 word25 word26 word27 word28 word29\t",
         "\"word0 word1 word2 word3 word4 word5 word6 word7 word8 word9 word10 word11 word12\n  word13 word14 word15 word16 word17 word18 word19 word20 word21 word22 word23 word24\n  word25 word26 word27 word28 word29\\t\"\n"},
        {"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx y z",
         "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n  y z\n"},
        {"a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b ",
         "'a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b\n  a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b '\n"},
        {"it's: word0 word1 word2 word3 word4 word5 word6 word7 word8 word9 word10 word11 word12 word13 word14 word15 word16 word17 word18 word19 word20 word21 word22 word23 word24 word25 word26 word27 word28 word29",
         "'it''s: word0 word1 word2 word3 word4 word5 word6 word7 word8 word9 word10 word11\n  word12 word13 word14 word15 word16 word17 word18 word19 word20 word21 word22 word23\n  word24 word25 word26 word27 word28 word29'\n"},
    };
    CHECK_ROWS(write_string, rows);
}

static void yaml_write__bad_utf8_is_replaced(void **state)
{
    (void)state;
    static const struct codec_row rows[] = {
        {"a\377b", "a\357\277\275b\n"},
        {"\303", "\357\277\275\n"},
    };
    CHECK_ROWS(write_string, rows);
}

static void yaml_write__collections(void **state)
{
    (void)state;
    static const struct codec_row rows[] = {
        {"{\"a\":[1,2],\"b\":{},\"c\":[],\"d\":null,\"e\":{\"f\":[{\"g\":1,\"h\":[[1,2],[3]]}]}}",
         "a:\n- 1\n- 2\nb: {}\nc: []\nd: null\ne:\n  f:\n  - g: 1\n    h:\n    - - 1\n      - 2\n    - - 3\n"},
        {"[[1,[2]],{\"a\":1,\"b\":2},[]]", "- - 1\n  - - 2\n- a: 1\n  b: 2\n- []\n"},
        {"[]", "[]\n"},
        {"{}", "{}\n"},
        {"null", "null\n"},
        {"[null,true,false]", "- null\n- true\n- false\n"},
        {"{\"a\":\"x\\ny\\n\",\"b\":[\"x\\ny\"]}", "a: |\n  x\n  y\nb:\n- |-\n  x\n  y\n"},
    };
    CHECK_ROWS(write_yaml, rows);
}

static void yaml_write__numbers_lose_their_fraction_up_to_2_64(void **state)
{
    (void)state;
    static const struct codec_row rows[] = {
        {"[1000000,9.223372036854776e18,18446744073709551615,1e20,1e21,1.5,12345678.5,0.000001,-0.0,1e-7,-9223372036854775808]",
         "- 1000000\n- 9223372036854776000\n- 1.8446744073709552e+19\n- 1e+20\n- 1e+21\n- 1.5\n- 1.23456785e+07\n- 1e-06\n- 0\n- 1e-07\n- -9.223372036854776e+18\n"},
    };
    CHECK_ROWS(write_yaml, rows);
}

static void yaml_write__keys_are_in_natural_order(void **state)
{
    (void)state;
    static const struct codec_row rows[] = {
        {"{\"a10\":1,\"a2\":1,\"a02\":1,\"a1\":1,\"a01\":1,\"a\":1,\"aa\":1,\"B\":1,\"A\":1,\"a-b\":1,\"a.b\":1,\"a_b\":1,\"a b\":1,\"x10y\":1,\"x9y\":1,\"10\":1,\"9\":1,\"1\":1,\"\":1,\"-x\":1,\".x\":1,\"_x\":1,\"\\u00e9\":1,\"z\":1}",
         "\"\": 1\n-x: 1\n.x: 1\n_x: 1\n\"1\": 1\n\"9\": 1\n\"10\": 1\nA: 1\nB: 1\na: 1\na b: 1\na-b: 1\na.b: 1\na_b: 1\na1: 1\na01: 1\na2: 1\na02: 1\na10: 1\naa: 1\nx9y: 1\nx10y: 1\nz: 1\n\303\251: 1\n"},
    };
    CHECK_ROWS(write_yaml, rows);
}

static void yaml_write__keys_are_quoted_or_complex(void **state)
{
    (void)state;
    static const struct codec_row rows[] = {
        {"{\"yes\":1,\"1\":2,\"a: b\":3,\"\":4}", "\"\": 4\n\"1\": 2\n'a: b': 3\n\"yes\": 1\n"},
        {"{\"a\\nb\":1}", "? |-\n  a\n  b\n: 1\n"},
        {"{\"kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk\":1}",
         "? kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk\n: 1\n"},
        {"{\"kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk\":1}",
         "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk: 1\n"},
        {"{\"k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k \":{\"a\":1}}",
         "? 'k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k\n  k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k k '\n: a: 1\n"},
        {"{\"kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk\":1}",
         "yaml: did not find expected ',' or '}'"},
    };
    CHECK_ROWS(write_yaml, rows);
}

static void yaml_write__pretty_strings(void **state)
{
    (void)state;
    static const struct codec_row rows[] = {
        {"yes", "\"yes\"\n"},
        {"0o+7", "\"0o+7\"\n"},
        {"a\tb", "\"a\\tb\"\n"},
        {"a\tb\nc", "|-\n  a\tb\n  c\n"},
        {"\177", "\"\\x7F\"\n"},
        {"word0 word1 word2 word3 word4 word5 word6 word7 word8 word9 word10 word11 word12 word13 word14 word15 word16 word17 word18 word19 word20 word21 word22 word23 word24 word25 word26 word27 word28 word29",
         "word0 word1 word2 word3 word4 word5 word6 word7 word8 word9 word10 word11 word12 word13 word14 word15 word16 word17 word18 word19 word20 word21 word22 word23 word24 word25 word26 word27 word28 word29\n"},
        {"a\377b", "!!binary Yf9i\n"},
        {"\n", "|2+\n\n"},
        {"2001-01-01", "\"2001-01-01\"\n"},
        {"12:30", "\"12:30\"\n"},
    };
    CHECK_ROWS(write_pretty_string, rows);
}

static void yaml_write__pretty_collections(void **state)
{
    (void)state;
    static const struct codec_row rows[] = {
        {"{\"a\":[1,2],\"b\":{},\"c\":[],\"e\":{\"f\":[{\"g\":1,\"h\":[[1,2],[3]]}]}}",
         "a:\n  - 1\n  - 2\nb: {}\nc: []\ne:\n  f:\n    - g: 1\n      h:\n        - - 1\n          - 2\n        - - 3\n"},
        {"[1000000,12345678,0.5,1e20,null]", "- 1e+06\n- 1.2345678e+07\n- 0.5\n- 1e+20\n- null\n"},
        {"{\"a1\":1,\"aa\":1,\"a1-\":1}", "a1: 1\na1-: 1\naa: 1\n"},
        {"[[1,[2]],{\"a\":1,\"b\":2},[]]", "- - 1\n  - - 2\n- a: 1\n  b: 2\n- []\n"},
    };
    CHECK_ROWS(write_pretty, rows);
}

static void yaml_write__values_that_json_cannot_say(void **state)
{
    (void)state;
    struct arena a;
    struct buffer out = BUFFER_INIT;
    struct slice error;
    arena_init(&a);
    assert_false(yaml_write(&out, value_float(NAN), &a, &error));
    assert_true(slice_is(error, "error marshaling into JSON: json: unsupported value: NaN"));
    assert_true(yaml_write_pretty(&out, value_float(-INFINITY), &a, &error));
    assert_true(slice_is(buffer_slice(&out), "-.inf\n"));
    buffer_release(&out);
    arena_release(&a);
}

static void yaml_write__kinds_that_only_go_has(void **state)
{
    (void)state;
    struct arena a;
    struct buffer out = BUFFER_INIT;
    struct slice error;
    arena_init(&a);
    struct list *list = list_new(&a, 4);
    list_add(&a, list, value_bytes(SLICE("hi")));
    list_add(&a, list, value_list(list_nil()));
    list_add(&a, list, value_map(map_nil()));
    list_add(&a, list, value_uint_as(GO_UINT64, UINT64_MAX));
    assert_true(yaml_write(&out, value_list(list), &a, &error));
    assert_true(slice_is(buffer_slice(&out), "- aGk=\n- null\n- null\n- 18446744073709551615\n"));
    buffer_clear(&out);
    assert_true(yaml_write_pretty(&out, value_list(list), &a, &error));
    assert_true(slice_is(buffer_slice(&out), "- - 104\n  - 105\n- []\n- {}\n- 18446744073709551615\n"));
    buffer_release(&out);
    arena_release(&a);
}

static void yaml_write__a_map_in_itself_ends(void **state)
{
    (void)state;
    struct arena a;
    struct buffer out = BUFFER_INIT;
    struct slice error;
    arena_init(&a);
    struct map *map = map_new(&a, 1);
    map_set_text(map, "self", value_map(map));
    assert_false(yaml_write(&out, value_map(map), &a, &error));
    assert_int_equal(out.len, 0);
    buffer_release(&out);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(yaml_write__strings_are_quoted_where_they_must),
        cmocka_unit_test(yaml_write__long_texts_fold_at_80),
        cmocka_unit_test(yaml_write__bad_utf8_is_replaced),
        cmocka_unit_test(yaml_write__collections),
        cmocka_unit_test(yaml_write__numbers_lose_their_fraction_up_to_2_64),
        cmocka_unit_test(yaml_write__keys_are_in_natural_order),
        cmocka_unit_test(yaml_write__keys_are_quoted_or_complex),
        cmocka_unit_test(yaml_write__pretty_strings),
        cmocka_unit_test(yaml_write__pretty_collections),
        cmocka_unit_test(yaml_write__values_that_json_cannot_say),
        cmocka_unit_test(yaml_write__kinds_that_only_go_has),
        cmocka_unit_test(yaml_write__a_map_in_itself_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
