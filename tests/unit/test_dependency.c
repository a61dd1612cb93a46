/*
 * test_dependency.c - dependency list, update and build, and packing, as Helm 4.1.4 does them
 */
#include "chart_test.h"

#include "chart/dependency.h"
#include "chart/dependency_update.h"
#include "chart/package.h"

static const struct dependency_options options = {.now = SLICE_INIT("2026-11-25T11:07:36.655172787Z")};

typedef bool operation(const char *folder, const struct dependency_options *o, struct source_set *sources,
                       struct buffer *out, struct diag *diag);

static void expect_output(operation *run, bool succeeds, const char *expected)
{
    struct buffer out = BUFFER_INIT;
    assert_int_equal(run(scratch("p"), &options, test.sources, &out, &test.diag), succeeds);
    assert_string_equal(buffer_move(&out, &test.arena).ptr, expected);
}

static void expect_list(const char *expected)
{
    struct buffer out = BUFFER_INIT;
    struct chart *chart = load("p");
    assert_int_equal(chdir(test.folder), 0);
    dependency_list(chart, "p", 80, test.sources, &out);
    assert_int_equal(chdir("/"), 0);
    assert_string_equal(buffer_move(&out, &test.arena).ptr, expected);
    chart_free(chart);
}

static void expect_file(const char *path, const char *expected)
{
    struct slice text;
    assert_true(file_read(&test.arena, scratch(path), 0, &text, &test.diag));
    assert_string_equal(text.ptr, expected);
}

/* A chart p with one dependency beside it and one in its charts/. */
static void write_charts(void)
{
    write_chart("p", "p", "dependencies:\n- {name: sub, version: 1.x, repository: \"file://../sub2\"}\n"
                          "- {name: loc, version: \"*\", repository: \"\"}\n");
    write_text("sub2/Chart.yaml", "apiVersion: v2\nname: sub\nversion: 1.2.3\n");
    write_text("p/charts/loc/Chart.yaml", "apiVersion: v2\nname: loc\nversion: 1.0.0\n");
}

static const char saved[] = "Saving 2 charts\n"
                            "Dependency loc did not declare a repository. Assuming it exists in the charts directory\n"
                            "Deleting outdated charts\n";

static void dependency_update__fills_charts_and_writes_the_lock(void **state)
{
    (void)state;
    write_charts();
    expect_output(dependency_update, true, saved);
    expect_file("p/Chart.lock", "dependencies:\n- name: sub\n  repository: file://../sub2\n  version: 1.2.3\n"
                                "- name: loc\n  repository: \"\"\n  version: '*'\n"
                                "digest: sha256:03955ed8a6676e45402af2991b34c1ba82d30045a4b388d44f038b4671e1d395\n"
                                "generated: \"2026-11-25T11:07:36.655172787Z\"\n");
    expect_output(dependency_build, true, saved);
    struct chart *chart = load("p");
    assert_int_equal(chart->dependency_count, 2);
    assert_true(slice_is(chart->dependencies[1]->metadata.version, "1.2.3"));
    chart_free(chart);
}

static void dependency_update__deletes_what_is_outdated(void **state)
{
    (void)state;
    struct chart_package_options old = {.version = SLICE_INIT("1.0.0")};
    struct slice path;
    write_charts();
    struct chart *chart = load("sub2");
    assert_true(chart_package(chart, scratch("p/charts"), &old, &test.arena, &path, &test.diag));
    chart_free(chart);
    assert_true(file_exists(scratch("p/charts/sub-1.0.0.tgz")));
    expect_output(dependency_update, true, saved);
    assert_false(file_exists(scratch("p/charts/sub-1.0.0.tgz")));
    assert_true(file_exists(scratch("p/charts/sub-1.2.3.tgz")));
}

static void dependency_update__faults_are_worded_as_helm_does(void **state)
{
    (void)state;
    write_chart("p", "p", "dependencies: [{name: s, version: 1.x, repository: \"file://../nosub\"}]\n");
    expect_output(dependency_update, false, "");
    assert_string_equal(messages(), "directory ~/nosub not found");
    diag_clear(&test.diag);
    write_text("nosub/Chart.yaml", "apiVersion: v2\nname: s\nversion: 2.0.0\n");
    expect_output(dependency_update, false, "");
    assert_string_equal(messages(), "can't get a valid version for 1 subchart(s): \"s\" (repository "
                                    "\"file://../nosub\", version \"1.x\"). Make sure a matching chart version exists "
                                    "in the repo, or change the version constraint in Chart.yaml");
    diag_clear(&test.diag);
    write_chart("p", "p", "dependencies: [{name: s, version: 1.x}]\n");
    write_text("p/charts/s/Chart.yaml", "apiVersion: v2\nname: s\nversion: 2.0.0\n");
    expect_output(dependency_update, false,
                  "Saving 1 charts\n"
                  "Dependency s did not declare a repository. Assuming it exists in the charts directory\n"
                  "Save error occurred:  dependency s at version 2.0.0 does not satisfy the constraint 1.x\n");
}

static void dependency_build__lock_must_be_in_sync(void **state)
{
    (void)state;
    write_charts();
    write_text("p/Chart.lock", "digest: sha256:x\ngenerated: \"2020-01-01T00:00:00Z\"\n");
    expect_output(dependency_build, false, "");
    assert_string_equal(messages(), "the lock file (Chart.lock) is out of sync with the dependencies file "
                                    "(Chart.yaml). Please update the dependencies");
}

static void dependency_list__tells_what_lies_in_charts(void **state)
{
    (void)state;
    write_charts();
    expect_list("NAME\tVERSION\tREPOSITORY    \tSTATUS  \n"
                "sub \t1.x    \tfile://../sub2\tmissing \n"
                "loc \t*      \t              \tunpacked\n\n");
    expect_output(dependency_update, true, saved);
    write_text("p/charts/extra/Chart.yaml", "apiVersion: v2\nname: extra\nversion: 1.0.0\n");
    expect_list("NAME\tVERSION\tREPOSITORY    \tSTATUS  \n"
                "sub \t1.x    \tfile://../sub2\tok      \n"
                "loc \t*      \t              \tunpacked\n\n"
                "WARNING: \"p/charts/extra\" is not in Chart.yaml.\n");
    write_chart("p", "p", "");
    expect_list("WARNING: no dependencies at p/charts\n");
}

static void package__holds_the_whole_chart_and_is_stable(void **state)
{
    (void)state;
    struct chart_package_options none = {.version = SLICE("")};
    struct slice first;
    struct slice second;
    struct chart *packed;
    write_charts();
    write_text("p/values.yaml", "a: 1 # kept\n");
    write_text("p/templates/x.yaml", "x");
    struct chart *chart = load("p");
    assert_true(chart_package_bytes(chart, &none, &test.arena, &first, &test.diag));
    assert_true(chart_package_bytes(chart, &none, &test.arena, &second, &test.diag));
    assert_true(slice_equal(first, second));
    assert_true(chart_load_archive(first, "p.tgz", &options.load, test.sources, &packed, &test.diag));
    assert_true(slice_is(packed->values_file->bytes, "a: 1 # kept\n"));
    assert_int_equal(packed->templates.count, 1);
    assert_int_equal(packed->dependency_count, 1);
    chart_free(packed);
    chart_free(chart);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(dependency_update__fills_charts_and_writes_the_lock, set_up, tear_down),
        cmocka_unit_test_setup_teardown(dependency_update__deletes_what_is_outdated, set_up, tear_down),
        cmocka_unit_test_setup_teardown(dependency_update__faults_are_worded_as_helm_does, set_up, tear_down),
        cmocka_unit_test_setup_teardown(dependency_build__lock_must_be_in_sync, set_up, tear_down),
        cmocka_unit_test_setup_teardown(dependency_list__tells_what_lies_in_charts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(package__holds_the_whole_chart_and_is_stable, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
