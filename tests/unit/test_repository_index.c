/*
 * test_repository_index.c - index.yaml and repositories.yaml; errors and warnings as Helm 4.1.4 printed them
 */
#include "chart_test.h"

#include "chart/repositories.h"
#include "chart/repository_index.h"

static bool read_index(const char *text, struct repository_index *index)
{
    return repository_index_read(&test.arena, slice_text(text), SLICE("here"), index, &test.diag);
}

static const char *const two_charts = "apiVersion: v1\n"
                                      "entries:\n"
                                      "  b:\n"
                                      "  - {apiVersion: v2, name: b, version: 1.0.0, urls: [b-1.0.0.tgz]}\n"
                                      "  - {apiVersion: v2, name: b, version: 1.10.0, urls: [b-1.10.0.tgz]}\n"
                                      "  - {apiVersion: v2, name: b, version: 2.0.0-rc.1, urls: [b-2.tgz]}\n"
                                      "  - {apiVersion: v2, name: b, version: 1.9.0, urls: [b-1.9.0.tgz]}\n"
                                      "  a: []\n";

static const char *find(const struct repository_index *index, const char *name, const char *wanted)
{
    const struct index_version *version;
    bool ok = repository_index_find(&test.arena, index, slice_text(name), slice_text(wanted), &version, &test.diag);
    const char *said = messages();
    diag_clear(&test.diag);
    if (!ok)
        return said;
    return arena_printf(&test.arena, "%.*s %s", SLICE_ARG(version->metadata.version), said).ptr;
}

static void repository_index__newest_that_fits(void **state)
{
    struct repository_index index;
    (void)state;
    assert_true(read_index(two_charts, &index));
    assert_string_equal(find(&index, "b", ""), "1.10.0 ");
    assert_string_equal(find(&index, "b", "1.9.0"), "1.9.0 ");
    assert_string_equal(find(&index, "b", "~1.9"),
                        "1.9.0 msg=\"unable to find exact version requested; falling back to closest available "
                        "version\" chart=b requested=~1.9 selected=1.9.0");
    assert_non_null(strstr(find(&index, "b", ">0.0.0-0"), "selected=2.0.0-rc.1"));
    assert_string_equal(find(&index, "b", "9"), "no chart version found for b-9");
    assert_string_equal(find(&index, "b", ">>"), "improper constraint: >>");
    assert_string_equal(find(&index, "a", ""), "no chart version found");
    assert_string_equal(find(&index, "c", ""), "no chart name found");
}

static void expect_error(const char *text, const char *error)
{
    struct repository_index index;
    assert_false(read_index(text, &index));
    assert_string_equal(messages(), error);
    diag_clear(&test.diag);
}

static void repository_index__what_is_no_index(void **state)
{
    (void)state;
    expect_error("", "empty index.yaml file");
    expect_error("entries: {}\n", "no API version specified");
    expect_error("apiVersion: v1\nfoo: 1\n",
                 "error unmarshaling JSON: while decoding JSON: json: unknown field \"foo\"");
    expect_error("a: b: c",
                 "error converting YAML to JSON: yaml: mapping values are not allowed in this context");
}

static void repository_index__entries_that_are_not_valid_are_left_out(void **state)
{
    struct repository_index index;
    (void)state;
    assert_true(read_index("apiVersion: v1\nentries:\n  x:\n  - {name: x, version: nope}\n  - null\n"
                           "  - {name: x, version: 1.0.0, urls: [u]}\n", &index));
    assert_int_equal(repository_index_chart(&index, SLICE("x"))->count, 1);
    assert_string_equal(messages(),
                        "msg=\"skipping loading invalid entry for chart \\\"x\\\" \\\"nope\\\" from here: validation: "
                        "chart.metadata.version \\\"nope\\\" is invalid\"\n"
                        "msg=\"skipping loading invalid entry for chart \\\"x\\\" from here: empty entry\"");
}

static void repository_index__is_written_as_helm_writes_it(void **state)
{
    struct repository_index index;
    struct buffer out = BUFFER_INIT;
    (void)state;
    assert_true(read_index("apiVersion: v1\ngenerated: \"2026-11-25T13:06:02Z\"\nentries:\n  x:\n  - {name: x, version: "
                           "1.0.0, apiVersion: v2, urls: [x.tgz], digest: abc, created: \"2026-11-25T13:06:02Z\"}\n",
                           &index));
    assert_true(repository_index_write(&out, &index, false, &test.arena, &test.diag));
    assert_string_equal(buffer_move(&out, &test.arena).ptr,
                        "apiVersion: v1\nentries:\n  x:\n  - apiVersion: v2\n    created: \"2026-11-25T13:06:02Z\"\n"
                        "    digest: abc\n    name: x\n    urls:\n    - x.tgz\n    version: 1.0.0\n"
                        "generated: \"2026-11-25T13:06:02Z\"\n");
}

static void repositories__are_added_replaced_and_removed(void **state)
{
    struct repositories known;
    struct chart_repository one = {.name = SLICE("p"), .url = SLICE("http://p")};
    struct chart_repository other = {.name = SLICE("p"), .url = SLICE("http://q"), .insecure = true};
    (void)state;
    assert_true(repositories_read(&test.arena, scratch("none.yaml"), &known, &test.diag));
    assert_false(known.exists);
    repositories_set(&test.arena, &known, &one);
    repositories_set(&test.arena, &known, &other);
    assert_int_equal(known.count, 1);
    assert_true(repositories_write(&test.arena, scratch("r.yaml"), &known, &test.diag));
    assert_true(repositories_read(&test.arena, scratch("r.yaml"), &known, &test.diag));
    assert_true(repository_equals(repositories_find(&known, SLICE("p")), &other));
    assert_false(repository_equals(repositories_find(&known, SLICE("p")), &one));
    assert_true(repositories_remove(&known, SLICE("p")));
    assert_false(repositories_remove(&known, SLICE("p")));
}

static void repositories__urls_that_mean_the_same(void **state)
{
    (void)state;
    assert_true(repository_url_equals(SLICE("https://x.io"), SLICE("https://x.io/")));
    assert_true(repository_url_equals(SLICE("https://x.io/a/"), SLICE("https://x.io/b/../a")));
    assert_false(repository_url_equals(SLICE("https://x.io/a"), SLICE("http://x.io/a")));
    assert_false(repository_url_equals(SLICE("https://x.io/a"), SLICE("https://x.io/A")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(repository_index__newest_that_fits, set_up, tear_down),
        cmocka_unit_test_setup_teardown(repository_index__what_is_no_index, set_up, tear_down),
        cmocka_unit_test_setup_teardown(repository_index__entries_that_are_not_valid_are_left_out, set_up, tear_down),
        cmocka_unit_test_setup_teardown(repository_index__is_written_as_helm_writes_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(repositories__are_added_replaced_and_removed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(repositories__urls_that_mean_the_same, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
