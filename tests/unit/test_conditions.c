/*
 * test_conditions.c - enabled charts, aliases and imported values, and the values that come of them
 *
 * What is expected here was printed by Helm 4.1.4.
 */
#include "chart_test.h"

#include "helm/coalesce.h"
#include "helm/conditions.h"

static struct value read_values(const char *yaml)
{
    struct value v;
    assert_true(chart_values_read(&test.arena, NULL, slice_text(yaml), false, &v, &test.diag));
    return v;
}

/* Loads, processes and coalesces the chart `c` with user values. */
static struct release_chart *release(const char *user)
{
    struct coalesce_options options = {.helm3 = false};
    struct release_chart *root;
    struct chart *chart = load("c"); /* ends with the process: its texts are compared after the test's checks */
    struct value values = read_values(user);
    assert_true(conditions_process(chart, values, false, &test.arena, &root, &test.diag));
    assert_true(coalesce_release(root, values, &options, &test.arena, &test.diag));
    return root;
}

static void end(struct release_chart *root)
{
    chart_free((struct chart *)root->chart);
}

/* The paths of all charts, parents first. */
static void add_paths(const struct release_chart *chart, struct buffer *out)
{
    buffer_printf(out, "%.*s\n", SLICE_ARG(chart->path));
    for (size_t i = 0; i < chart->child_count; i++)
        add_paths(chart->children[i], out);
}

static void expect_paths(const struct release_chart *root, const char *expected)
{
    struct buffer out = BUFFER_INIT;
    add_paths(root, &out);
    assert_string_equal(buffer_move(&out, &test.arena).ptr, expected);
}

static void expect_values(const char *user, const char *json)
{
    struct release_chart *root = release(user);
    assert_string_equal(as_json(value_map(root->values)), json);
    end(root);
}

static void conditions__condition_decides_before_tags(void **state)
{
    (void)state;
    write_chart("c", "c", "dependencies: [{name: s, version: '*', condition: 's.enabled,global.go', tags: [t]}]\n");
    write_chart("c/charts/s", "s", "");
    struct release_chart *root = release("tags: {t: false}");
    expect_paths(root, "c\n");
    assert_null(root->metadata->dependencies.items);
    end(root);
    root = release("tags: {t: false}\nglobal: {go: true}");
    expect_paths(root, "c\nc/charts/s\n");
    end(root);
    root = release("s: {enabled: false}\nglobal: {go: true}");
    expect_paths(root, "c\n");
    end(root);
}

static void conditions__other_than_bool_warns(void **state)
{
    (void)state;
    write_chart("c", "c", "dependencies: [{name: s, version: '*', condition: s.enabled, tags: [t]}]\n");
    write_chart("c/charts/s", "s", "");
    end(release("tags: {t: 1}\ns: {enabled: x}"));
    assert_string_equal(messages(), "msg=\"returned non-bool value\" tag=t chart=s\n"
                                    "msg=\"returned non-bool value\" path=s.enabled chart=s");
}

static void conditions__version_out_of_range_is_as_undeclared(void **state)
{
    (void)state;
    write_chart("c", "c", "dependencies: [{name: s, version: 2.x, alias: a, condition: s.enabled}]\n");
    write_chart("c/charts/s", "s", "");
    struct release_chart *root = release("s: {enabled: false}");
    expect_paths(root, "c\nc/charts/s\n");
    end(root);
}

static void conditions__alias_renames_values_and_paths(void **state)
{
    (void)state;
    write_chart("c", "c", "dependencies: [{name: s, version: '*', alias: x}, {name: s, version: '*', alias: w}]\n");
    write_chart("c/charts/s", "s", "");
    write_text("c/charts/s/values.yaml", "v: 1\n");
    struct release_chart *root = release("x: {v: 2}");
    expect_paths(root, "c\nc/charts/x\nc/charts/w\n");
    assert_string_equal(as_json(value_map(root->values)),
                        "{\"w\":{\"global\":{},\"v\":1},\"x\":{\"global\":{},\"v\":2}}");
    assert_ptr_equal(root->children[0]->values, map_find_text(root->values, "x")->map);
    end(root);
}

static void conditions__charts_far_below_an_alias_keep_their_first_path(void **state)
{
    (void)state;
    write_chart("c", "c", "dependencies: [{name: s, version: '*', alias: x}]\n");
    write_chart("c/charts/s", "s", "");
    write_chart("c/charts/s/charts/k", "k", "");
    write_chart("c/charts/s/charts/k/charts/m", "m", "");
    struct release_chart *root = release("{}");
    expect_paths(root, "c\nc/charts/x\nc/charts/x/charts/k\nc/charts/s/charts/k/charts/m\n");
    end(root);
}

static void conditions__import_values_lie_below_the_parents(void **state)
{
    (void)state;
    write_chart("c", "c", "dependencies: [{name: s, version: '*', import-values: [d, {child: a.b, parent: p.q}, nope]}]\n");
    write_text("c/values.yaml", "k: parent\n");
    write_chart("c/charts/s", "s", "");
    write_text("c/charts/s/values.yaml", "exports: {d: {k: child, m: 1}}\na: {b: {z: 1}}\n");
    expect_values("{}", "{\"k\":\"parent\",\"m\":1,\"p\":{\"q\":{\"z\":1}},\"s\":{\"a\":{\"b\":{\"z\":1}},"
                        "\"exports\":{\"d\":{\"k\":\"child\",\"m\":1}},\"global\":{}}}");
    assert_string_equal(messages(), "msg=\"ImportValues missing table\" error=\"\\\"nope\\\" is not a table\"");
}

static void conditions__wrong_type_for_a_subchart_is_logged_and_fails(void **state)
{
    (void)state;
    struct release_chart *root;
    write_chart("c", "c", "dependencies: [{name: s, version: '*'}]\n");
    write_chart("c/charts/s", "s", "");
    struct chart *chart = load("c");
    assert_false(conditions_process(chart, read_values("s: foo"), false, &test.arena, &root, &test.diag));
    assert_string_equal(messages(), "msg=\"chart dependencies processing failed\" "
                                    "error=\"type mismatch on s: %!t(string=foo)\"\n"
                                    "chart dependencies processing failed: type mismatch on s: %!t(string=foo)");
    chart_free(chart);
}

/* --- coalescing ----------------------------------------------------------------------------------------------- */

static void coalesce__null_removes_what_the_chart_defines(void **state)
{
    (void)state;
    write_chart("c", "c", "");
    write_text("c/values.yaml", "a: 1\nb: {c: 1, d: null}\nz: null\n");
    expect_values("a: null\nb: {c: null, d: null, e: null}\nq: null", "{\"b\":{\"d\":null,\"e\":null},\"q\":null,\"z\":null}");
}

static void coalesce__parents_null_deletes_a_childs_default(void **state)
{
    (void)state;
    write_chart("c", "c", "");
    write_text("c/values.yaml", "s: {x: null}\n");
    write_chart("c/charts/s", "s", "");
    write_text("c/charts/s/values.yaml", "x: 1\nw: 2\n");
    expect_values("{}", "{\"s\":{\"global\":{},\"w\":2}}");
}

static void coalesce__globals_are_handed_down(void **state)
{
    (void)state;
    write_chart("c", "c", "");
    write_text("c/values.yaml", "global: {a: {x: 1}, b: 1}\n");
    write_chart("c/charts/s", "s", "");
    write_text("c/charts/s/values.yaml", "global: {a: {x: 2, z: 3}, c: 4}\n");
    expect_values("{}", "{\"global\":{\"a\":{\"x\":1},\"b\":1},"
                        "\"s\":{\"global\":{\"a\":{\"x\":1,\"z\":3},\"b\":1,\"c\":4}}}");
}

static void coalesce__clashes_of_tables_warn(void **state)
{
    (void)state;
    write_chart("c", "c", "");
    write_text("c/values.yaml", "a: 1\nm: {x: {w: 1}, z: 1}\nglobal: 5\n");
    write_chart("c/charts/s", "s", "");
    expect_values("a: {b: 1}\nm: {x: 1, z: {a: 1}}",
                  "{\"a\":{\"b\":1},\"global\":5,\"m\":{\"x\":1,\"z\":{\"a\":1}},\"s\":{}}");
    assert_string_equal(messages(),
                        "msg=\"warning: skipped value for c.a: Not a table.\"\n"
                        "msg=\"warning: cannot overwrite table with non table for c.m.x (map[w:1])\"\n"
                        "msg=\"warning: destination for c.m.z is a table. Ignoring non-table value (1)\"\n"
                        "msg=\"warning: skipping globals because source global is not a table.\"");
}

static void coalesce__defaults_of_a_chart_stay_untouched(void **state)
{
    (void)state;
    write_chart("c", "c", "");
    write_text("c/values.yaml", "a: {b: {c: 1}}\n");
    struct release_chart *root = release("a: {d: 1}");
    map_set_text(map_find_text(map_find_text(root->values, "a")->map, "b")->map, "c", value_int(2));
    assert_string_equal(as_json(root->chart->values), "{\"a\":{\"b\":{\"c\":1}}}");
    end(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(conditions__condition_decides_before_tags, set_up, tear_down),
        cmocka_unit_test_setup_teardown(conditions__other_than_bool_warns, set_up, tear_down),
        cmocka_unit_test_setup_teardown(conditions__version_out_of_range_is_as_undeclared, set_up, tear_down),
        cmocka_unit_test_setup_teardown(conditions__alias_renames_values_and_paths, set_up, tear_down),
        cmocka_unit_test_setup_teardown(conditions__charts_far_below_an_alias_keep_their_first_path, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(conditions__import_values_lie_below_the_parents, set_up, tear_down),
        cmocka_unit_test_setup_teardown(conditions__wrong_type_for_a_subchart_is_logged_and_fails, set_up, tear_down),
        cmocka_unit_test_setup_teardown(coalesce__null_removes_what_the_chart_defines, set_up, tear_down),
        cmocka_unit_test_setup_teardown(coalesce__parents_null_deletes_a_childs_default, set_up, tear_down),
        cmocka_unit_test_setup_teardown(coalesce__globals_are_handed_down, set_up, tear_down),
        cmocka_unit_test_setup_teardown(coalesce__clashes_of_tables_warn, set_up, tear_down),
        cmocka_unit_test_setup_teardown(coalesce__defaults_of_a_chart_stay_untouched, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
