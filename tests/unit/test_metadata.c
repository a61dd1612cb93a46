/*
 * test_metadata.c - Chart.yaml, as Helm 4.1.4 reads, checks and writes it
 */
#include "chart/metadata.h"

#include "codec/json_write.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static struct arena arena;
static struct diag diag;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena);
    diag_init(&diag);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_release(&arena);
    diag_release(&diag);
    return 0;
}

static bool read_text(const char *text, struct chart_metadata *md)
{
    metadata_init(md);
    return metadata_read(&arena, NULL, slice_text(text), "Chart.yaml", false, md, &diag);
}

static void expect_json(const char *text, const char *json)
{
    struct chart_metadata md;
    struct buffer out = BUFFER_INIT;
    struct json_write_options options = {.no_html_escape = true};
    struct slice error;
    assert_true(read_text(text, &md));
    assert_true(json_write(&out, metadata_to_value(&arena, &md), &options, &arena, &error));
    assert_string_equal(buffer_move(&out, &arena).ptr, json);
}

static void expect_read_error(const char *text, const char *message)
{
    struct chart_metadata md;
    struct slice whole = arena_printf(&arena, "cannot load Chart.yaml: error unmarshaling JSON: while decoding JSON: "
                                              "json: cannot unmarshal %s", message);
    assert_false(read_text(text, &md));
    assert_string_equal(diag.last->message.ptr, whole.ptr);
}

static void expect_invalid(const char *more, const char *message)
{
    struct chart_metadata md;
    struct slice text = arena_printf(&arena, "apiVersion: v2\n%s\n", more);
    assert_true(read_text(text.ptr, &md));
    assert_false(metadata_validate(&arena, &md, false, &diag));
    assert_string_equal(diag.last->message.ptr, message);
}

static void metadata__scalars_become_text(void **state)
{
    (void)state;
    expect_json("name: 123\nversion: 1.10\nappVersion: 12345678.5\nhome: 18446744073709551615\ndescription: 1e-7\n"
                "icon: yes\ntags: 0x10\n",
                "{\"name\":\"123\",\"home\":\"18446744073709551615\",\"version\":\"1.1\",\"description\":\"1e-07\","
                "\"icon\":\"true\",\"tags\":\"16\",\"appVersion\":\"1.2345678e+07\"}");
}

static void metadata__keys_match_in_any_case_and_the_last_wins(void **state)
{
    (void)state;
    expect_json("NAME: b\nname: a\nNaMe: z\nunknown: [1]\n", "{\"name\":\"a\"}");
}

static void metadata__null_leaves_a_field_alone(void **state)
{
    (void)state;
    expect_json("description: null\nkeywords: [a, null, 1.50]\nannotations: {a: null, b: 1}\n",
                "{\"keywords\":[\"a\",\"\",\"1.5\"],\"annotations\":{\"a\":\"\",\"b\":\"1\"}}");
}

static void metadata__wrong_types_are_named_as_go_names_them(void **state)
{
    (void)state;
    expect_read_error("[a]", "array into Go value of type v2.Metadata");
    expect_read_error("name: [a]", "array into Go struct field Metadata.name of type string");
    expect_read_error("deprecated: 'true'", "string into Go struct field Metadata.deprecated of type bool");
    expect_read_error("annotations: {a: {b: 1}}", "object into Go struct field Metadata.annotations of type string");
    expect_read_error("maintainers: foo", "string into Go struct field Metadata.maintainers of type []*v2.Maintainer");
    expect_read_error("maintainers: [foo]", "string into Go struct field Metadata.maintainers of type v2.Maintainer");
    expect_read_error("maintainers: [{name: [a]}]", "array into Go struct field Maintainer.maintainers.name of type "
                                                    "string");
    expect_read_error("dependencies: [{tags: foo}]", "string into Go struct field Dependency.dependencies.tags of type "
                                                     "[]string");
    expect_read_error("maintainers: [{name: {}}]\nannotations: [1]", "array into Go struct field Metadata.annotations "
                                                                     "of type map[string]string");
}

static void metadata__validation_speaks_as_helm(void **state)
{
    (void)state;
    expect_invalid("", "validation: chart.metadata.name is required");
    expect_invalid("name: a/b", "validation: chart.metadata.name \"a/b\" is invalid");
    expect_invalid("name: '..'", "validation: chart.metadata.name \"..\" is not allowed");
    expect_invalid("name: a", "validation: chart.metadata.version is required");
    expect_invalid("name: a\nversion: abc", "validation: chart.metadata.version \"abc\" is invalid");
    expect_invalid("name: a\nversion: 1\ntype: Library",
                   "validation: chart.metadata.type must be application or library");
    expect_invalid("name: a\nversion: 1\nmaintainers: [null]",
                   "validation: maintainers must not contain empty or null nodes");
    expect_invalid("name: a\nversion: 1\ndependencies: [null]",
                   "validation: dependencies must not contain empty or null nodes");
    expect_invalid("name: a\nversion: 1\ndependencies: [{name: s, alias: a.b}]",
                   "validation: dependency \"s\" has disallowed characters in the alias");
    expect_invalid("name: a\nversion: 1\ndependencies: [{name: s}, {name: t, alias: s}]",
                   "validation: more than one dependency with name or alias \"s\"");
}

static void metadata__texts_are_cleaned(void **state)
{
    (void)state;
    struct chart_metadata md;
    assert_true(read_text("apiVersion: v2\nname: \"a\\tb\\0c\\_d\"\nversion: 1\n", &md));
    assert_true(metadata_validate(&arena, &md, false, &diag));
    assert_true(slice_is(md.name, "a bc d"));
}

static void metadata__is_written_with_sorted_keys(void **state)
{
    (void)state;
    struct chart_metadata md;
    struct buffer out = BUFFER_INIT;
    assert_true(read_text("version: 0.1.0\nname: c\napiVersion: v2\ndependencies: [{repository: r, name: s}]\n", &md));
    assert_true(metadata_write(&out, &md, &arena, &diag));
    assert_string_equal(buffer_move(&out, &arena).ptr,
                        "apiVersion: v2\ndependencies:\n- name: s\n  repository: r\nname: c\nversion: 0.1.0\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(metadata__scalars_become_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(metadata__keys_match_in_any_case_and_the_last_wins, set_up, tear_down),
        cmocka_unit_test_setup_teardown(metadata__null_leaves_a_field_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(metadata__wrong_types_are_named_as_go_names_them, set_up, tear_down),
        cmocka_unit_test_setup_teardown(metadata__validation_speaks_as_helm, set_up, tear_down),
        cmocka_unit_test_setup_teardown(metadata__texts_are_cleaned, set_up, tear_down),
        cmocka_unit_test_setup_teardown(metadata__is_written_with_sorted_keys, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
