/*
 * test_yaml_restyle.c - documents written back from their nodes; expected is what go-yaml v3 writes
 */
#include "codec/yaml_restyle.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static void expect(const char *text, const char *wanted)
{
    static const struct yaml_addition addition = {"metadata", "namespace", SLICE_INIT("ns")};
    struct arena a;
    struct buffer out = BUFFER_INIT;
    struct slice error;
    arena_init(&a);
    assert_true(yaml_restyle(&a, slice_text(text), &addition, &out, &error));
    buffer_add_char(&out, '\0');
    assert_string_equal(out.ptr, wanted);
    buffer_release(&out);
    arena_release(&a);
}

static void yaml_restyle__adds_the_entry_behind_the_others(void **state)
{
    (void)state;
    expect("kind: A\nmetadata:\n  name: x\nspec: {}\n",
           "kind: A\nmetadata:\n  name: x\n  namespace: ns\nspec: {}\n");
    expect("metadata: {name: x}\n", "metadata: {name: x, namespace: ns}\n");
}

static void yaml_restyle__keeps_an_entry_that_is_there(void **state)
{
    (void)state;
    expect("metadata:\n  namespace: own\n  name: x\n", "metadata:\n  namespace: own\n  name: x\n");
}

static void yaml_restyle__leaves_documents_without_the_parent(void **state)
{
    (void)state;
    expect("kind: A\n---\nspec:\n    metadata: {a: b}\n", "kind: A\n---\nspec:\n  metadata: {a: b}\n");
}

static void yaml_restyle__indents_lists_and_drops_blank_lines(void **state)
{
    (void)state;
    expect("list:\n- a\n\n- b: c\n  d: e\n- - x\n  - y\n", "list:\n  - a\n  - b: c\n    d: e\n  - - x\n    - y\n");
}

static void yaml_restyle__keeps_comments_and_quotes(void **state)
{
    (void)state;
    expect("# top\nkind: A # behind\n# before\nb: 'one'\nc: \"t\\two\"\n",
           "# top\nkind: A # behind\n# before\nb: 'one'\nc: \"t\\two\"\n");
}

static void yaml_restyle__keeps_block_scalars(void **state)
{
    (void)state;
    expect("a: |\n    one # no comment\n      two\n\nb: >-\n  x\n  y\nc: |-\n  z\n",
           "a: |\n  one # no comment\n    two\nb: >-\n  x y\nc: |-\n  z\n");
}

static void yaml_restyle__refuses_what_is_no_yaml(void **state)
{
    static const struct yaml_addition addition = {"metadata", "namespace", SLICE_INIT("ns")};
    struct arena a;
    struct buffer out = BUFFER_INIT;
    struct slice error;
    (void)state;
    arena_init(&a);
    assert_false(yaml_restyle(&a, SLICE("a: b: c\n"), &addition, &out, &error));
    assert_true(slice_find(error, SLICE("mapping values are not allowed")) < error.len);
    buffer_release(&out);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(yaml_restyle__adds_the_entry_behind_the_others),
        cmocka_unit_test(yaml_restyle__keeps_an_entry_that_is_there),
        cmocka_unit_test(yaml_restyle__leaves_documents_without_the_parent),
        cmocka_unit_test(yaml_restyle__indents_lists_and_drops_blank_lines),
        cmocka_unit_test(yaml_restyle__keeps_comments_and_quotes),
        cmocka_unit_test(yaml_restyle__keeps_block_scalars),
        cmocka_unit_test(yaml_restyle__refuses_what_is_no_yaml),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
