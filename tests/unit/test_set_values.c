/*
 * test_set_values.c - the grammar of --set and its kin, as Helm 4.1.4 reads it
 */
#include "helm/set_values.h"

#include "codec/json_read.h"
#include "codec/json_write.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct arena arena;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static struct map *read_base(const char *json)
{
    struct value base;
    struct slice error;
    assert_true(json_read(&arena, NULL, slice_text(json), &base, &error, NULL));
    return base.map;
}

static const char *as_json(struct map *map)
{
    struct buffer out = BUFFER_INIT;
    struct slice error;
    assert_true(json_write(&out, value_map(map), NULL, &arena, &error));
    return buffer_move(&out, &arena).ptr;
}

static void expect_over(const char *base, enum set_kind kind, const char *text, const char *json)
{
    struct set_options options = {.kind = kind};
    struct slice error;
    struct map *root = read_base(base);
    assert_true(set_values_apply(&arena, root, slice_text(text), &options, &error));
    assert_string_equal(as_json(root), json);
}

static void expect(enum set_kind kind, const char *text, const char *json)
{
    expect_over("{}", kind, text, json);
}

static void expect_error_over(const char *base, enum set_kind kind, const char *text, const char *message)
{
    struct set_options options = {.kind = kind};
    struct slice error = SLICE("");
    assert_false(set_values_apply(&arena, read_base(base), slice_text(text), &options, &error));
    assert_string_equal(arena_text(&arena, error), message);
}

static void expect_error(const char *text, const char *message)
{
    expect_error_over("{}", SET_TYPED, text, message);
}

static void set_values__only_plain_integers_and_words_are_typed(void **state)
{
    (void)state;
    expect(SET_TYPED, "a=1,b=-1,c=+1,d=0,e=-0", "{\"a\":1,\"b\":-1,\"c\":1,\"d\":0,\"e\":0}");
    expect(SET_TYPED, "a=007,b=1.5,c=1e3,d= 1,e=yes,f=~", "{\"a\":\"007\",\"b\":\"1.5\",\"c\":\"1e3\",\"d\":\" 1\","
                                                        "\"e\":\"yes\",\"f\":\"~\"}");
    expect(SET_TYPED, "a=TRUE,b=Null,c=9223372036854775808", "{\"a\":true,\"b\":null,\"c\":\"9223372036854775808\"}");
    expect(SET_STRING, "a=1,b=true,c=null", "{\"a\":\"1\",\"b\":\"true\",\"c\":\"null\"}");
}

static void set_values__integers_are_int64(void **state)
{
    (void)state;
    struct set_options options = {.kind = SET_TYPED};
    struct slice error;
    struct map *root = read_base("{}");
    assert_true(set_values_apply(&arena, root, SLICE("a=1"), &options, &error));
    assert_int_equal(map_find_text(root, "a")->type, GO_INT64);
}

static void set_values__empty_keys_are_never_set(void **state)
{
    (void)state;
    expect(SET_TYPED, "=1", "{}");
    expect(SET_TYPED, "", "{}");
    expect(SET_TYPED, "a=", "{\"a\":\"\"}");
    expect(SET_TYPED, "a=1,", "{\"a\":1}");
}

static void set_values__braces_make_lists(void **state)
{
    (void)state;
    expect(SET_TYPED, "a={}", "{\"a\":[\"\"]}");
    expect(SET_TYPED, "a={ b ,1},c=2", "{\"a\":[\" b \",1],\"c\":2}");
    expect(SET_TYPED, "a={null,[1]}", "{\"a\":[null,\"[1]\"]}");
    expect_error("a={1,2", "list must terminate with '}'");
    expect_error("a={1}x", "key \"x\" has no value");
}

static void set_values__indexes_fill_up_with_null(void **state)
{
    (void)state;
    expect(SET_TYPED, "a[2]=1", "{\"a\":[null,null,1]}");
    expect(SET_TYPED, "a[0].b=1,a[0].c=2", "{\"a\":[{\"b\":1,\"c\":2}]}");
    expect(SET_TYPED, "a[0][1]=2", "{\"a\":[[null,2]]}");
    expect(SET_TYPED, "a[0]", "{\"a\":[]}");
    expect(SET_TYPED, "a[0=1", "{}");
    expect_over("{\"l\":[\"p\",\"q\"]}", SET_TYPED, "l[0]=z", "{\"l\":[\"z\",\"q\"]}");
}

static void set_values__backslash_takes_the_next_character(void **state)
{
    (void)state;
    expect(SET_TYPED, "a\\.b.c\\=d=1\\,2", "{\"a.b\":{\"c=d\":\"1,2\"}}");
    expect(SET_TYPED, "a={b\\,c}", "{\"a\":[\"b,c\"]}");
    expect(SET_LITERAL, "a\\.b=1\\,2,{x}", "{\"a\\\\\":{\"b\":\"1\\\\,2,{x}\"}}");
}

static void set_values__json_values_follow_each_other(void **state)
{
    (void)state;
    expect(SET_JSON, "a={\"b\":[1]},c=\"x\" , d=", "{\" d\":null,\"a\":{\"b\":[1]},\"c\":\"x\"}");
    expect(SET_JSON, "l[1]=2", "{\"l\":[null,2]}");
    expect_error_over("{}", SET_JSON, "a=nul", "unexpected EOF");
}

static void set_values__faults_are_worded_as_helm_does(void **state)
{
    (void)state;
    expect_error("a", "key \"a\" has no value");
    expect_error("a,b=1", "key \"a\" has no value (cannot end with ,)");
    expect_error("a=1,,b=2", "key \"\" has no value (cannot end with ,)");
    expect_error("a.=1", "key map \"a\" has no value");
    expect_error("a[-1]=1", "negative -1 index not allowed");
    expect_error("a[x]=1", "error parsing index: strconv.Atoi: parsing \"x\": invalid syntax");
    expect_error("a[65537]=1", "index of 65537 is greater than maximum supported index of 65536");
    expect_error("a[0]xy=1", "unexpected data at end of array index: ['x' 'y']");
    expect_error("a=1,a.b=2",
                 "unable to parse key: interface conversion: interface {} is int64, not map[string]interface {}");
    expect_error_over("{\"a\":null}", SET_TYPED, "a[0]=1",
                      "unable to parse key: interface conversion: interface {} is nil, not []interface {}");
    expect_error("a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t.u.v.w.x.y.z.1.2.3.4.5.6=1",
                 "value name nested level is greater than maximum supported nested level of 30");
    expect_error_over("{}", SET_FILE, "a=/nope", "open /nope: no such file or directory");
}

static void set_values__nesting_is_bounded(void **state)
{
    (void)state;
    struct buffer text = BUFFER_INIT;
    buffer_add_text(&text, "a");
    for (int i = 0; i < 20000; i++)
        buffer_add_text(&text, "[0]");
    buffer_add_text(&text, "=1");
    expect_error(buffer_move(&text, &arena).ptr, "value is nested too deeply");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(set_values__only_plain_integers_and_words_are_typed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(set_values__integers_are_int64, set_up, tear_down),
        cmocka_unit_test_setup_teardown(set_values__empty_keys_are_never_set, set_up, tear_down),
        cmocka_unit_test_setup_teardown(set_values__braces_make_lists, set_up, tear_down),
        cmocka_unit_test_setup_teardown(set_values__indexes_fill_up_with_null, set_up, tear_down),
        cmocka_unit_test_setup_teardown(set_values__backslash_takes_the_next_character, set_up, tear_down),
        cmocka_unit_test_setup_teardown(set_values__json_values_follow_each_other, set_up, tear_down),
        cmocka_unit_test_setup_teardown(set_values__faults_are_worded_as_helm_does, set_up, tear_down),
        cmocka_unit_test_setup_teardown(set_values__nesting_is_bounded, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
