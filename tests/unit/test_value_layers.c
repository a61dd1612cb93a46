/*
 * test_value_layers.c - values files and flags in Helm 4.1.4's order; documents of values files
 */
#include "chart_test.h"

#include "helm/value_layers.h"

struct flags {
    const char *files[3];
    const char *json;
    const char *set;
    const char *string;
};

static struct layer_flag one(const char *text)
{
    struct slice *item = ARENA_NEW(&test.arena, struct slice);
    *item = slice_text(text);
    return (struct layer_flag){item, text ? 1 : 0};
}

static bool read_layers(const struct flags *flags, struct value_layers *out)
{
    struct slice files[3];
    struct layer_flags all = {.files = {files, 0}};
    for (size_t i = 0; i < 3 && flags->files[i]; i++)
        files[all.files.count++] = slice_text(scratch(flags->files[i]));
    all.set_json = one(flags->json);
    all.set = one(flags->set);
    all.set_string = one(flags->string);
    return value_layers_read(&test.arena, &all, false, test.sources, out, &test.diag);
}

static void expect_merged(const struct flags *flags, const char *json)
{
    struct value_layers layers;
    assert_true(read_layers(flags, &layers));
    assert_string_equal(as_json(layers.merged), json);
}

static void expect_error(const struct flags *flags, const char *message)
{
    struct value_layers layers;
    diag_clear(&test.diag);
    assert_false(read_layers(flags, &layers));
    assert_string_equal(messages(), message);
}

static void value_layers__flags_have_a_fixed_order(void **state)
{
    (void)state;
    write_text("a.yaml", "a: file\nl: [1, 2]\nm: {x: 1}\n");
    write_text("b.yaml", "l: [3]\nm: {z: 2}\nk: null\n");
    expect_merged(&(struct flags){{"a.yaml", "b.yaml"}, "{\"m\":{\"q\":1}}", "a=1,l[1]=9", "a=2"},
                  "{\"a\":\"2\",\"k\":null,\"l\":[3,9],\"m\":{\"q\":1,\"x\":1,\"z\":2}}");
}

static void value_layers__origins_name_file_or_flag(void **state)
{
    (void)state;
    struct value_layers layers;
    write_text("a.yaml", "x: 1\na: 1\n");
    assert_true(read_layers(&(struct flags){{"a.yaml"}, NULL, "b.c=1", NULL}, &layers));
    struct value *a = map_find_text(layers.merged.map, "a");
    assert_int_equal(a->origin.line, 2);
    assert_true(slice_equal(source_set_find(test.sources, a->origin.source)->name, slice_text(scratch("a.yaml"))));
    struct value *c = map_find_text(map_find_text(layers.merged.map, "b")->map, "c");
    assert_true(slice_is(source_set_find(test.sources, c->origin.source)->name, "--set b.c=1"));
}

static void value_layers__faults_name_their_flag(void **state)
{
    (void)state;
    write_text("bad.yaml", "a: b: c\n");
    write_text("list.yaml", "[1]\n");
    expect_error(&(struct flags){{"nope.yaml"}, NULL, NULL, NULL}, "open ~/nope.yaml: no such file or directory");
    expect_error(&(struct flags){{"bad.yaml"}, NULL, NULL, NULL},
                 "failed to parse ~/bad.yaml: cannot unmarshal yaml document: error converting YAML to JSON: yaml: "
                 "mapping values are not allowed in this context");
    expect_error(&(struct flags){{NULL}, NULL, "a", NULL}, "failed parsing --set data: key \"a\" has no value");
    expect_error(&(struct flags){{NULL}, "a=nul", NULL, NULL}, "failed parsing --set-json data a=nul");
    expect_error(&(struct flags){{NULL}, "{bad", NULL, NULL}, "failed parsing --set-json data JSON: {bad");
}

/* --- documents of a values file ------------------------------------------------------------------------------- */

static void expect_values(const char *text, const char *json)
{
    struct value v;
    assert_true(chart_values_read(&test.arena, NULL, slice_text(text), false, &v, &test.diag));
    assert_string_equal(as_json(v), json);
}

static void values_read__documents_are_merged(void **state)
{
    (void)state;
    expect_values("---\na: 1\n--- # c\na: {b: 1}\n---\na: {c: 2}\n", "{\"a\":{\"b\":1,\"c\":2}}");
    expect_values("a: {b: 1}\n---\na: null\n", "{\"a\":null}");
    expect_values("\n\n---\n\n", "{}");
    expect_values("", "{}");
}

static void values_read__lines_end_in_a_newline(void **state)
{
    (void)state;
    expect_values("a: |\n  x", "{\"a\":\"x\\n\"}");
    expect_values("a: |\r\n  x\r\n---\r\nb: 1\r\n", "{\"a\":\"x\\n\",\"b\":1}");
}

static void values_read__places_count_from_the_file(void **state)
{
    (void)state;
    struct value v;
    const struct source *source = source_set_keep(test.sources, SLICE("v"), SLICE("a: 1\n---\nb:\n  c: 1\n"));
    assert_true(chart_values_read(&test.arena, source, source->text, false, &v, &test.diag));
    struct value *b = map_find_text(v.map, "b");
    assert_int_equal(b->origin.line, 3);
    assert_int_equal(map_find_text(b->map, "c")->origin.line, 4);
}

static void values_read__text_after_a_separator_is_an_error(void **state)
{
    (void)state;
    struct value v;
    assert_false(chart_values_read(&test.arena, NULL, SLICE("a: 1\n---x\n"), false, &v, &test.diag));
    assert_string_equal(messages(), "error reading yaml document: invalid Yaml document separator: x");
}

static void values_read__helm3_reads_the_first_document(void **state)
{
    (void)state;
    struct value v;
    assert_true(chart_values_read(&test.arena, NULL, SLICE("a: 1\n---\nb: 1\n"), true, &v, &test.diag));
    assert_string_equal(as_json(v), "{\"a\":1}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(value_layers__flags_have_a_fixed_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(value_layers__origins_name_file_or_flag, set_up, tear_down),
        cmocka_unit_test_setup_teardown(value_layers__faults_name_their_flag, set_up, tear_down),
        cmocka_unit_test_setup_teardown(values_read__documents_are_merged, set_up, tear_down),
        cmocka_unit_test_setup_teardown(values_read__lines_end_in_a_newline, set_up, tear_down),
        cmocka_unit_test_setup_teardown(values_read__places_count_from_the_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(values_read__text_after_a_separator_is_an_error, set_up, tear_down),
        cmocka_unit_test_setup_teardown(values_read__helm3_reads_the_first_document, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
