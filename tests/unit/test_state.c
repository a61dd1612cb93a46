/*
 * test_state.c - a state file from its text to the order of its releases
 */
#include "helmfile/needs.h"

#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

/* A run over one state file in a scratch folder. */
struct run {
    struct arena arena;
    struct diag diag;
    struct source_set *sources;
    struct helmfile_options options;
    struct helmfile helmfile;
    struct state state;
    struct release_list releases;
    char folder[64];
};

static void begin(struct run *r, const char *name, const char *text, const char *environment)
{
    memset(r, 0, sizeof *r);
    arena_init(&r->arena);
    diag_init(&r->diag);
    r->sources = source_set_new();
    r->options.environment = slice_text(environment);
    snprintf(r->folder, sizeof r->folder, "/tmp/test_state.XXXXXX");
    assert_non_null(mkdtemp(r->folder));
    const char *path = file_join(&r->arena, slice_text(r->folder), slice_text(name));
    assert_true(file_write(path, slice_text(text), NULL, &r->diag));
    helmfile_init(&r->helmfile, &r->arena, r->sources, &r->options);
    struct state_context context = {.inherited_top = value_nil()};
    if (state_load(&r->helmfile, slice_text(path), &context, &r->state, &r->diag))
        release_list_make(&r->helmfile, &r->state, &r->releases, &r->diag);
    unlink(path);
    rmdir(r->folder);
}

static void end(struct run *r)
{
    source_set_free(r->sources);
    diag_release(&r->diag);
    arena_release(&r->arena);
}

static bool says(const struct run *r, const char *part)
{
    return r->diag.last && slice_find(r->diag.last->message, slice_text(part)) < r->diag.last->message.len;
}

static void state__parts_see_values_of_earlier_ones(void **state)
{
    struct run r;
    (void)state;
    begin(&r, "helmfile.yaml.gotmpl",
          "environments:\n  dev:\n    values: [{n: 3}]\n---\nreleases:\n  - name: a{{ .Values.n }}\n    chart: ./c\n"
          "    version: 1.10\n",
          "dev");
    assert_null(r.diag.last);
    assert_int_equal(r.releases.count, 1);
    assert_true(slice_is(r.releases.items[0].name, "a3"));
    assert_true(slice_is(r.releases.items[0].version, "1.10"));
    end(&r);
}

static void state__unknown_environment_is_noted(void **state)
{
    struct run r;
    (void)state;
    begin(&r, "helmfile.yaml", "environments:\n  dev: {}\n---\nreleases: []\n", "prod");
    assert_true(r.state.unknown_environment);
    assert_int_equal(state_environment_names(&r.arena, &r.state).count, 1);
    end(&r);
}

static void state__unknown_field_names_line_and_neighbour(void **state)
{
    struct run r;
    (void)state;
    begin(&r, "helmfile.yaml", "releases:\n  - name: a\n    namspace: x\n", "default");
    assert_true(says(&r, "line 3: field namspace not found in type state.ReleaseSpec"));
    assert_int_equal(r.diag.last->place.line, 3);
    assert_true(slice_is(r.diag.last->notes->message, "did you mean 'namespace'?"));
    end(&r);
}

static void state__missing_key_is_an_error(void **state)
{
    struct run r;
    (void)state;
    begin(&r, "helmfile.yaml.gotmpl", "releases:\n  - name: {{ .Values.x }}\n", "default");
    assert_true(says(&r, "at <.Values.x>: map has no entry for key \"x\""));
    end(&r);
}

static void release__inherits_and_renders(void **state)
{
    struct run r;
    (void)state;
    begin(&r, "helmfile.yaml",
          "templates:\n  t: {chart: './{{ .Release.Name }}', labels: {a: x}, values: [one.yaml]}\n"
          "releases:\n  - {name: n, inherit: [{template: t}], labels: {b: y}, values: [two.yaml]}\n",
          "default");
    assert_null(r.diag.last);
    const struct release_spec *spec = &r.releases.items[0];
    assert_true(slice_is(spec->chart, "./n"));
    assert_int_equal(field_items(spec->body, "values").count, 2);
    assert_true(slice_is(field_text(spec->labels, "a"), "x"));
    assert_true(slice_is(field_text(spec->labels, "chart"), "n"));
    end(&r);
}

static void needs__groups_keep_the_order_of_the_file(void **state)
{
    struct run r;
    struct needs_plan plan;
    const bool all[] = {true, true, true};
    (void)state;
    begin(&r, "helmfile.yaml",
          "releases:\n  - {name: c, chart: ./x, needs: [a]}\n  - {name: b, chart: ./x}\n  - {name: a, chart: ./x}\n",
          "default");
    assert_true(needs_order(&r.helmfile, &r.releases, all, NEEDS_SKIP, &plan, &r.diag));
    assert_int_equal(plan.count, 3);
    assert_true(slice_is(plan.items[0].release->name, "b"));
    assert_true(slice_is(plan.items[1].release->name, "a"));
    assert_int_equal(plan.items[2].group, 2);
    end(&r);
}

static void needs__circle_is_shown_with_its_path(void **state)
{
    struct run r;
    struct needs_plan plan;
    const bool all[] = {true, true};
    (void)state;
    begin(&r, "helmfile.yaml",
          "releases:\n  - {name: a, chart: ./x, needs: [b]}\n  - {name: b, chart: ./x, needs: [a]}\n", "default");
    assert_false(needs_order(&r.helmfile, &r.releases, all, NEEDS_SKIP, &plan, &r.diag));
    assert_true(says(&r, "cycle detected: a -> b -> a"));
    end(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(state__parts_see_values_of_earlier_ones),
        cmocka_unit_test(state__unknown_environment_is_noted),
        cmocka_unit_test(state__unknown_field_names_line_and_neighbour),
        cmocka_unit_test(state__missing_key_is_an_error),
        cmocka_unit_test(release__inherits_and_renders),
        cmocka_unit_test(needs__groups_keep_the_order_of_the_file),
        cmocka_unit_test(needs__circle_is_shown_with_its_path),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
