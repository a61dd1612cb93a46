/*
 * test_field_origin.c - what a rendered field was made of, and what decided about it
 *
 * Each case is one template; its field `f` is asked for.
 */
#include "chart_test.h"
#include "report/annotate.h"
#include "report/field_origin.h"
#include "report/object_path.h"
#include "report/value_history.h"

struct rendered_chart {
    struct plan plan;
    struct rendered_plan rendered;
    struct origin_objects objects;
};

static void write_template(const char *template_text, const char *values)
{
    write_chart("c", "c", "");
    write_text("c/values.yaml", values);
    write_text("c/templates/a.yaml", template_text);
}

static void render_chart(struct rendered_chart *r)
{
    struct plan_options options = {.needs = NEEDS_SKIP};
    struct render_options render = {.trace = true, .threads = 1};
    assert_true(plan_make(&test.arena, test.sources, slice_text(scratch("c")), &options, &r->plan, &test.diag));
    assert_true(render_plan_keep(&r->plan, &render, &r->rendered, &test.diag));
    origin_objects_list(&test.arena, test.sources, &r->rendered.releases[0], &r->objects);
}

static void end_chart(struct rendered_chart *r)
{
    rendered_plan_free(&r->rendered);
    plan_release(&r->plan);
}

/* "a b | c": what the field is made of, and what decided about it; without the ".Values." in front. */
static void assert_reads(const char *template_text, const char *values, const char *field, const char *expected)
{
    struct rendered_chart r;
    struct key_path path;
    struct field_origin origin;
    struct buffer text = BUFFER_INIT;
    write_template(template_text, values);
    render_chart(&r);
    assert_int_equal(r.objects.count, 1);
    assert_true(object_path_parse(&test.arena, r.objects.items[0].tree, slice_text(field), &path, &test.diag));
    assert_true(field_origin_find(&test.arena, &r.objects, &r.objects.items[0], &path, &origin));
    for (size_t i = 0; i < origin.read_count; i++) {
        const struct field_read *read = &origin.reads[i];
        bool first_condition = read->how == FIELD_READ_CONDITION && (i == 0 || origin.reads[i - 1].how != read->how);
        buffer_printf(&text, "%s%s%.*s", text.len ? " " : "", first_condition ? "| " : "",
                      SLICE_ARG(read->key.len ? read->key : read->path));
    }
    struct slice found = buffer_move(&text, &test.arena);
    assert_string_equal(found.ptr, expected);
    end_chart(&r);
}

#define HEAD "kind: A\nmetadata: {name: a}\n"

static void field_origin__action_reads_its_key(void **state)
{
    (void)state;
    assert_reads(HEAD "f: {{ .Values.a }}\ng: {{ .Values.b }}\n", "a: 1\nb: 2\n", "f", "a");
}

static void field_origin__condition_decides(void **state)
{
    (void)state;
    assert_reads(HEAD "{{- if .Values.go }}\nf: {{ .Values.a }}\n{{- end }}\n", "a: 1\ngo: true\n", "f", "a | go");
    assert_reads(HEAD "f: {{ if .Values.go }}x{{ else }}{{ .Values.a }}{{ end }}\n", "a: 1\ngo: false\n", "f", "a | go");
}

static void field_origin__toYaml_keeps_lines_apart(void **state)
{
    (void)state;
    assert_reads(HEAD "f:\n  {{- toYaml .Values.a | nindent 2 }}\n", "a: {x: 1, z: 2}\n", "f.z", "a.z");
    assert_reads(HEAD "f:\n  {{- tpl (toYaml .Values.a) . | nindent 2 }}\n", "a: {x: '{{ .Values.b }}', z: 2}\nb: 3\n",
                 "f.x", "a.x b");
}

static void field_origin__includes_carry_what_they_read(void **state)
{
    (void)state;
    assert_reads("{{- define \"m\" }}\nx: {{ .Values.a }}\nf: {{ .Values.b }}\n{{- end }}\n" HEAD
                 "s: {{- include \"m\" . | nindent 2 }}\n",
                 "a: 1\nb: 2\n", "s.f", "b");
    assert_reads("{{- define \"m\" }}{{ if .Values.go }}{{ .Values.a }}{{ end }}{{ end }}\n" HEAD
                 "f: {{ include \"m\" . | sha256sum }}\n",
                 "a: 1\ngo: true\n", "f", "a go");
}

static void field_origin__range_tells_the_element(void **state)
{
    (void)state;
    assert_reads(HEAD "f:\n{{- range $k, $v := .Values.m }}\n  {{ $k }}: {{ $v }}\n{{- end }}\n", "m: {p: 1, q: 2}\n",
                 "f.q", "m.q");
    assert_reads(HEAD "f:\n{{- range .Values.l }}\n  - {{ . }}\n{{- end }}\n", "l: [x, y]\n", "f[1]", "l[1]");
}

static void field_origin__variables_remember_conditions(void **state)
{
    (void)state;
    const char *text = HEAD "{{- $x := 1 }}{{ if .Values.go }}{{ $x = 2 }}{{ end }}\nf: {{ $x }}\n";
    assert_reads(text, "go: true\n", "f", "go");
    assert_reads(text, "go: false\n", "f", "go");
}

static void field_origin__chosen_values_only(void **state)
{
    (void)state;
    assert_reads(HEAD "f: {{ .Values.a | default .Values.b }}\n", "a: 1\nb: 2\n", "f", "a");
    assert_reads(HEAD "f: {{ .Values.a | default .Values.b }}\n", "a: ''\nb: 2\n", "f", "a b");
    assert_reads(HEAD "f: {{ ternary .Values.a .Values.b .Values.c }}\n", "a: 1\nb: 2\nc: true\n", "f", "a c");
    assert_reads(HEAD "f: {{ (merge (dict \"x\" .Values.a) (dict \"x\" .Values.b \"z\" 1)).x }}\n", "a: 1\nb: 2\n", "f",
                 "a");
    assert_reads(HEAD "f: {{ index .Values.m \"k\" }}\n", "m: {k: 1, l: 2}\n", "f", "m.k");
}

static void field_origin__or_names_what_its_truth_hangs_on(void **state)
{
    (void)state;
    const char *text = HEAD "{{- if or .Values.a .Values.b }}\nf: 1\n{{- end }}\n";
    assert_reads(text, "a: true\nb: true\n", "f", "| a");
    assert_reads(text, "a: false\nb: true\n", "f", "| b");
}

static void field_origin__lines_keep_apart_through_printf_and_join(void **state)
{
    (void)state;
    const char *text = HEAD "{{- $l := list }}{{ range $k, $v := .Values.m }}"
                            "{{ $l = append $l (printf \"%s: %v\" $k $v) }}{{ end }}\n"
                            "f: {{- $l | sortAlpha | join \"\\n\" | nindent 2 }}\n";
    assert_reads(text, "m: {p: 1, q: 2}\n", "f.p", "m.p");
}

static void field_origin__fromYaml_marks_what_it_reads(void **state)
{
    (void)state;
    assert_reads("{{- define \"m\" }}x: {{ .Values.a }}\nz: {{ .Values.b }}\n{{- end }}\n" HEAD
                 "f: {{ (include \"m\" . | fromYaml).z }}\n",
                 "a: 1\nb: 2\n", "f", "b");
}

static void field_origin__chart_release_and_files(void **state)
{
    (void)state;
    write_text("c/x/motd", "hello");
    assert_reads(HEAD "f: {{ .Chart.Version }}-{{ .Release.Name }}-{{ .Files.Get \"x/motd\" }}\n", "", "f",
                 ".Chart.Version .Files.x/motd .Release.Name");
}

static void field_origin__missing_keys_are_reads(void **state)
{
    (void)state;
    assert_reads(HEAD "f: {{ .Values.m.k | default 1 }}\n", "m: {}\n", "f", "m.k");
}

static void field_origin__taken_no_value_moves_places(void **state)
{
    (void)state;
    assert_reads(HEAD "e: {{ .Values.none }}\nf: {{ .Values.a }}\n", "a: 1\n", "f", "a");
}

/* --- the rest of explain ------------------------------------------------------------------------------------------ */

static void object_path__names_items_by_their_keys(void **state)
{
    (void)state;
    struct rendered_chart r;
    struct key_path path;
    struct buffer text = BUFFER_INIT;
    write_template(HEAD "spec:\n  containers:\n    - {name: x, image: y}\n    - {name: app, image: z}\n", "");
    render_chart(&r);
    struct value tree = r.objects.items[0].tree;
    assert_true(object_path_parse(&test.arena, tree, SLICE("spec.containers[app].image"), &path, &test.diag));
    assert_int_equal(path.steps[2].index, 1);
    object_path_write(&test.arena, tree, &path, &text);
    assert_string_equal(buffer_move(&text, &test.arena).ptr, "spec.containers[app].image");
    assert_false(object_path_parse(&test.arena, tree, SLICE("spec.containers[none].image"), &path, &test.diag));
    end_chart(&r);
}

static void value_history__null_of_a_layer_deletes(void **state)
{
    (void)state;
    struct rendered_chart r;
    struct value_tree tree;
    struct value_history history;
    struct key_path path;
    write_template(HEAD, "m: {k: 1}\n");
    render_chart(&r);
    write_text("over.yaml", "m: null\n");
    struct slice file = slice_text(scratch("over.yaml"));
    struct plan_options options = {.needs = NEEDS_SKIP, .values = {.files = {&file, 1}}};
    struct plan plan;
    assert_true(plan_make(&test.arena, test.sources, slice_text(scratch("c")), &options, &plan, &test.diag));
    assert_true(plan_load_charts(&plan, 1, &test.diag));
    assert_true(value_tree_make(&test.arena, &plan, &plan.releases[0], &tree, &test.diag));
    assert_true(key_path_parse(&test.arena, SLICE("m.k"), &path, &test.diag));
    value_history_find(&test.arena, &tree, &path, &history);
    assert_false(history.is_set);
    assert_int_equal(history.count, 2);
    assert_int_equal(history.steps[0].effect, EFFECT_OVERRIDDEN);
    assert_int_equal(history.steps[1].effect, EFFECT_DELETES);
    assert_true(history.steps[1].is_above);
    plan_release(&plan);
    end_chart(&r);
}

static void annotate__puts_remarks_behind_scalars_not_into_blocks(void **state)
{
    (void)state;
    struct buffer out = BUFFER_INIT;
    const struct slice text = SLICE("a: |-\n  x\n  y\nb: 1\n");
    const struct remark remarks[] = {{0, 13, SLICE("first")}, {14, 18, SLICE("second")}};
    annotate_text(text, remarks, 2, false, &out);
    assert_string_equal(buffer_move(&out, &test.arena).ptr, "a: |-  # first\n  x\n  y\nb: 1   # second\n");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(field_origin__action_reads_its_key),
        CASE(field_origin__condition_decides),
        CASE(field_origin__toYaml_keeps_lines_apart),
        CASE(field_origin__includes_carry_what_they_read),
        CASE(field_origin__range_tells_the_element),
        CASE(field_origin__variables_remember_conditions),
        CASE(field_origin__chosen_values_only),
        CASE(field_origin__or_names_what_its_truth_hangs_on),
        CASE(field_origin__lines_keep_apart_through_printf_and_join),
        CASE(field_origin__fromYaml_marks_what_it_reads),
        CASE(field_origin__chart_release_and_files),
        CASE(field_origin__missing_keys_are_reads),
        CASE(field_origin__taken_no_value_moves_places),
        CASE(object_path__names_items_by_their_keys),
        CASE(value_history__null_of_a_layer_deletes),
        CASE(annotate__puts_remarks_behind_scalars_not_into_blocks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
