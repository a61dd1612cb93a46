/*
 * test_lint.c - the rules of `helm lint`, with the messages of Helm 4.1.4
 */
#include "chart_test.h"

#include "funcs/library.h"
#include "helm/lint.h"

/* Lints the chart `c` and compares all messages, one a line; the scratch folder is written DIR. */
static void expect(const char *expected)
{
    static const char *const severities[] = {"INFO", "WARNING", "ERROR"};
    struct lint_options options = {.values = value_map(map_new(&test.arena, 0)),
                                   .name_space = SLICE_INIT("default"),
                                   .functions = library_new(&test.arena, LIBRARY_HELM4)};
    struct lint_report report;
    struct buffer text = BUFFER_INIT;
    lint_chart(scratch("c"), &options, &test.arena, test.sources, &report, &test.diag);
    buffer_add(&text, report.failure);
    for (size_t i = 0; i < report.count; i++) {
        struct slice path = report.items[i].path;
        bool inside = slice_starts(path, slice_text(test.folder));
        buffer_printf(&text, "[%s] %s%.*s: %.*s\n", severities[report.items[i].severity], inside ? "DIR" : "",
                      SLICE_ARG(inside ? slice_after(path, strlen(test.folder)) : path),
                      SLICE_ARG(report.items[i].text));
    }
    assert_string_equal(buffer_move(&text, &test.arena).ptr, expected);
}

/* A chart with nothing wrong in Chart.yaml and values.yaml. */
static void write_good(const char *more)
{
    write_chart("c", "c", arena_printf(&test.arena, "icon: https://x.y/z\n%s", more).ptr);
    write_text("c/values.yaml", "a: 1\n");
}

static void lint__good_chart(void **state)
{
    (void)state;
    write_good("");
    write_text("c/templates/a.yaml", "kind: X\nmetadata: {name: x}\n");
    expect("");
}

static void lint__no_templates_and_no_values(void **state)
{
    (void)state;
    write_text("c/Chart.yaml", "apiVersion: v2\nname: c\nversion: 0.1.0\n");
    expect("[INFO] Chart.yaml: icon is recommended\n"
           "[INFO] values.yaml: file does not exist\n"
           "[WARNING] templates/: directory does not exist\n");
}

static void lint__chart_file_rules(void **state)
{
    (void)state;
    write_text("c/Chart.yaml", "apiVersion: v3\nname: c/d\nversion: 0.0.0-0\nappVersion: 1\nicon: x\nsources: [y]\n"
                               "maintainers: [{email: a@b.c}]\nversion: 0.0.0-0\n");
    write_text("c/values.yaml", "a: 1\n");
    expect("[WARNING] Chart.yaml: failed to strictly parse chart metadata file\n"
           "\terror converting YAML to JSON: yaml: unmarshal errors:\n"
           "  line 8: key \"version\" already set in map\n"
           "[ERROR] Chart.yaml: chart name \"c/d\" is invalid\n"
           "[ERROR] Chart.yaml: apiVersion 'v3' is not valid. The value must be either \"v1\" or \"v2\"\n"
           "[ERROR] Chart.yaml: version 0.0.0-0 is less than or equal to 0.0.0-0\n"
           "[ERROR] Chart.yaml: appVersion should be of type string but it's of type float64\n"
           "[ERROR] Chart.yaml: each maintainer requires a name\n"
           "[ERROR] Chart.yaml: invalid source URL 'true'\n"
           "[ERROR] Chart.yaml: invalid icon URL 'x'\n"
           "[WARNING] templates/: directory does not exist\n"
           "[ERROR] : unable to load chart\n"
           "\tvalidation: chart.metadata.name \"c/d\" is invalid\n");
}

static void lint__unreadable_chart_file(void **state)
{
    (void)state;
    write_text("c/Chart.yaml", "a: b: c\n");
    write_text("c/values.yaml", "- a\n");
    expect("[ERROR] Chart.yaml: unable to parse YAML\n"
           "\terror converting YAML to JSON: yaml: mapping values are not allowed in this context\n"
           "[ERROR] values.yaml: unable to parse YAML: error unmarshaling JSON: while decoding JSON: json: cannot "
           "unmarshal array into Go value of type common.Values\n"
           "[WARNING] templates/: directory does not exist\n"
           "[ERROR] : unable to load chart\n"
           "\tcannot load Chart.yaml: error converting YAML to JSON: yaml: mapping values are not allowed in this "
           "context\n");
}

static void lint__objects_of_templates(void **state)
{
    (void)state;
    write_good("");
    write_text("c/templates/a.yaml", "  \n  kind: Deployment\n  metadata: {name: d}\n");
    write_text("c/templates/b.yaml", "kind: List\nitems:\n- metadata: {annotations: {helm.sh/resource-policy: keep}}\n"
                                     "metadata: {name: l}\n");
    write_text("c/templates/c.yaml", "{\"kind\": \"A\", \"metadata\": {\"name\": \"a\"}} {\"kind\": \"B\", "
                                     "\"metadata\": {\"name\": \"B\"}}");
    write_text("c/templates/d.yaml", "kind: X\nmetadata: {name: x}\n--- y\nkind: Y\n");
    write_text("c/templates/e.yaml", "kind: [x]\n");
    expect("[WARNING] templates/a.yaml: document starts with an illegal indent: \"  kind: Deployment\", which may "
           "cause parsing problems\n"
           "[ERROR] templates/a.yaml: a Deployment must contain matchLabels or matchExpressions, and \"d\" does not\n"
           "[ERROR] templates/b.yaml: annotation 'helm.sh/resource-policy' within List objects are ignored\n"
           "[WARNING] templates/c.yaml: object name does not conform to Kubernetes naming requirements: \"B\": "
           "metadata.name: Invalid value: \"B\": a lowercase RFC 1123 subdomain must consist of lower case "
           "alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. "
           "'example.com', regex used for validation is "
           "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')\n"
           "[ERROR] templates/d.yaml: unable to parse YAML: invalid Yaml document separator: y\n");
}

static void lint__crds(void **state)
{
    (void)state;
    write_good("");
    write_text("c/templates/_x.tpl", "");
    write_text("c/crds/a.yaml", "apiVersion: v1\nkind: Pod\n---\n# nothing\n");
    write_text("c/crds/b.yaml", "{{ x }}: y\n");
    expect("[ERROR] crds/a.yaml: apiVersion is not in 'apiextensions.k8s.io'\n"
           "[ERROR] crds/a.yaml: object kind is not 'CustomResourceDefinition'\n"
           "[ERROR] crds/b.yaml: unable to parse YAML: json: offset 2: invalid character '{' looking for beginning of "
           "object key string\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lint__good_chart, set_up, tear_down),
        cmocka_unit_test_setup_teardown(lint__no_templates_and_no_values, set_up, tear_down),
        cmocka_unit_test_setup_teardown(lint__chart_file_rules, set_up, tear_down),
        cmocka_unit_test_setup_teardown(lint__unreadable_chart_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(lint__objects_of_templates, set_up, tear_down),
        cmocka_unit_test_setup_teardown(lint__crds, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
