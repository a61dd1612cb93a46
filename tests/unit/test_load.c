/*
 * test_load.c - charts from folders, with Helm 4.1.4's errors
 */
#include "chart_test.h"

#include <sys/stat.h>

static void load__files_find_their_roles(void **state)
{
    (void)state;
    write_chart("c", "c", "");
    write_text("c/values.yaml", "a: 1\n");
    write_text("c/values.schema.json", "{}");
    write_text("c/templates/a.yaml", "x");
    write_text("c/templates/sub/b.txt", "y");
    write_text("c/README.md", "r");
    write_text("c/crds/x.YAML", "z");
    write_text("c/charts/.gitkeep", "");
    write_text("c/charts/s/Chart.yaml", "apiVersion: v2\nname: t\nversion: 1.0.0\n");
    struct chart *chart = load("c");
    assert_int_equal(chart->templates.count, 2);
    assert_string_equal(chart->templates.items[1].name.ptr, "templates/sub/b.txt");
    assert_int_equal(chart->files.count, 2);
    assert_non_null(chart_files_find(&chart->files, SLICE("README.md")));
    assert_true(chart_file_is_crd(chart_files_find(&chart->files, SLICE("crds/x.YAML"))));
    assert_non_null(chart->schema_file);
    assert_string_equal(as_json(chart->values), "{\"a\":1}");
    assert_int_equal(chart->dependency_count, 1);
    assert_true(slice_is(chart->dependencies[0]->metadata.name, "t"));
    assert_ptr_equal(chart->dependencies[0]->parent, chart);
    chart_free(chart);
}

static void load__byte_order_marks_are_cut(void **state)
{
    (void)state;
    write_text("c/Chart.yaml", "\xEF\xBB\xBF" "apiVersion: v2\nname: c\nversion: 0.1.0\n");
    write_text("c/f", "\xEF\xBB\xBFx");
    struct chart *chart = load("c");
    assert_true(slice_is(chart->files.items[0].bytes, "x"));
    chart_free(chart);
}

static void load__links_are_followed_and_reported(void **state)
{
    (void)state;
    write_chart("c", "c", "");
    write_text("real", "r");
    assert_int_equal(symlink("../real", scratch("c/l")), 0);
    struct chart *chart = load("c");
    assert_true(slice_is(chart->files.items[0].name, "l"));
    assert_string_equal(messages(), "msg=\"found symbolic link in path. Contents of linked file included and used\" "
                                    "path=~/c/l resolved=~/real");
    chart_free(chart);
}

static void load__links_may_be_kept_inside(void **state)
{
    (void)state;
    struct chart_load_options options = {.links_inside = true};
    struct chart *chart = NULL;
    write_chart("c", "c", "");
    write_text("c/d/inner", "i");
    assert_int_equal(symlink("d/inner", scratch("c/l")), 0);
    assert_true(chart_load(scratch("c"), &options, test.sources, &chart, &test.diag));
    assert_true(slice_is(chart_files_find(&chart->files, SLICE("l"))->bytes, "i"));
    chart_free(chart);
    diag_clear(&test.diag);
    write_text("real", "r");
    assert_int_equal(symlink("../real", scratch("c/m")), 0);
    assert_false(chart_load(scratch("c"), &options, test.sources, &chart, &test.diag));
    assert_non_null(strstr(messages(), "~/c/m leads out of the chart, to ~/real"));
}

static void load__dangling_and_endless_links_are_errors(void **state)
{
    (void)state;
    write_chart("c", "c", "");
    assert_int_equal(symlink("nope", scratch("c/l")), 0);
    expect_load_error("c", "error evaluating symlink ~/c/l: lstat ~/c/nope: no such file or directory");
    write_text("c/.helmignore", "k\n");
    unlink(scratch("c/l"));
    assert_int_equal(symlink("m", scratch("c/m")), 0);
    expect_load_error("c", "error evaluating symlink ~/c/m: EvalSymlinks: too many links");
}

static void load__what_is_no_regular_file_is_an_error(void **state)
{
    (void)state;
    write_chart("c", "c", "");
    assert_int_equal(mkfifo(scratch("c/ff"), 0600), 0);
    expect_load_error("c", "cannot load irregular file ~/c/ff as it has file mode type bits set");
}

static void load__missing_chart_yaml_is_told_apart(void **state)
{
    (void)state;
    write_text("c/values.yaml", "");
    expect_load_error("c", "unable to detect chart at ~/c/Chart.yaml: open ~/c/Chart.yaml: no such file or directory");
    write_chart("d", "d", "");
    write_text("d/.helmignore", "Chart.yaml\n");
    expect_load_error("d", "Chart.yaml file is missing");
    write_chart("e", "e", "");
    write_text("e/charts/README.md", "x");
    expect_load_error("e", "error unpacking subchart README.md in e: Chart.yaml file is missing");
}

static void load__api_version_picks_the_loader(void **state)
{
    (void)state;
    write_text("c/Chart.yaml", "apiVersion: v3\nname: c\nversion: 0.1.0\n");
    expect_load_error("c", "invalid chart apiVersion");
    write_text("c/Chart.yaml", "apiVersion: v9\nname: c\nversion: 0.1.0\n");
    expect_load_error("c", "unsupported chart version");
    write_text("c/Chart.yaml", "name: c\nversion: 0.1.0\n");
    struct chart *chart = load("c");
    assert_true(slice_is(chart->metadata.api_version, "v1"));
    chart_free(chart);
}

static void load__requirements_are_laid_over_the_metadata(void **state)
{
    (void)state;
    write_chart("c", "c", "dependencies: [{name: s, version: 0.1.0, alias: q}]\n");
    write_text("c/requirements.yaml", "name: over\ndependencies: [{version: 0.2.0}]\n");
    struct chart *chart = load("c");
    assert_true(slice_is(chart->metadata.name, "over"));
    assert_true(slice_is(chart->metadata.dependencies.items[0]->version, "0.2.0"));
    assert_true(slice_is(chart->metadata.dependencies.items[0]->alias, "q"));
    assert_int_equal(chart->files.count, 0);
    assert_non_null(strstr(messages(), "Warning: Dependencies are handled in Chart.yaml since apiVersion \\\"v2\\\"."));
    chart_free(chart);
}

static void load__bad_values_name_their_file(void **state)
{
    (void)state;
    write_chart("c", "c", "");
    write_text("c/values.yaml", "x: 1\na: b: c\n");
    expect_load_error("c", "cannot load values.yaml: cannot unmarshal yaml document: error converting YAML to JSON: "
                           "yaml: line 2: mapping values are not allowed in this context");
    write_text("c/values.yaml", "[1]\n");
    expect_load_error("c", "cannot load values.yaml: cannot unmarshal yaml document: error unmarshaling JSON: while "
                           "decoding JSON: json: cannot unmarshal array into Go value of type map[string]interface {}");
}

static void load__what_is_no_archive_is_named(void **state)
{
    (void)state;
    write_text("c.tgz", "<html> ");
    expect_load_error("c.tgz", "file '~/c.tgz' does not appear to be a gzipped archive; got 'text/html; "
                               "charset=utf-8'");
    write_text("v.yaml", "a: 1\n");
    expect_load_error("v.yaml", "file '~/v.yaml' seems to be a YAML file, but expected a gzipped archive");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(load__files_find_their_roles, set_up, tear_down),
        cmocka_unit_test_setup_teardown(load__byte_order_marks_are_cut, set_up, tear_down),
        cmocka_unit_test_setup_teardown(load__links_are_followed_and_reported, set_up, tear_down),
        cmocka_unit_test_setup_teardown(load__links_may_be_kept_inside, set_up, tear_down),
        cmocka_unit_test_setup_teardown(load__dangling_and_endless_links_are_errors, set_up, tear_down),
        cmocka_unit_test_setup_teardown(load__what_is_no_regular_file_is_an_error, set_up, tear_down),
        cmocka_unit_test_setup_teardown(load__missing_chart_yaml_is_told_apart, set_up, tear_down),
        cmocka_unit_test_setup_teardown(load__api_version_picks_the_loader, set_up, tear_down),
        cmocka_unit_test_setup_teardown(load__requirements_are_laid_over_the_metadata, set_up, tear_down),
        cmocka_unit_test_setup_teardown(load__bad_values_name_their_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(load__what_is_no_archive_is_named, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
