/*
 * test_yaml_edit.c - one value of a YAML file changed, every other byte left as it is
 */
#include "codec/yaml_edit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void assert_set(const char *text, const char *key, const char *value, const char *expected)
{
    struct arena a;
    struct diag diag;
    struct key_path path;
    struct slice out;
    arena_init(&a);
    diag_init(&diag);
    assert_true(key_path_parse(&a, slice_text(key), &path, &diag));
    bool ok = yaml_edit_set(&a, slice_text(text), &path, slice_text(value), true, &out, &diag);
    assert_int_equal(ok, expected != NULL);
    if (ok)
        assert_string_equal(arena_text(&a, out), expected);
    diag_release(&diag);
    arena_release(&a);
}

static void yaml_edit__scalar_keeps_comment_and_quotes(void **state)
{
    (void)state;
    assert_set("a: 1 # one\nb: 2\n", "a", "3", "a: 3 # one\nb: 2\n");
    assert_set("a: 'x'\n", "a", "y", "a: 'y'\n");
    assert_set("a: \"x\" # q\n", "a", "y", "a: \"y\" # q\n");
    assert_set("a:\nb: 1\n", "a", "y", "a: y\nb: 1\n");
}

static void yaml_edit__items_and_flow(void **state)
{
    (void)state;
    assert_set("l:\n- a: 1\n- a: 2\n", "l[1].a", "3", "l:\n- a: 1\n- a: 3\n");
    assert_set("m: {a: 1}\n", "m.b", "2", "m: {a: 1, b: 2}\n");
    assert_set("m: {a: 1}\n", "m.b.c", "2", "m: {a: 1, b: {c: 2}}\n");
    assert_set("l: [1, 2]\n", "l", "[3]", "l: [3]\n");
}

static void yaml_edit__new_keys_behind_their_neighbours(void **state)
{
    (void)state;
    assert_set("m:\n    a: 1\nn: 2\n", "m.b", "3", "m:\n    a: 1\n    b: 3\nn: 2\n");
    assert_set("m:\n  a: |\n    x\nn: 2\n", "m.b", "3", "m:\n  a: |\n    x\n  b: 3\nn: 2\n");
    assert_set("a: 1", "b", "2", "a: 1\nb: 2\n");
    assert_set("", "a.b", "1", "a:\n  b: 1\n");
    assert_set("# only this\n", "a", "1", "# only this\na: 1\n");
    assert_set("m: {}\nn: 1\n", "m.a", "1", "m:\n  a: 1\nn: 1\n");
    assert_set("m: # later\nn: 1\n", "n", "2", "m: # later\nn: 2\n");
}

static void yaml_edit__refuses_what_takes_more_than_a_line(void **state)
{
    (void)state;
    assert_set("m:\n  a: 1\n", "m", "2", NULL);
    assert_set("a: |\n  x\n", "a", "y", NULL);
    assert_set("l: [1]\n", "l[3]", "y", NULL);
    assert_set("a: 1\n", "a.b", "y", NULL);
    assert_set("a: [\n", "a", "y", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(yaml_edit__scalar_keeps_comment_and_quotes),
        cmocka_unit_test(yaml_edit__items_and_flow),
        cmocka_unit_test(yaml_edit__new_keys_behind_their_neighbours),
        cmocka_unit_test(yaml_edit__refuses_what_takes_more_than_a_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
