/*
 * test_json_write.c - JSON as Go's encoding/json writes it
 */
#include "codec_test.h"

#include "codec/json_read.h"
#include "codec/json_write.h"

static bool write_json(struct arena *a, struct slice input, struct buffer *out, struct slice *error)
{
    struct value v;
    return json_read(a, NULL, input, &v, error, NULL) && json_write(out, v, NULL, a, error);
}

static bool write_indented(struct arena *a, struct slice input, struct buffer *out, struct slice *error)
{
    static const struct json_write_options options = {.indent = "  "};
    struct value v;
    return json_read(a, NULL, input, &v, error, NULL) && json_write(out, v, &options, a, error);
}

static void json_write__escapes(void **state)
{
    (void)state;
    static const struct codec_row rows[] = {
        {"\"a<b>&c\"", "\"a\\u003cb\\u003e\\u0026c\""},
        {"\"\\u0000\\u001f\\b\\f\\n\\r\\t\\\"\\\\\"", "\"\\u0000\\u001f\\b\\f\\n\\r\\t\\\"\\\\\""},
        {"\"\177\303\251\377\"", "\"\177\303\251\357\277\275\""},
        {"\"\\u2028\\u2029\"", "\"\\u2028\\u2029\""},
        {"{\"<\":1}", "{\"\\u003c\":1}"},
    };
    CHECK_ROWS(write_json, rows);
}

static void json_write__numbers(void **state)
{
    (void)state;
    static const struct codec_row rows[] = {
        {"[1e20,1e21,1e-6,1e-7,0.1,-0,100,1.5e300,1e-300,5e-324]",
         "[100000000000000000000,1e+21,0.000001,1e-7,0.1,-0,100,1.5e+300,1e-300,5e-324]"},
    };
    CHECK_ROWS(write_json, rows);
}

static void json_write__indented(void **state)
{
    (void)state;
    static const struct codec_row rows[] = {
        {"{\"a\":[1,{\"b\":[]}],\"c\":{}}",
         "{\n  \"a\": [\n    1,\n    {\n      \"b\": []\n    }\n  ],\n  \"c\": {}\n}"},
        {"[]", "[]"},
        {"[[]]", "[\n  []\n]"},
        {"1", "1"},
    };
    CHECK_ROWS(write_indented, rows);
}

static void json_write__kinds_that_only_go_has(void **state)
{
    (void)state;
    static const struct json_write_options raw = {.no_html_escape = true};
    struct arena a;
    struct buffer out = BUFFER_INIT;
    struct slice error;
    arena_init(&a);
    struct list *list = list_new(&a, 4);
    list_add(&a, list, value_bytes(SLICE("hi")));
    list_add(&a, list, value_list(list_nil()));
    list_add(&a, list, value_map(map_nil()));
    list_add(&a, list, value_int64(INT64_MIN));
    list_add(&a, list, value_text("<&>"));
    assert_true(json_write(&out, value_list(list), &raw, &a, &error));
    assert_true(slice_is(buffer_slice(&out), "[\"aGk=\",null,null,-9223372036854775808,\"<&>\"]"));
    buffer_release(&out);
    arena_release(&a);
}

static void json_write__failure_writes_nothing(void **state)
{
    (void)state;
    struct arena a;
    struct buffer out = BUFFER_INIT;
    struct slice error;
    arena_init(&a);
    buffer_add_text(&out, "x");
    struct list *list = list_new(&a, 2);
    list_add(&a, list, value_int(1));
    list_add(&a, list, value_float(INFINITY));
    assert_false(json_write(&out, value_list(list), NULL, &a, &error));
    assert_true(slice_is(error, "json: unsupported value: +Inf"));
    assert_int_equal(out.len, 1);
    struct map *map = map_new(&a, 1);
    map_set_text(map, "self", value_map(map));
    assert_false(json_write(&out, value_map(map), NULL, &a, &error));
    assert_true(slice_is(error, "json: unsupported value: encountered a cycle via map[string]interface {}"));
    buffer_release(&out);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_write__escapes),
        cmocka_unit_test(json_write__numbers),
        cmocka_unit_test(json_write__indented),
        cmocka_unit_test(json_write__kinds_that_only_go_has),
        cmocka_unit_test(json_write__failure_writes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
