/*
 * helmfile_lint.c - `helmfile lint`
 *
 * Each release's chart is linted with its values, as `helm lint` does it. A chart that fails ends the work on its state
 * file, not on the others; such errors come last.
 */
#include "base/scratch.h"
#include "cli/helmfile_options.h"
#include "funcs/library.h"
#include "helm/lint_output.h"

struct linting {
    struct context *context;
    const struct plan *plan;
    const struct function_table *functions;
    struct diag failures;
};

/* A chart that was made, or given its dependencies, in memory lies in a scratch folder while it is linted. */
static bool write_chart(struct linting *l, const struct chart *chart, struct scratch *folder)
{
    struct context *c = l->context;
    if (!scratch_make(folder, c->arena, c->diag))
        return false;
    for (size_t i = 0; i < chart->raw.count; i++) {
        const struct chart_file *file = &chart->raw.items[i];
        if (!scratch_write(folder, c->arena, file->name, file->bytes, NULL, c->diag))
            return false;
    }
    return true;
}

/* Prints what helm says; false where it fails the chart. */
static bool lint(struct linting *l, const struct planned_release *r, const char *path, struct slice shown)
{
    struct context *c = l->context;
    struct lint_options options = {.values = r->values, .name_space = r->name_space, .functions = l->functions};
    struct lint_output output = {.strict = false};
    struct lint_report report;
    struct buffer out = BUFFER_INIT;
    lint_chart(path, &options, c->arena, c->sources, &report, c->diag);
    lint_output_add(&output, shown, &report, &out);
    bool ok = lint_output_end(&output, &out, &l->failures);
    buffer_add_char(&out, '\n');
    context_flush(c);
    context_print(c, buffer_slice(&out));
    buffer_release(&out);
    return ok;
}

static bool lint_release(struct linting *l, const struct planned_release *r)
{
    const struct planned_chart *chart = &l->plan->charts[r->chart];
    struct scratch folder = {NULL};
    bool ok = true;
    if (r->prints_line)
        context_print(l->context, SLICE("\n"));
    if (r->prepared.len)
        diag_info(l->context->diag, "%.*s", SLICE_ARG(r->prepared));
    diag_info(l->context->diag, "Linting release=%.*s, chart=%.*s", SLICE_ARG(r->name), SLICE_ARG(r->shown_chart));
    if (!chart->chart)
        ok = lint(l, r, chart->path, r->shown_chart);
    else if (write_chart(l, chart->chart, &folder))
        ok = lint(l, r, folder.path, r->shown_chart);
    scratch_release(&folder);
    plan_clean_up(l->plan, r, "lint", l->context->diag);
    return ok;
}

static void lint_all(struct linting *l)
{
    const struct state *failed = NULL;
    for (size_t i = 0; i < l->plan->count; i++) {
        const struct planned_release *r = &l->plan->releases[i];
        if (r->spec->state != failed && !lint_release(l, r))
            failed = r->spec->state;
    }
}

/* Helmfile's way to tell several errors. */
static void tell_failures(struct linting *l)
{
    struct buffer text = BUFFER_INIT;
    size_t number = 0;
    buffer_printf(&text, "Failed with %zu errors:", l->failures.errors);
    for (const struct diag_entry *e = l->failures.first; e; e = e->next)
        buffer_printf(&text, "\n\nError %zu:\n\n  Error: %.*s\n", ++number, SLICE_ARG(e->message));
    diag_error_slice(l->context->diag, buffer_slice(&text));
    buffer_release(&text);
}

int helmfile_lint(struct context *c, const struct helmfile_command *o)
{
    struct plan plan;
    struct plan_options options;
    struct slice path;
    struct diag fault;
    struct linting l = {.context = c, .plan = &plan};
    if (!helmfile_enter(c, o, &options, &path))
        return helmfile_finish(c, o, false, false);
    diag_init(&fault);
    diag_init(&l.failures);
    options.command = "lint";
    bool ok = plan_make_until_fault(c->arena, c->sources, path, &options, &plan, c->diag);
    if (!ok)
        diag_take_last(c->diag, &fault);
    l.functions = library_new(c->arena, LIBRARY_HELM4);
    lint_all(&l);
    diag_append(c->diag, &fault);
    if (ok && l.failures.errors)
        tell_failures(&l);
    ok = ok && l.failures.errors == 0;
    diag_release(&l.failures);
    diag_release(&fault);
    plan_release(&plan);
    return helmfile_finish(c, o, ok, plan.selected > 0);
}
