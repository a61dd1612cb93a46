/*
 * test_capabilities.c - .Capabilities, .Chart, and the methods of .Values and .Files
 */
#include "chart_test.h"

#include "helm/capabilities.h"
#include "helm/chart_object.h"
#include "helm/members.h"
#include "template/function.h"
#include "value/format.h"

static struct capabilities capabilities(const char *kube_version, bool helm3)
{
    struct slice added[] = {SLICE("foo/v1")};
    struct capabilities_options options = {helm3, slice_text(kube_version), added, 1};
    struct capabilities made;
    assert_true(capabilities_make(&test.arena, &options, &made, &test.diag));
    return made;
}

static void expect_refused(const char *kube_version, const char *message)
{
    struct capabilities_options options = {.kube_version = slice_text(kube_version)};
    struct capabilities made;
    assert_false(capabilities_make(&test.arena, &options, &made, &test.diag));
    assert_string_equal(test.diag.last->message.ptr, message);
}

static struct value member(struct value v, const char *name)
{
    const struct method *method = NULL;
    struct value out = value_nil();
    assert_int_equal(v.object->type->member(v, slice_text(name), &test.arena, &out, &method), MEMBER_FIELD);
    return out;
}

static const char *printed(const char *format, struct value v)
{
    struct buffer text = BUFFER_INIT;
    format_printf(&text, slice_text(format), &v, 1);
    return buffer_move(&text, &test.arena).ptr;
}

static void capabilities__versions_print_as_go_structs(void **state)
{
    (void)state;
    struct value version = member(capabilities("1.27.3-gke.100+x", false).object, "KubeVersion");
    assert_string_equal(printed("%v", version), "{v1.27.3-gke.100+x v1.27.3 1 27}");
    assert_string_equal(printed("%#v", version), "common.KubeVersion{Version:\"v1.27.3-gke.100+x\", "
                                                 "normalizedVersion:\"v1.27.3\", Major:\"1\", Minor:\"27\"}");
    assert_string_equal(as_json(version), "{\"Version\":\"v1.27.3-gke.100+x\",\"Major\":\"1\",\"Minor\":\"27\"}");
    struct buffer text = BUFFER_INIT;
    version.object->type->print_action(version, &text);
    assert_string_equal(buffer_move(&text, &test.arena).ptr, "v1.27.3");
    version = member(capabilities("1.27", true).object, "KubeVersion");
    assert_string_equal(printed("%#v", version), "chartutil.KubeVersion{Version:\"v1.27.0\", Major:\"1\", Minor:\"27\"}");
}

static void capabilities__defaults_are_those_of_each_helm(void **state)
{
    (void)state;
    struct value versions = member(capabilities("", false).object, "APIVersions");
    assert_int_equal(versions.list->len, 58);
    assert_true(slice_is(value_slice(versions.list->items[57]), "foo/v1"));
    assert_string_equal(value_type_name(versions), "common.VersionSet");
    assert_int_equal(member(capabilities("", true).object, "APIVersions").list->len, 57);
    assert_true(slice_is(capabilities("", true).version, "v1.32.0"));
}

static void capabilities__bad_versions_are_worded_as_kubernetes_does(void **state)
{
    (void)state;
    expect_refused("abc", "invalid kube version 'abc': could not parse \"abc\" as version");
    expect_refused("1", "invalid kube version '1': illegal version string \"1\"");
    expect_refused("01.2", "invalid kube version '01.2': illegal zero-prefixed version component \"01\" in \"01.2\"");
}

static void capabilities__check_ignores_suffixes(void **state)
{
    (void)state;
    struct capabilities made = capabilities("1.27.3-gke.100", false);
    assert_true(capabilities_check(&made, SLICE(">=1.25.0"), &test.diag));
    assert_true(capabilities_check(&made, SLICE(""), &test.diag));
    assert_false(capabilities_check(&made, SLICE(">=9.0"), &test.diag));
    assert_string_equal(messages(), "chart requires kubeVersion: >=9.0 which is incompatible with Kubernetes "
                                    "v1.27.3-gke.100");
    assert_true(test.diag.last->peer_detail);
}

/* --- methods -------------------------------------------------------------------------------------------------- */

static bool call_method(struct value self, const char *name, const char *argument, struct value *out,
                        struct slice *error)
{
    const struct method *method = NULL;
    struct value args[] = {value_text(argument ? argument : "")};
    struct call call = {.name = name, .args = args, .count = argument != NULL, .arena = &test.arena};
    assert_int_equal(value_member(self, slice_text(name), &test.arena, out, &method), MEMBER_METHOD);
    bool ok = method->fn(&call, self, out);
    *error = call.error;
    return ok;
}

static void expect_method(struct value self, const char *name, const char *argument, const char *json)
{
    struct value out;
    struct slice error;
    assert_true(call_method(self, name, argument, &out, &error));
    assert_string_equal(as_json(out), json);
}

static void expect_method_error(struct value self, const char *name, const char *argument, const char *message)
{
    struct value out;
    struct slice error;
    assert_false(call_method(self, name, argument, &out, &error));
    assert_string_equal(arena_text(&test.arena, error), message);
}

static void members__values_have_methods(void **state)
{
    (void)state;
    struct value v;
    assert_true(chart_values_read(&test.arena, NULL, SLICE("a: {b: {c: 1}}\n"), false, &v, &test.diag));
    v = value_map_as(GO_VALUES, v.map);
    expect_method(v, "Table", "a.b", "{\"c\":1}");
    expect_method(v, "PathValue", "a.b.c", "1");
    expect_method(v, "YAML", NULL, "\"a:\\n  b:\\n    c: 1\\n\"");
    expect_method_error(v, "Table", "a.x", "\"x\" is not a table");
    expect_method_error(v, "PathValue", "a.b", "\"b\" is not a value");
    expect_method_error(v, "PathValue", "", "YAML path cannot be empty");
}

static void members__files_have_methods(void **state)
{
    (void)state;
    write_chart("c", "c", "");
    write_text("c/a.txt", "one\ntwo\n");
    write_text("c/d/b.txt", "B");
    write_text("c/empty", "");
    struct chart *chart = load("c");
    struct value files = chart->files_value;
    expect_method(files, "Get", "a.txt", "\"one\\ntwo\\n\"");
    expect_method(files, "Get", "nope", "\"\"");
    expect_method(files, "Lines", "a.txt", "[\"one\",\"two\"]");
    expect_method(files, "Lines", "nope", "[]");
    expect_method_error(files, "Lines", "empty", "runtime error: index out of range [-1]");
    expect_method(files, "Glob", "**.txt", "{\"a.txt\":\"b25lCnR3bwo=\",\"d/b.txt\":\"Qg==\"}");
    expect_method(files, "AsConfig", NULL, "\"a.txt: |\\n  one\\n  two\\nb.txt: B\\nempty: \\\"\\\"\"");
    expect_method(files, "AsSecrets", NULL, "\"a.txt: b25lCnR3bwo=\\nb.txt: Qg==\\nempty: \\\"\\\"\"");
    chart_free(chart);
}

static void chart_object__is_a_map_in_helm4_and_a_struct_in_helm3(void **state)
{
    (void)state;
    write_chart("c", "c", "maintainers: [{name: m}]\n");
    struct chart *chart = load("c");
    struct release_chart root = {.chart = chart, .metadata = &chart->metadata};
    assert_string_equal(as_json(chart_object(&test.arena, &root, false)),
                        "{\"APIVersion\":\"v2\",\"Annotations\":null,\"AppVersion\":\"\",\"Condition\":\"\","
                        "\"Dependencies\":[],\"Deprecated\":false,\"Description\":\"\",\"Home\":\"\",\"Icon\":\"\","
                        "\"IsRoot\":true,\"Keywords\":[],\"KubeVersion\":\"\","
                        "\"Maintainers\":[{\"Email\":\"\",\"Name\":\"m\",\"URL\":\"\"}],\"Name\":\"c\",\"Sources\":[],"
                        "\"Tags\":\"\",\"Type\":\"\",\"Version\":\"0.1.0\"}");
    struct value v3 = chart_object(&test.arena, &root, true);
    assert_string_equal(as_json(v3), "{\"name\":\"c\",\"version\":\"0.1.0\",\"maintainers\":[{\"name\":\"m\"}],"
                                     "\"apiVersion\":\"v2\",\"IsRoot\":true}");
    assert_true(slice_is(value_slice(member(v3, "Version")), "0.1.0"));
    chart_free(chart);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(capabilities__versions_print_as_go_structs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(capabilities__defaults_are_those_of_each_helm, set_up, tear_down),
        cmocka_unit_test_setup_teardown(capabilities__bad_versions_are_worded_as_kubernetes_does, set_up, tear_down),
        cmocka_unit_test_setup_teardown(capabilities__check_ignores_suffixes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(members__values_have_methods, set_up, tear_down),
        cmocka_unit_test_setup_teardown(members__files_have_methods, set_up, tear_down),
        cmocka_unit_test_setup_teardown(chart_object__is_a_map_in_helm4_and_a_struct_in_helm3, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
