/*
 * test_toml_write.c - TOML as BurntSushi/toml v1.6.0 writes it
 */
#include "codec_test.h"

#include "codec/json_read.h"
#include "codec/toml_read.h"
#include "codec/toml_write.h"

/* The input is JSON. */
static bool write_toml(struct arena *a, struct slice input, struct buffer *out, struct slice *error)
{
    struct value v;
    return json_read(a, NULL, input, &v, error, NULL) && toml_write(out, v, a, error);
}

static void toml_write__values(void **state)
{
    (void)state;
    static const struct codec_row rows[] = {
        {"{\"a\":1,\"b\":\"x\\\"\\n\\u0001\",\"c\":true,\"d\":1.5,\"e\":[1,\"x\",[2,{\"y\":1}]],\"f\":1e6,\"g\":1e-7}",
         "a = 1.0\nb = \"x\\\"\\n\\u0001\"\nc = true\nd = 1.5\ne = [1.0, \"x\", [2.0, {y = 1.0}]]\nf = 1e+06\ng = 1e-07\n"},
        {"5", "5.0"},
        {"\"x\"", "\"x\""},
        {"[1]", "[1.0]"},
        {"{}", ""},
        {"{\"a\":null,\"b\":1}", "b = 1.0\n"},
        {"{\"\":1,\"a b\":2,\"d.e\":3,\"f-g_1\":4,\"\\u00e9\":5}",
         "\"\" = 1.0\n\"a b\" = 2.0\n\"d.e\" = 3.0\nf-g_1 = 4.0\n\"\303\251\" = 5.0\n"},
    };
    CHECK_ROWS(write_toml, rows);
}

static void toml_write__plain_keys_come_before_tables(void **state)
{
    (void)state;
    static const struct codec_row rows[] = {
        {"{\"a\":{\"x\":1},\"b\":2,\"c\":{\"d\":{\"e\":3}}}",
         "b = 2.0\n\n[a]\n  x = 1.0\n\n[c]\n  [c.d]\n    e = 3.0\n"},
        {"{\"l\":[{\"a\":1},{\"b\":{\"c\":2}}],\"z\":1}",
         "z = 1.0\n\n[[l]]\n  a = 1.0\n\n[[l]]\n  [l.b]\n    c = 2.0\n"},
        {"{\"t.u\":{\"v w\":{\"x\":1}}}", "[\"t.u\"]\n  [\"t.u\".\"v w\"]\n    x = 1.0\n"},
        {"{\"a\":[[{\"b\":1}]]}", "a = [[{b = 1.0}]]\n"},
        {"{\"l\":[5,{\"a\":1,\"b\":null}]}", "l = [5.0, {a = 1.0, }]\n"},
        {"{\"l\":[5,{\"a\":null,\"b\":{\"c\":1},\"d\":2}]}", "l = [5.0, {d = 2.0, b = {c = 1.0}}]\n"},
    };
    CHECK_ROWS(write_toml, rows);
}

static void toml_write__errors(void **state)
{
    (void)state;
    static const struct codec_row rows[] = {
        {"{\"a\":[null]}", "toml: cannot encode array with nil element"},
        {"[{\"a\":1}]", "toml: top-level values must be Go maps or structs"},
        {"[null]", "toml: cannot encode array with nil element"},
        {"{\"a\":[[1,[null]]]}", "toml: cannot encode array with nil element"},
        {"{\"a\":{\"b\":[1,null]}}", "toml: cannot encode array with nil element"},
    };
    CHECK_ROWS(write_toml, rows);
}

static void toml_write__times_keep_their_form(void **state)
{
    (void)state;
    struct arena a;
    struct buffer out = BUFFER_INIT;
    struct value v;
    struct slice error;
    struct slice text = SLICE("a = 2020-01-02T03:04:05Z\nb = 2020-01-02T03:04:05\nc = 2020-01-02\nd = 03:04:05.5\n");
    arena_init(&a);
    assert_true(toml_read(&a, text, &v, &error));
    assert_true(toml_write(&out, v, &a, &error));
    assert_true(slice_equal(buffer_slice(&out), text));
    buffer_release(&out);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(toml_write__values),
        cmocka_unit_test(toml_write__plain_keys_come_before_tables),
        cmocka_unit_test(toml_write__errors),
        cmocka_unit_test(toml_write__times_keep_their_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
