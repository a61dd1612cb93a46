/*
 * test_patch_merge.c - strategic merge
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "codec/yaml_write.h"
#include "kustomize/patch_merge.h"

struct row {
    const char *object;
    const char *patch;
    const char *expected; /* what Kustomize prints, or its error */
};

static bool read_node(struct arena *a, const char *text, struct value *out, struct diag *diag)
{
    const struct placed_text placed = {slice_text(text), NULL, 0};
    return node_read(a, &placed, out, diag);
}

static const char *merged(struct arena *a, const struct row *row, struct diag *diag)
{
    struct schema_source schemas = {.arena = a};
    struct value object, patch, plain;
    struct slice error;
    struct buffer out = BUFFER_INIT;
    if (!read_node(a, row->object, &object, diag) || !read_node(a, row->patch, &patch, diag) ||
        !patch_merge(a, NULL, &schemas, &object, patch, diag))
        return arena_text(a, diag->last->message);
    if (object.kind == VALUE_NIL)
        return "deleted";
    if (!yaml_node_plain(a, object, &plain, &error) || !yaml_write(&out, plain, a, &error))
        return arena_text(a, error);
    return buffer_move(&out, a).ptr;
}

static void check(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct arena a;
        struct diag diag;
        arena_init(&a);
        diag_init(&diag);
        const char *got = merged(&a, &rows[i], &diag);
        if (strcmp(got, rows[i].expected) != 0)
            print_error("object:\n%s\npatch:\n%s\n", rows[i].object, rows[i].patch);
        assert_string_equal(got, rows[i].expected);
        diag_release(&diag);
        arena_release(&a);
    }
}

#define CHECK(rows) check(rows, sizeof(rows) / sizeof(rows)[0])

#define POD "apiVersion: v1\nkind: Pod\n"

static void patch_merge__null_removes_a_field(void **state)
{
    static const struct row rows[] = {
        {"a: 1\nb: 2\n", "a: null\n", "b: 2\n"},
        {"a: 1\n", "new: {a: null, b: {c: null}}\n", "a: 1\nnew:\n  b: {}\n"},
        {"a: 1\n", "l: [null, 1]\n", "a: 1\nl:\n- null\n- 1\n"},
    };
    (void)state;
    CHECK(rows);
}

static void patch_merge__a_null_of_the_object_stays_where_it_has_a_text(void **state)
{
    static const struct row rows[] = {
        {"a: null\nb: ~\nc:\n", "d: 1\n", "a: null\nb: null\nd: 1\n"},
        {"a: {b: null, c: }\n", "d: 1\n", "a:\n  b: null\nd: 1\n"},
        {"a: [null, ]\n", "d: 1\n", "a:\n- null\nd: 1\n"},
    };
    (void)state;
    CHECK(rows);
}

static void patch_merge__a_scalar_keeps_how_the_old_one_was_quoted(void **state)
{
    static const struct row rows[] = {
        {"a: \"1\"\n", "a: 5\n", "a: \"5\"\n"},
        {"a: 'x'\n", "a: true\n", "a: \"true\"\n"},
        {"a: |\n  x\n", "a: 7\n", "a: \"7\"\n"},
        {"a: \"no\"\n", "a: 0x10\n", "a: \"0x10\"\n"},
        {"a: 1\n", "a: \"5\"\n", "a: \"5\"\n"},
        {"a: x\n", "a: 5\n", "a: 5\n"},
    };
    (void)state;
    CHECK(rows);
}

static void patch_merge__kinds_must_agree(void **state)
{
    static const struct row rows[] = {
        {"a: {b: 1}\n", "a: [1]\n", "wrong node kind: expected MappingNode but got SequenceNode: node contents:\n- 1\n"},
        {"a: 1\n", "a: {b: 1}\n", "wrong node kind: expected ScalarNode but got MappingNode: node contents:\nb: 1\n"},
        {"a: null\n", "a: {b: 1}\n", "a:\n  b: 1\n"},
    };
    (void)state;
    CHECK(rows);
}

static void patch_merge__of_a_key_given_twice_the_first_counts(void **state)
{
    static const struct row rows[] = {
        {"a: {b: 1}\n", "a: {c: 1, c: 2}\n", "a:\n  b: 1\n  c: 1\n"},
        {"a: 1\n", "b: {c: 1, c: 2}\n", "yaml: unmarshal errors:\n  mapping key already defined"},
    };
    (void)state;
    CHECK(rows);
}

static void patch_merge__directives_of_maps(void **state)
{
    static const struct row rows[] = {
        {"a: {b: 1}\nc: 1\n", "a: {$patch: delete}\n", "c: 1\n"},
        {"a: {b: 1}\n", "a: {$patch: replace, c: 1}\n", "a:\n  c: 1\n"},
        {"a: {b: 1}\n", "a: {$patch: merge, c: 1}\n", "a:\n  b: 1\n  c: 1\n"},
        {"a: {b: 1}\n", "a: {$patch: bogus}\n", "unknown patch strategy 'bogus'"},
        {"a: 1\n", "$patch: delete\n", "deleted"},
        {"a: 1\n", "$patch: replace\nb: 1\n", "a: 1\n"},
        {"a: 1\n", "k: {m: {$patch: delete, x: 1}, o: 1}\n", "a: 1\nk:\n  o: 1\n"},
        {"a: 1\n", "$retainKeys: [b]\n", "$retainKeys:\n- b\na: 1\n"},
    };
    (void)state;
    CHECK(rows);
}

static void patch_merge__lists_without_a_key_are_replaced(void **state)
{
    static const struct row rows[] = {
        {"l: [1, 2]\n", "l: [3]\n", "l:\n- 3\n"},
        {"l: [{name: a}]\n", "l: []\n", "l: []\n"},
        {POD "spec:\n  tolerations: [{key: a}]\n", POD "spec:\n  tolerations: [{key: b}]\n",
         POD "spec:\n  tolerations:\n  - key: b\n"},
    };
    (void)state;
    CHECK(rows);
}

static void patch_merge__elements_of_the_patch_come_first(void **state)
{
    static const struct row rows[] = {
        {POD "spec:\n  containers: [{name: a, image: x}, {name: b}]\n",
         POD "spec:\n  containers: [{name: c}, {name: b, image: y}]\n",
         POD "spec:\n  containers:\n  - name: c\n  - image: \"y\"\n    name: b\n  - image: x\n    name: a\n"},
    };
    (void)state;
    CHECK(rows);
}

static void patch_merge__directives_of_list_elements(void **state)
{
    static const struct row rows[] = {
        {POD "spec:\n  containers: [{name: a}, {name: b}]\n", POD "spec:\n  containers: [{name: a, $patch: delete}]\n",
         POD "spec:\n  containers:\n  - name: b\n"},
        {POD "spec:\n  containers: [{name: a}, {name: b}]\n", POD "spec:\n  containers: [{$patch: replace}, {name: c}]\n",
         POD "spec:\n  containers:\n  - name: c\n"},
        {POD "spec:\n  containers: [{name: a}]\n  x: 1\n", POD "spec:\n  containers: [{$patch: delete}]\n",
         POD "spec:\n  x: 1\n"},
        {POD "spec:\n  containers: [{name: a, image: i}]\n",
         POD "spec:\n  containers: [{name: a, $patch: replace, args: [x]}]\n",
         POD "spec:\n  containers:\n  - image: i\n    name: a\n"},
    };
    (void)state;
    CHECK(rows);
}

static void patch_merge__an_element_without_key_empties_the_list(void **state)
{
    static const struct row rows[] = {
        {POD "spec:\n  containers: [{name: a}, {name: b}]\n", POD "spec:\n  containers: [{image: z}]\n",
         POD "spec:\n  containers: []\n"},
    };
    (void)state;
    CHECK(rows);
}

static void patch_merge__a_repeated_element_keeps_the_last_in_the_first_place(void **state)
{
    static const struct row rows[] = {
        {POD "spec:\n  containers:\n  - name: a\n    env: [{name: A, value: \"1\"}, {name: B}, {name: A, value: \"2\"}]\n",
         POD "x: 1\n",
         POD "spec:\n  containers:\n  - env:\n    - name: A\n      value: \"2\"\n    - name: B\n    name: a\nx: 1\n"},
    };
    (void)state;
    CHECK(rows);
}

/* With two keys every old element goes behind what only the patch has. */
static void patch_merge__ports_have_two_keys(void **state)
{
    static const struct row rows[] = {
        {"apiVersion: v1\nkind: Service\nspec:\n  ports: [{port: 80, protocol: TCP}, {port: 81}, {port: 82, protocol: UDP}]\n",
         "apiVersion: v1\nkind: Service\nspec:\n  ports: [{port: 82, protocol: UDP, name: n}]\n",
         "apiVersion: v1\nkind: Service\nspec:\n  ports:\n  - port: 80\n    protocol: TCP\n  - port: 81\n"
         "  - name: \"n\"\n    port: 82\n    protocol: UDP\n"},
        {"apiVersion: v1\nkind: Service\nspec:\n  ports: [{port: 80}, {port: 81}]\n",
         "apiVersion: v1\nkind: Service\nspec:\n  ports: [{port: 81, name: x}]\n",
         "apiVersion: v1\nkind: Service\nspec:\n  ports:\n  - name: x\n    port: 81\n  - port: 80\n"},
    };
    (void)state;
    CHECK(rows);
}

static void patch_merge__finalizers_are_joined(void **state)
{
    static const struct row rows[] = {
        {POD "metadata: {name: a, finalizers: [x, y]}\n", POD "metadata: {finalizers: [z, x]}\n",
         POD "metadata:\n  finalizers:\n  - z\n  - x\n  - \"y\"\n  name: a\n"},
    };
    (void)state;
    CHECK(rows);
}

static void patch_merge__unknown_kinds_know_no_keys(void **state)
{
    static const struct row rows[] = {
        {"apiVersion: x.io/v1\nkind: Foo\ncontainers: [{name: a}]\n", "containers: [{name: b}]\n",
         "apiVersion: x.io/v1\ncontainers:\n- name: b\nkind: Foo\n"},
        {"apiVersion: x.io/v1\nkind: Foo\npod:\n  apiVersion: v1\n  kind: Pod\n  spec:\n    containers: [{name: a}]\n",
         "pod:\n  spec:\n    containers: [{name: b}]\n",
         "apiVersion: x.io/v1\nkind: Foo\npod:\n  apiVersion: v1\n  kind: Pod\n  spec:\n    containers:\n"
         "    - name: b\n    - name: a\n"},
    };
    (void)state;
    CHECK(rows);
}

/* What the patch brings says where the patch has it. */
static void patch_merge__values_keep_their_places(void **state)
{
    struct arena a;
    struct diag diag;
    struct value object, patch;
    struct source_set *sources = source_set_new();
    struct schema_source schemas = {.arena = &a};
    (void)state;
    arena_init(&a);
    diag_init(&diag);
    const struct source *base = source_set_keep(sources, SLICE("base"), SLICE("a: 1\nb: 2\n"));
    const struct source *over = source_set_keep(sources, SLICE("patch"), SLICE("\nb: 3\n"));
    assert_true(node_read(&a, &(struct placed_text){base->text, base, 0}, &object, &diag));
    assert_true(node_read(&a, &(struct placed_text){over->text, over, 10}, &patch, &diag));
    assert_true(patch_merge(&a, sources, &schemas, &object, patch, &diag));
    assert_int_equal(node_field(object, "a")->origin.source, base->id);
    assert_int_equal(node_field(object, "a")->origin.line, 1);
    assert_int_equal(node_field(object, "b")->origin.source, over->id);
    assert_int_equal(node_field(object, "b")->origin.line, 12);
    diag_release(&diag);
    arena_release(&a);
    source_set_free(sources);
}

/* A list of many elements with one key costs no more than its length. */
static void patch_merge__long_lists_are_merged_by_index(void **state)
{
    struct arena a;
    struct diag diag;
    struct buffer text = BUFFER_INIT;
    struct value object, patch;
    struct schema_source schemas = {.arena = &a};
    (void)state;
    arena_init(&a);
    diag_init(&diag);
    buffer_add_text(&text, POD "spec:\n  volumes:\n");
    for (int i = 0; i < 20000; i++)
        buffer_printf(&text, "  - name: v%d\n", i);
    buffer_add_char(&text, '\0');
    assert_true(read_node(&a, text.ptr, &object, &diag));
    assert_true(read_node(&a, POD "spec: {volumes: [{name: v7, x: 1}, {name: new}]}\n", &patch, &diag));
    assert_true(patch_merge(&a, NULL, &schemas, &object, patch, &diag));
    const struct value *volumes = node_field(*node_field(object, "spec"), "volumes");
    assert_int_equal(volumes->list->len, 20001);
    assert_string_equal(arena_text(&a, node_text(volumes->list->items[1], "name")), "new");
    assert_string_equal(arena_text(&a, node_text(volumes->list->items[2], "name")), "v0");
    buffer_release(&text);
    diag_release(&diag);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patch_merge__null_removes_a_field),
        cmocka_unit_test(patch_merge__a_null_of_the_object_stays_where_it_has_a_text),
        cmocka_unit_test(patch_merge__a_scalar_keeps_how_the_old_one_was_quoted),
        cmocka_unit_test(patch_merge__kinds_must_agree),
        cmocka_unit_test(patch_merge__of_a_key_given_twice_the_first_counts),
        cmocka_unit_test(patch_merge__directives_of_maps),
        cmocka_unit_test(patch_merge__lists_without_a_key_are_replaced),
        cmocka_unit_test(patch_merge__elements_of_the_patch_come_first),
        cmocka_unit_test(patch_merge__directives_of_list_elements),
        cmocka_unit_test(patch_merge__an_element_without_key_empties_the_list),
        cmocka_unit_test(patch_merge__a_repeated_element_keeps_the_last_in_the_first_place),
        cmocka_unit_test(patch_merge__ports_have_two_keys),
        cmocka_unit_test(patch_merge__finalizers_are_joined),
        cmocka_unit_test(patch_merge__unknown_kinds_know_no_keys),
        cmocka_unit_test(patch_merge__values_keep_their_places),
        cmocka_unit_test(patch_merge__long_lists_are_merged_by_index),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
