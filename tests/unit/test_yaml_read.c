/*
 * test_yaml_read.c - YAML as sigs.k8s.io/yaml v1.6.0 over go-yaml v2.4.3 read it
 */
#include "codec_test.h"

#include "codec/json_write.h"
#include "codec/yaml_read.h"

static bool read_with(struct arena *a, struct slice input, const struct yaml_read_options *options, struct buffer *out,
                      struct slice *error)
{
    struct value v;
    struct yaml_error fault;
    if (yaml_read(a, NULL, input, options, &v, &fault))
        return json_write(out, v, NULL, a, error);
    *error = fault.message;
    return false;
}

static bool read_yaml(struct arena *a, struct slice input, struct buffer *out, struct slice *error)
{
    return read_with(a, input, NULL, out, error);
}

static bool read_strictly(struct arena *a, struct slice input, struct buffer *out, struct slice *error)
{
    static const struct yaml_read_options strict = {.reject_duplicates = true};
    return read_with(a, input, &strict, out, error);
}

static void yaml_read__plain_scalars_resolve_by_go_yaml_s_table(void **state)
{
    (void)state;
    static const struct codec_row rows[] = {
        {"[y, Yes, on, n, off, tRue, yEs]", "[true,true,true,false,false,\"tRue\",\"yEs\"]"},
        {"[~, null, Null, nULL, ]", "[null,null,null,\"nULL\"]"},
        {"[0777, 0o777, 0xFF, 0b101, -0b11, 1_000, +5, -0, 007, 1__2, 0b+1]", "[511,511,255,5,-3,1000,5,0,7,12,1]"},
        {"[08, 1., .5, 5., 1e3, 1.5_0, +.5, 12e03, .5_0, -.5]", "[8,1,0.5,5,1000,1.5,0.5,12000,0.5,-0.5]"},
        {"[1:30, 0o8, 0x1p3, 1e400, _1, 2001-12-14, 0b, 0x, \"1\"]",
         "[\"1:30\",\"0o8\",\"0x1p3\",\"1e400\",\"_1\",\"2001-12-14\",\"0b\",\"0x\",\"1\"]"},
        {"[9007199254740993, 9223372036854775808, 18446744073709551616, -9223372036854775809]",
         "[9007199254740992,9223372036854776000,18446744073709552000,-9223372036854776000]"},
        {"", "null"},
        {"# nothing\n", "null"},
        {"--- \n...\n", "null"},
    };
    CHECK_ROWS(read_yaml, rows);
}

static void yaml_read__tags_decide(void **state)
{
    (void)state;
    static const struct codec_row rows[] = {
        {"!!str 123", "\"123\""},
        {"!!float 3", "3"},
        {"!!int \"42\"", "42"},
        {"!!binary aGVsbG8=", "\"hello\""},
        {"!!binary \"/w==\"", "\"\357\277\275\""},
        {"!foo bar", "\"bar\""},
        {"! 12", "\"12\""},
        {"! \"12\"", "\"12\""},
        {"!!set {a, b}", "{\"a\":null,\"b\":null}"},
        {"!!timestamp 2001-12-14", "\"2001-12-14\""},
        {"!!timestamp 2001-12-14t21:59:43.10-05:00", "\"2001-12-14t21:59:43.10-05:00\""},
        {"!!int x", "yaml: cannot decode !!str `x` as a !!int"},
        {"!!float x", "yaml: cannot decode !!str `x` as a !!float"},
        {"!!bool 1", "yaml: cannot decode !!int `1` as a !!bool"},
        {"!!null x", "yaml: cannot decode !!str `x` as a !!null"},
        {"!!timestamp 2001-13-01", "yaml: cannot decode !!str `2001-13-01` as a !!timestamp"},
        {"!!binary \"@\"", "yaml: !!binary value contains invalid base64 data"},
        {"%TAG !e! tag:yaml.org,2002:\n---\n!e!str 1\n", "\"1\""},
        {"!x!y z", "yaml: found undefined tag handle"},
        {"!<tag:yaml.org,2002:int> 7", "7"},
    };
    CHECK_ROWS(read_yaml, rows);
}

static void yaml_read__keys_become_strings(void **state)
{
    (void)state;
    static const struct codec_row rows[] = {
        {"{1: a, 1.5: b, 1.1234567890123: c, true: d, n: e, 0x10: f, 1e20: g}",
         "{\"1\":\"a\",\"1.1234568\":\"c\",\"1.5\":\"b\",\"16\":\"f\",\"1e+20\":\"g\",\"false\":\"e\",\"true\":\"d\"}"},
        {"? [a]\n: x", "yaml: invalid map key: []interface {}{\"a\"}"},
        {"? {a: 1}\n: x", "yaml: invalid map key: map[interface {}]interface {}{\"a\":1}"},
        {"~: x", "unsupported map key of type: %!s(<nil>), key: <nil>, value: \"x\""},
        {"18446744073709551615: x", "unsupported map key of type: uint64, key: 0xffffffffffffffff, value: \"x\""},
        {"{a: 1, a: 2}", "{\"a\":2}"},
        {".inf: 1", "{\".inf\":1}"},
        {"\"1\": a\n", "{\"1\":\"a\"}"},
    };
    CHECK_ROWS(read_yaml, rows);
}

static void yaml_read__merge_keys_apply_where_they_stand(void **state)
{
    (void)state;
    static const struct codec_row rows[] = {
        {"a: &a {x: 1}\nc: {x: 5, <<: *a}\nd: {<<: *a, x: 5}", "{\"a\":{\"x\":1},\"c\":{\"x\":1},\"d\":{\"x\":5}}"},
        {"a: &a {x: 1}\nb: &b {x: 2, y: 3}\nc: {<<: [*a, *b]}",
         "{\"a\":{\"x\":1},\"b\":{\"true\":3,\"x\":2},\"c\":{\"true\":3,\"x\":1}}"},
        {"<<: foo", "yaml: map merge requires map or sequence of maps as the value"},
        {"<<: [1]", "yaml: map merge requires map or sequence of maps as the value"},
        {"<<: {x: {y: 1}}\nz: 2", "{\"x\":{\"true\":1},\"z\":2}"},
        {"\"<<\": 1", "{\"\\u003c\\u003c\":1}"},
        {"<<: [[a]]", "yaml: map merge requires map or sequence of maps as the value"},
        {"a: &a [1]\n<<: *a", "yaml: map merge requires map or sequence of maps as the value"},
        {"<<: &m {a: 1}\nb: *m", "{\"a\":1,\"b\":{\"a\":1}}"},
    };
    CHECK_ROWS(read_yaml, rows);
}

static void yaml_read__aliases_mean_the_anchor_begun_last(void **state)
{
    (void)state;
    static const struct codec_row rows[] = {
        {"a: &x 1\nb: *x\nc: &x 2\nd: *x", "{\"a\":1,\"b\":1,\"c\":2,\"d\":2}"},
        {"a: *x", "yaml: unknown anchor 'x' referenced"},
        {"&a [*a]", "yaml: anchor 'a' value contains itself"},
        {"a: &x [1, {b: 2}]\nc: *x", "{\"a\":[1,{\"b\":2}],\"c\":[1,{\"b\":2}]}"},
        {"&a a: &b b\n*a : *b", "{\"a\":\"b\"}"},
    };
    CHECK_ROWS(read_yaml, rows);
}

static void yaml_read__block_scalars(void **state)
{
    (void)state;
    static const struct codec_row rows[] = {
        {"a: |\n  x\n   y\n\n  z\n\n", "{\"a\":\"x\\n y\\n\\nz\\n\"}"},
        {"a: |-\n  x\n", "{\"a\":\"x\"}"},
        {"a: |+\n  x\n\n", "{\"a\":\"x\\n\\n\"}"},
        {"a: >\n  x\n  y\n\n  z\n   w\n  v\n", "{\"a\":\"x y\\nz\\n w\\nv\\n\"}"},
        {"a: |2\n   x\n", "{\"a\":\" x\\n\"}"},
        {"a: >-\n\n\n  x\n", "{\"a\":\"\\n\\nx\"}"},
        {"a: |\n\tx", "yaml: line 2: found a tab character where an indentation space is expected"},
        {"a: |0\n  x", "yaml: found an indentation indicator equal to 0"},
        {"a: | x\n  y", "yaml: did not find expected comment or line break"},
        {"- |\n a\n- >+\n b\n\n- c\n", "[\"a\\n\",\"b\\n\\n\",\"c\"]"},
    };
    CHECK_ROWS(read_yaml, rows);
}

static void yaml_read__quoted_scalars(void **state)
{
    (void)state;
    static const struct codec_row rows[] = {
        {"\"a\\tb\\x41\\u00e9\\U0001F600\\N\\_\\e\\0\"",
         "\"a\\tbA\303\251\360\237\230\200\302\205\302\240\\u001b\\u0000\""},
        {"'it''s'", "\"it's\""},
        {"\"a\n b\n\n c\"", "\"a b\\nc\""},
        {"'a\n\n\n b '", "\"a\\n\\nb \""},
        {"\"a\\\n  b\"", "\"ab\""},
        {"\"\\q\"", "yaml: found unknown escape character"},
        {"\"\\xZZ\"", "yaml: did not find expected hexdecimal number"},
        {"\"\\ud83d\"", "yaml: found invalid Unicode character escape code"},
        {"\"x\n--- \ny\"", "yaml: line 2: found unexpected document indicator"},
        {"\"it\\'s\"", "\"it's\""},
        {"\"a\\/b\"", "yaml: found unknown escape character"},
        {"\"abc", "yaml: found unexpected end of stream"},
    };
    CHECK_ROWS(read_yaml, rows);
}

static void yaml_read__flow_collections(void **state)
{
    (void)state;
    static const struct codec_row rows[] = {
        {"{a: 1, b: [1, 2], \"c\":d, e}", "{\"a\":1,\"b\":[1,2],\"c\":\"d\",\"e\":null}"},
        {"[a: b, ? c, {d}: e]", "yaml: invalid map key: map[interface {}]interface {}{\"d\":interface {}(nil)}"},
        {"{? a : b}", "{\"a\":\"b\"}"},
        {"[a,]", "[\"a\"]"},
        {"[a,,b]", "yaml: did not find expected node content"},
        {"{a:1}", "{\"a:1\":null}"},
        {"[a?b]", "yaml: did not find expected ',' or ']'"},
        {"{a: 1}}", "{\"a\":1}"},
        {"[1, 2", "yaml: line 1: did not find expected ',' or ']'"},
        {"{b: 1", "yaml: line 1: did not find expected ',' or '}'"},
        {"{b: 1]", "yaml: did not find expected ',' or '}'"},
        {"]", "yaml: did not find expected node content"},
        {"{}: 1", "{}"},
        {"[{a: b, c: d}]", "[{\"a\":\"b\",\"c\":\"d\"}]"},
    };
    CHECK_ROWS(read_yaml, rows);
}

static void yaml_read__errors_name_go_yaml_s_line(void **state)
{
    (void)state;
    static const struct codec_row rows[] = {
        {"a: b: c", "yaml: mapping values are not allowed in this context"},
        {"x: 1\na: b: c", "yaml: line 2: mapping values are not allowed in this context"},
        {"a: 1\n b: 2", "yaml: line 2: mapping values are not allowed in this context"},
        {"a: 1\nb", "yaml: line 3: could not find expected ':'"},
        {"\"a\": 1\n\"b\" 2\n", "yaml: line 3: could not find expected ':'"},
        {"a: \"x", "yaml: found unexpected end of stream"},
        {"x: 1\na: \"x\ny: 2\n", "yaml: line 4: found unexpected end of stream"},
        {"a: @x", "yaml: found character that cannot start any token"},
        {"a: `x", "yaml: found character that cannot start any token"},
        {"a: - b", "yaml: block sequence entries are not allowed in this context"},
        {"a: ? b", "yaml: mapping keys are not allowed in this context"},
        {"a: >x", "yaml: did not find expected comment or line break"},
        {"a: &", "yaml: did not find expected alphabetic or numeric character"},
        {"a:\n  - x\n b: 1", "yaml: line 2: did not find expected key"},
        {"a: 1\n- b", "yaml: line 1: did not find expected key"},
        {"a: |\n  x\n y", "yaml: line 2: did not find expected key"},
        {"a: \"x\" y", "yaml: did not find expected key"},
        {"- a\nb: 1", "yaml: line 1: did not find expected '-' indicator"},
        {"%FOO\na: 1", "yaml: found unknown directive name"},
        {"%YAML 1.2\n---\na: 1", "yaml: found incompatible YAML document"},
        {"%YAML 1.1\n---\na: 1", "{\"a\":1}"},
        {"a:\n\t- b", "yaml: line 2: found character that cannot start any token"},
        {"a:\n b: 1\n\tc: 2\n", "yaml: line 3: found a tab character that violates indentation"},
    };
    CHECK_ROWS(read_yaml, rows);
}

static void yaml_read__earlier_stages_speak_first(void **state)
{
    (void)state;
    static const struct codec_row rows[] = {
        {"a: !!int x\nb: [", "yaml: line 2: did not find expected node content"},
        {"a: .inf\nb: !!int x", "yaml: cannot decode !!str `x` as a !!int"},
        {"~: .inf", "unsupported map key of type: %!s(<nil>), key: <nil>, value: +Inf"},
        {"b: .inf\na: .nan", "json: unsupported value: NaN"},
        {"a: -.inf", "json: unsupported value: -Inf"},
    };
    CHECK_ROWS(read_yaml, rows);
}

static void yaml_read__bytes_that_yaml_refuses(void **state)
{
    (void)state;
    static const struct codec_row rows[] = {
        {"a: \377", "yaml: invalid leading UTF-8 octet"},
        {"a: \300\200", "yaml: invalid length of a UTF-8 sequence"},
        {"a: \355\240\200", "yaml: invalid Unicode character"},
        {"a: \346\227", "yaml: incomplete UTF-8 octet sequence"},
        {"a: \177", "yaml: control characters are not allowed"},
        {"a: \001", "yaml: control characters are not allowed"},
        {"\357\273\277a: 1\n", "{\"a\":1}"},
        {"a: 1\n\357\273\277b: 2\n", "{\"a\":1,\"\357\273\277b\":2}"},
        {"a: b\302\205c: d\n", "{\"a\":\"b\",\"c\":\"d\"}"},
        {"a: 1\r\nb: 2\rc: 3\n", "{\"a\":1,\"b\":2,\"c\":3}"},
        {"a: @                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                        \377",
         "yaml: found character that cannot start any token"},
        {"a: 1\n########################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################################\n\377",
         "yaml: invalid leading UTF-8 octet"},
    };
    CHECK_ROWS(read_yaml, rows);
}

static void yaml_read__duplicates_can_be_refused(void **state)
{
    (void)state;
    static const struct codec_row rows[] = {
        {"a: 1\nb: 2\na: 3\n", "yaml: unmarshal errors:\n  line 3: key \"a\" already set in map"},
        {"{yes: 1, true: 2}", "yaml: unmarshal errors:\n  line 1: key true already set in map"},
        {"a: &a {x: 1}\nb: {<<: *a, x: 2}", "yaml: unmarshal errors:\n  line 2: key \"x\" already set in map"},
        {"a: {x: 1}\nb: {x: 1}", "{\"a\":{\"x\":1},\"b\":{\"x\":1}}"},
    };
    CHECK_ROWS(read_strictly, rows);
}

static void yaml_read__integers_stay_when_asked(void **state)
{
    (void)state;
    static const struct yaml_read_options options = {.keep_integers = true};
    struct arena a;
    struct value v;
    struct yaml_error error;
    arena_init(&a);
    assert_true(yaml_read(&a, NULL, SLICE("[1, 1.0, 18446744073709551615]"), &options, &v, &error));
    assert_int_equal(v.list->items[0].kind, VALUE_INT);
    assert_int_equal(v.list->items[0].type, GO_INT64);
    assert_int_equal(v.list->items[1].kind, VALUE_FLOAT);
    assert_int_equal(v.list->items[2].kind, VALUE_UINT);
    arena_release(&a);
}

static void yaml_read__entries_stand_at_their_key_and_items_at_their_start(void **state)
{
    (void)state;
    struct arena a;
    struct value v;
    struct yaml_error error;
    struct source_set *set = source_set_new();
    struct slice text = SLICE("a: 1\nb:\n  - x\n  -   \xC3\xA9: &k 2\n      c: [ 3 ]\n");
    const struct source *source = source_set_add(set, SLICE("values.yaml"), text);
    arena_init(&a);
    assert_true(yaml_read(&a, source, text, NULL, &v, &error));
    struct value *b = map_find_text(v.map, "b");
    assert_int_equal(b->origin.source, source->id);
    assert_int_equal(b->origin.line, 2);
    assert_int_equal(b->origin.column, 1);
    assert_int_equal(b->list->items[0].origin.line, 3);
    assert_int_equal(b->list->items[0].origin.column, 5);
    assert_int_equal(b->list->items[1].origin.line, 4);
    assert_int_equal(b->list->items[1].origin.column, 7);
    struct value *c = map_find_text(b->list->items[1].map, "c");
    assert_int_equal(c->origin.line, 5);
    assert_int_equal(c->origin.column, 7);
    assert_int_equal(c->list->items[0].origin.column, 12);
    arena_release(&a);
    source_set_free(set);
}

static void yaml_read__strings_share_the_text(void **state)
{
    (void)state;
    struct arena a;
    struct value v;
    struct yaml_error error;
    struct slice text = SLICE("key: plain words\nq: 'quoted'\n");
    arena_init(&a);
    assert_true(yaml_read(&a, NULL, text, NULL, &v, &error));
    assert_ptr_equal(v.map->entries[0].key.ptr, text.ptr);
    assert_ptr_equal(v.map->entries[0].value.s, text.ptr + 5);
    assert_ptr_equal(v.map->entries[1].value.s, text.ptr + 21);
    arena_release(&a);
}

static void yaml_read__fault_has_its_place(void **state)
{
    (void)state;
    struct arena a;
    struct value v;
    struct yaml_error error;
    arena_init(&a);
    assert_false(yaml_read(&a, NULL, SLICE("x: 1\na: b: c\n"), NULL, &v, &error));
    assert_int_equal(error.line, 2);
    assert_int_equal(error.column, 5);
    arena_release(&a);
}

static void yaml_read__alias_is_a_copy(void **state)
{
    (void)state;
    struct arena a;
    struct value v;
    struct yaml_error error;
    arena_init(&a);
    assert_true(yaml_read(&a, NULL, SLICE("a: &x {k: 1}\nb: *x\n"), NULL, &v, &error));
    map_set_text(map_find_text(v.map, "a")->map, "k", value_int(2));
    assert_true(map_find_text(map_find_text(v.map, "b")->map, "k")->f == 1);
    arena_release(&a);
}

/* Nine lists of nine aliases each would make 9^9 nodes. */
static void yaml_read__aliases_do_not_grow_without_bound(void **state)
{
    (void)state;
    struct arena a;
    struct value v;
    struct yaml_error error;
    struct buffer text = BUFFER_INIT;
    arena_init(&a);
    buffer_add_text(&text, "a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 10; i++) {
        buffer_printf(&text, "a%d: &a%d [", i, i);
        for (int k = 0; k < 9; k++)
            buffer_printf(&text, "*a%d,", i - 1);
        buffer_add_text(&text, "]\n");
    }
    assert_false(yaml_read(&a, NULL, buffer_slice(&text), NULL, &v, &error));
    assert_true(slice_is(error.message, "yaml: document contains excessive aliasing"));
    buffer_release(&text);
    arena_release(&a);
}

static void check_depth(const char *opening, size_t count, const char *message)
{
    struct arena a;
    struct value v;
    struct yaml_error error;
    struct buffer text = BUFFER_INIT;
    arena_init(&a);
    for (size_t i = 0; i < count; i++)
        buffer_add_text(&text, opening);
    assert_false(yaml_read(&a, NULL, buffer_slice(&text), NULL, &v, &error));
    assert_memory_equal(error.message.ptr, message, strlen(message));
    buffer_release(&text);
    arena_release(&a);
}

static void yaml_read__depth_is_bounded(void **state)
{
    (void)state;
    check_depth("[", 10001, "yaml: exceeded max depth of 10000");
    check_depth("- ", 20000, "yaml: exceeded max depth of 10000");
    check_depth("[", 10000, "yaml: line 1: did not find expected node content");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(yaml_read__plain_scalars_resolve_by_go_yaml_s_table),
        cmocka_unit_test(yaml_read__tags_decide),
        cmocka_unit_test(yaml_read__keys_become_strings),
        cmocka_unit_test(yaml_read__merge_keys_apply_where_they_stand),
        cmocka_unit_test(yaml_read__aliases_mean_the_anchor_begun_last),
        cmocka_unit_test(yaml_read__block_scalars),
        cmocka_unit_test(yaml_read__quoted_scalars),
        cmocka_unit_test(yaml_read__flow_collections),
        cmocka_unit_test(yaml_read__errors_name_go_yaml_s_line),
        cmocka_unit_test(yaml_read__earlier_stages_speak_first),
        cmocka_unit_test(yaml_read__bytes_that_yaml_refuses),
        cmocka_unit_test(yaml_read__duplicates_can_be_refused),
        cmocka_unit_test(yaml_read__integers_stay_when_asked),
        cmocka_unit_test(yaml_read__entries_stand_at_their_key_and_items_at_their_start),
        cmocka_unit_test(yaml_read__strings_share_the_text),
        cmocka_unit_test(yaml_read__fault_has_its_place),
        cmocka_unit_test(yaml_read__alias_is_a_copy),
        cmocka_unit_test(yaml_read__aliases_do_not_grow_without_bound),
        cmocka_unit_test(yaml_read__depth_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
