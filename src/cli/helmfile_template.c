/*
 * helmfile_template.c - `helmfile template`
 *
 * What was planned before a fault is rendered before the fault is told, and the log is written as the work goes on:
 * both streams then read as Helmfile's do.
 */
#include "cli/helmfile_options.h"
#include "project/output_name.h"
#include "project/render.h"

struct templating {
    struct context *context;
    const struct helmfile_command *command;
    const struct render_options *options;
    const struct plan *plan;
    size_t done; /* releases */
};

static void note_release(struct templating *t, const struct planned_release *r)
{
    if (r->prepared.len)
        diag_info(t->context->diag, "%.*s", SLICE_ARG(r->prepared));
    diag_info(t->context->diag, "Templating release=%.*s, chart=%.*s", SLICE_ARG(r->name), SLICE_ARG(r->shown_chart));
}

/* A release that prints nothing has no line of its own either. */
static bool print_release(void *context, const struct rendered_release *rendered, struct diag *diag)
{
    struct templating *t = context;
    t->done++;
    if (rendered->planned->prints_line && !context_print(t->context, SLICE("\n")))
        return false;
    note_release(t, rendered->planned);
    context_flush(t->context);
    bool ok = rendered->text.len == 0 ||
              (context_print(t->context, rendered->text) && context_print(t->context, SLICE("\n")));
    return ok && plan_clean_up(t->plan, rendered->planned, "template", diag);
}

/* One line for each file, however many documents it has. */
static void note_written(struct context *c, struct slice lines)
{
    struct slice line;
    struct slice before = slice_of(NULL, 0);
    while (slice_next_piece(&lines, '\n', &line)) {
        if (line.len && !slice_equal(line, before))
            diag_info(c->diag, "%.*s", SLICE_ARG(line));
        before = line;
    }
}

static bool write_release(void *context, const struct rendered_release *rendered, struct diag *diag)
{
    struct templating *t = context;
    const struct helmfile_command *o = t->command;
    struct slice template = o->output_dir_template.len ? o->output_dir_template : SLICE(OUTPUT_NAME_FOLDER);
    struct buffer lines = BUFFER_INIT;
    const char *folder;
    t->done++;
    note_release(t, rendered->planned);
    if (!output_name_make(t->context->arena, rendered->planned->spec, template, o->output_dir, &folder, diag))
        return false;
    bool ok = template_output_files(rendered->release, &t->options->output, slice_text(folder), &lines, diag);
    if (ok)
        note_written(t->context, buffer_slice(&lines));
    buffer_release(&lines);
    return ok && plan_clean_up(t->plan, rendered->planned, "template", diag);
}

/* The first release that failed ends the run; its error is what helm would have said. */
static void tell_failure(struct templating *t)
{
    struct diag *diag = t->context->diag;
    struct diag said;
    if (t->done == t->plan->count)
        return;
    const struct planned_release *failed = &t->plan->releases[t->done];
    diag_cut(diag);
    if (diag->last && diag->last->severity == DIAG_ERROR)
        diag_prefix(diag, "%.*sError: ", SLICE_ARG(failed->spec->state->way));
    diag_init(&said);
    diag_append(&said, diag);
    note_release(t, failed);
    diag_append(diag, &said);
    diag_release(&said);
}

/* Renders the plan; `fault` has what ended the planning, which is told unless rendering fails before. */
static bool render(struct templating *t, struct plan *plan, struct diag *fault)
{
    const struct helmfile_command *o = t->command;
    struct diag *diag = t->context->diag;
    bool to_files = o->output_dir.len || o->output_dir_template.len;
    bool ok = plan->count == 0 || render_plan(plan, t->options, to_files ? write_release : print_release, t, diag);
    bool planned = fault->errors == 0;
    if (ok)
        diag_append(diag, fault);
    else
        tell_failure(t);
    return ok && planned;
}

int helmfile_template(struct context *c, const struct helmfile_command *o)
{
    struct plan plan;
    struct plan_options plan_options;
    struct slice path;
    struct diag fault;
    struct render_options options = {.threads = (size_t)o->concurrency,
                                     .output = {.include_crds = o->include_crds,
                                                .no_hooks = o->no_hooks,
                                                .skip_tests = o->skip_tests,
                                                .show_only = o->show_only.items,
                                                .show_only_count = o->show_only.count}};
    struct templating templating = {c, o, &options, &plan, 0};
    if (!helmfile_enter(c, o, &plan_options, &path))
        return helmfile_finish(c, o, false, false);
    diag_init(&fault);
    plan_options.command = "template";
    if (!plan_make_until_fault(c->arena, c->sources, path, &plan_options, &plan, c->diag))
        diag_take_last(c->diag, &fault);
    bool ok = render(&templating, &plan, &fault);
    diag_release(&fault);
    plan_release(&plan);
    return helmfile_finish(c, o, ok, plan.selected > 0);
}
