/*
 * test_field_path.c - the fields of an object that a path names
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "codec/yaml_write.h"
#include "kustomize/field_path.h"
#include "kustomize/field_spec.h"

#define OBJECT "a:\n  b.c: 1\n  l: [x, y, xy]\nc:\n- name: n\n  v: 1\n- name: nn\n  v: 2\nnull: ~\n"

struct row {
    const char *path;
    const char *expected; /* the fields found, or an error */
};

static struct value object_of(struct arena *a, const char *text)
{
    const struct placed_text placed = {slice_text(text), NULL, 0};
    struct diag diag;
    struct value v;
    diag_init(&diag);
    assert_true(node_read(a, &placed, &v, &diag));
    diag_release(&diag);
    return v;
}

static void add_text(struct arena *a, struct buffer *out, struct value node)
{
    struct value plain;
    struct slice error;
    assert_true(yaml_node_plain(a, node, &plain, &error) && yaml_write(out, plain, a, &error));
}

static const char *found_one(struct arena *a, const char *path, struct diag *diag)
{
    struct value object = object_of(a, OBJECT);
    struct texts parts = field_path_split_brackets(a, slice_text(path), '.');
    struct buffer out = BUFFER_INIT;
    struct value *field;
    if (!field_path_find(a, &object, &parts, &field, diag))
        return arena_text(a, diag->last->message);
    if (!field)
        return "";
    add_text(a, &out, *field);
    return buffer_move(&out, a).ptr;
}

static const char *found_all(struct arena *a, const char *path, struct diag *diag)
{
    struct value object = object_of(a, OBJECT);
    struct texts parts = field_path_split_brackets(a, slice_text(path), '.');
    struct field_matcher m = {.arena = a, .regexps = regexp_cache_new(), .diag = diag};
    struct buffer out = BUFFER_INIT;
    bool good = field_path_match(&m, &object, &parts);
    for (size_t i = 0; good && i < m.found.count; i++)
        add_text(a, &out, *m.found.items[i]);
    regexp_cache_free(m.regexps);
    return good ? buffer_move(&out, a).ptr : arena_text(a, diag->last->message);
}

static void check(const struct row *rows, size_t count,
                  const char *(*find)(struct arena *a, const char *path, struct diag *diag))
{
    for (size_t i = 0; i < count; i++) {
        struct arena a;
        struct diag diag;
        arena_init(&a);
        diag_init(&diag);
        const char *got = find(&a, rows[i].path, &diag);
        if (strcmp(got, rows[i].expected) != 0)
            print_error("path: %s\n", rows[i].path);
        assert_string_equal(got, rows[i].expected);
        diag_release(&diag);
        arena_release(&a);
    }
}

#define CHECK(rows, find) check(rows, sizeof(rows) / sizeof(rows)[0], find)

static void field_path__finds_one_field(void **state)
{
    static const struct row rows[] = {
        {"a.b\\.c", "1\n"},
        {"a.[b.c]", "1\n"},
        {"a.l.1", "\"y\"\n"},
        {"a.l.-", "xy\n"},
        {"a.l.9", ""},
        {"a.l.[=x]", "x\n"},
        {"c.[name=n].v", "1\n"},
        {"c.[name=zz].v", ""},
        {"x.y", ""},
        {"null.x", ""},
        {"a.l.x", "wrong node kind: expected MappingNode but got SequenceNode: node contents:\n- x\n- \"y\"\n- xy\n"},
        {"a.*", "wildcard is not supported in PathGetter"},
        {"c.[name]", "list path element must contain fieldName=fieldValue for element to match"},
    };
    (void)state;
    CHECK(rows, found_one);
}

/* Conditions are expressions over the written form, not anchored. */
static void field_path__matches_all_fields(void **state)
{
    static const struct row rows[] = {
        {"c.[name=n].v", "1\n2\n"},
        {"c.[name=^n$].v", "1\n"},
        {"c.*.v", "1\n2\n"},
        {"a.l.[=x]", "x\nxy\n"},
        {"a.l.0", "x\n"},
        {"a.l.3", "index 3 specified but only 3 elements found"},
        {"a.z", ""},
        {"c.[name=(].v", "error parsing regexp: missing closing ): `(`"},
    };
    (void)state;
    CHECK(rows, found_all);
}

static const char *created(struct arena *a, const char *path, struct diag *diag)
{
    struct value object = object_of(a, "a: {}\nl: [{name: x}]\n");
    struct texts parts = field_path_split_brackets(a, slice_text(path), '.');
    struct field_matcher m = {.arena = a, .regexps = regexp_cache_new(), .create = VALUE_STRING, .diag = diag};
    struct buffer out = BUFFER_INIT;
    bool good = field_path_match(&m, &object, &parts);
    regexp_cache_free(m.regexps);
    if (!good)
        return arena_text(a, diag->last->message);
    for (size_t i = 0; i < m.found.count; i++)
        *m.found.items[i] = node_scalar(SLICE("v"));
    add_text(a, &out, object);
    return buffer_move(&out, a).ptr;
}

static void field_path__makes_what_is_missing(void **state)
{
    static const struct row rows[] = {
        {"a.b.c", "a:\n  b:\n    c: v\nl:\n- name: x\n"},
        {"a.b.0", "a:\n  b:\n  - v\nl:\n- name: x\n"},
        {"l.[name=z].q", "a: {}\nl:\n- name: x\n- name: z\n  q: v\n"},
        {"l.1.q", "a: {}\nl:\n- name: x\n- q: v\n"},
        {"l.2.q", "index 2 specified but only 1 elements found"},
        {"a.[=k]", "wrong node kind: expected SequenceNode but got MappingNode: node contents:\n{}\n"},
    };
    (void)state;
    CHECK(rows, created);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(field_path__finds_one_field),
        cmocka_unit_test(field_path__matches_all_fields),
        cmocka_unit_test(field_path__makes_what_is_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
