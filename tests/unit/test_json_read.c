/*
 * test_json_read.c - JSON as Go's encoding/json reads it
 */
#include "codec_test.h"

#include "codec/json_read.h"
#include "codec/json_write.h"

static bool read_json(struct arena *a, struct slice input, struct buffer *out, struct slice *error)
{
    struct value v;
    return json_read(a, NULL, input, &v, error, NULL) && json_write(out, v, NULL, a, error);
}

static void json_read__values(void **state)
{
    (void)state;
    static const struct codec_row rows[] = {
        {"{\"a\":[1,2.5,-0.1e-7,true,false,null,\"x\\u00e9\\ud83d\\ude00\\n\"],\"b\":{\"c\":{}},\"d\":[]}",
         "{\"a\":[1,2.5,-1e-8,true,false,null,\"x\303\251\360\237\230\200\\n\"],\"b\":{\"c\":{}},\"d\":[]}"},
        {"  1  ", "1"},
        {"-0", "-0"},
        {"{\"a\":1,\"a\":2}", "{\"a\":2}"},
        {"\"\\ud800x\\udc00\"", "\"\357\277\275x\357\277\275\""},
        {"\"\377\342\200\250\"", "\"\357\277\275\\u2028\""},
        {"\"\\/\\b\\f\"", "\"/\\b\\f\""},
        {"123456789012345678901", "123456789012345680000"},
    };
    CHECK_ROWS(read_json, rows);
}

static void json_read__syntax_errors(void **state)
{
    (void)state;
    static const struct codec_row rows[] = {
        {"", "unexpected end of JSON input"},
        {"   ", "unexpected end of JSON input"},
        {"b", "invalid character 'b' looking for beginning of value"},
        {"{b", "invalid character 'b' looking for beginning of object key string"},
        {"{\"a\"", "unexpected end of JSON input"},
        {"{\"a\" 1}", "invalid character '1' after object key"},
        {"{\"a\":1", "unexpected end of JSON input"},
        {"{\"a\":1 2}", "invalid character '2' after object key:value pair"},
        {"{\"a\":1,}", "invalid character '}' looking for beginning of object key string"},
        {"[1", "unexpected end of JSON input"},
        {"[1 2]", "invalid character '2' after array element"},
        {"[1,]", "invalid character ']' looking for beginning of value"},
        {"tru", "invalid character ' ' in literal true (expecting 'e')"},
        {"trux", "invalid character 'x' in literal true (expecting 'e')"},
        {"nul", "invalid character ' ' in literal null (expecting 'l')"},
        {"1.", "invalid character ' ' after decimal point in numeric literal"},
        {"1.x", "invalid character 'x' after decimal point in numeric literal"},
        {"1e", "invalid character ' ' in exponent of numeric literal"},
        {"-", "invalid character ' ' in numeric literal"},
        {"-x", "invalid character 'x' in numeric literal"},
        {"01", "invalid character '1' after top-level value"},
        {"\"abc", "unexpected end of JSON input"},
        {"\"a\nb\"", "invalid character '\\n' in string literal"},
        {"\"\\q\"", "invalid character 'q' in string escape code"},
        {"\"\\u12x\"", "invalid character 'x' in \\u hexadecimal character escape"},
        {"\"\\", "invalid character ' ' in string escape code"},
        {"[1]x", "invalid character 'x' after top-level value"},
        {"'a'", "invalid character '\\'' looking for beginning of value"},
        {"\"a\" \"b\"", "invalid character '\"' after top-level value"},
        {"\303\251", "invalid character '\303\203' looking for beginning of value"},
        {"[1,\"", "unexpected end of JSON input"},
    };
    CHECK_ROWS(read_json, rows);
}

static void json_read__number_out_of_range_is_said_last(void **state)
{
    (void)state;
    static const struct codec_row rows[] = {
        {"1e400", "json: cannot unmarshal number 1e400 into Go value of type float64"},
        {"[1e400]x", "invalid character 'x' after top-level value"},
        {"[1e400, -1e999]", "json: cannot unmarshal number 1e400 into Go value of type float64"},
    };
    CHECK_ROWS(read_json, rows);
}

static void json_read__prefix_stops_behind_the_value(void **state)
{
    (void)state;
    struct arena a;
    struct value v;
    struct slice error;
    size_t used;
    arena_init(&a);
    assert_true(json_read_prefix(&a, NULL, SLICE(" [1] , x"), &v, &used, &error));
    assert_int_equal(used, 4);
    assert_true(json_read_prefix(&a, NULL, SLICE("12,b=3"), &v, &used, &error));
    assert_int_equal(used, 2);
    assert_false(json_read_prefix(&a, NULL, SLICE("  "), &v, &used, &error));
    assert_true(slice_is(error, "EOF"));
    assert_false(json_read_prefix(&a, NULL, SLICE("[1"), &v, &used, &error));
    assert_true(slice_is(error, "unexpected EOF"));
    assert_false(json_read_prefix(&a, NULL, SLICE("nul}"), &v, &used, &error));
    assert_true(slice_is(error, "invalid character '}' in literal null (expecting 'l')"));
    arena_release(&a);
}

static void json_read__depth_is_bounded(void **state)
{
    (void)state;
    struct arena a;
    struct value v;
    struct slice error;
    struct buffer text = BUFFER_INIT;
    arena_init(&a);
    buffer_add_repeated(&text, '[', 10001);
    assert_false(json_read(&a, NULL, buffer_slice(&text), &v, &error, NULL));
    assert_true(slice_is(error, "invalid character '[' exceeded max depth"));
    buffer_release(&text);
    arena_release(&a);
}

static void json_read__places(void **state)
{
    (void)state;
    struct arena a;
    struct value v;
    struct slice error;
    size_t at;
    arena_init(&a);
    assert_true(json_read(&a, NULL, SLICE("{\n  \"a\": [1,\n 2]}"), &v, &error, NULL));
    assert_int_equal(v.map->entries[0].value.origin.line, 2);
    assert_int_equal(v.map->entries[0].value.origin.column, 3);
    assert_int_equal(v.map->entries[0].value.list->items[1].origin.line, 3);
    assert_false(json_read(&a, NULL, SLICE("[1,x]"), &v, &error, &at));
    assert_int_equal(at, 3);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_read__values),
        cmocka_unit_test(json_read__syntax_errors),
        cmocka_unit_test(json_read__number_out_of_range_is_said_last),
        cmocka_unit_test(json_read__prefix_stops_behind_the_value),
        cmocka_unit_test(json_read__depth_is_bounded),
        cmocka_unit_test(json_read__places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
