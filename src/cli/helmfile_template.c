/*
 * helmfile_template.c - `helmfile template`
 */
#include "cli/helmfile_options.h"
#include "project/output_name.h"
#include "project/render.h"

struct templating {
    struct context *context;
    const struct helmfile_command *command;
    const struct render_options *options;
    const struct plan *plan;
};

static void note_release(struct templating *t, const struct rendered_release *rendered)
{
    const struct planned_release *r = rendered->planned;
    diag_info(t->context->diag, "Templating release=%.*s, chart=%s", SLICE_ARG(r->name),
              t->plan->charts[r->chart].path);
}

/* A release that prints nothing has no line of its own either. */
static bool print_release(void *context, const struct rendered_release *rendered, struct diag *diag)
{
    struct templating *t = context;
    (void)diag;
    note_release(t, rendered);
    return rendered->text.len == 0 ||
           (context_print(t->context, rendered->text) && context_print(t->context, SLICE("\n")));
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
    note_release(t, rendered);
    if (!output_name_make(t->context->arena, rendered->planned->spec, template, o->output_dir, &folder, diag))
        return false;
    bool ok = template_output_files(rendered->release, &t->options->output, slice_text(folder), &lines, diag);
    if (ok)
        note_written(t->context, buffer_slice(&lines));
    buffer_release(&lines);
    return ok;
}

int helmfile_template(struct context *c, const struct helmfile_command *o)
{
    struct plan plan;
    struct plan_options plan_options;
    struct slice path;
    struct render_options options = {.threads = (size_t)o->concurrency,
                                     .output = {.include_crds = o->include_crds,
                                                .no_hooks = o->no_hooks,
                                                .skip_tests = o->skip_tests,
                                                .show_only = o->show_only.items,
                                                .show_only_count = o->show_only.count}};
    struct templating templating = {c, o, &options, &plan};
    bool to_files = o->output_dir.len || o->output_dir_template.len;
    if (!helmfile_enter(c, o, &plan_options, &path) || !plan_make(c->arena, c->sources, path, &plan_options, &plan, c->diag))
        return helmfile_finish(c, o, false, false);
    bool ok = render_plan(&plan, &options, to_files ? write_release : print_release, &templating, c->diag);
    plan_release(&plan);
    return helmfile_finish(c, o, ok, plan.selected > 0);
}
