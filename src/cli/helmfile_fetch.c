/*
 * helmfile_fetch.c - `helmfile fetch`
 *
 * Charts of this machine are copied to the output folder, those of elsewhere fetched and unpacked there.
 */
#include "base/file.h"
#include "chart/unpack.h"
#include "cli/helmfile_options.h"
#include "golang/path.h"
#include "helmfile/release_chart.h"
#include "helmfile/state_lock.h"
#include "helmfile/state_write.h"
#include "helmfile/storage.h"
#include "project/output_name.h"

#include <sys/stat.h>

enum {
    DEEPEST_FOLDER = 64
};

struct fetching {
    struct helmfile helmfile;
    struct context *context;
    struct release_charts *charts;
    const struct helmfile_command *command;
    struct buffer text; /* the state with the paths of copies */
    size_t states;
    size_t count;
};

static bool copy_folder(struct fetching *f, const char *from, const char *to, int depth, struct diag *diag)
{
    struct arena *a = f->context->arena;
    struct slice *names;
    size_t count;
    if (depth > DEEPEST_FOLDER)
        return diag_error(diag, "%s: folders are nested more than %d deep", from, DEEPEST_FOLDER);
    if (!file_list(a, from, &names, &count, diag) || !file_make_directories(to, diag))
        return false;
    for (size_t i = 0; i < count; i++) {
        const char *source = file_join(a, slice_text(from), names[i]);
        const char *target = file_join(a, slice_text(to), names[i]);
        struct slice text;
        bool ok = file_is_directory(source) ? copy_folder(f, source, target, depth + 1, diag)
                                            : file_read(a, source, 0, &text, diag) &&
                                                  file_write(target, text, NULL, diag);
        if (!ok)
            return false;
    }
    return true;
}

static bool unpack(struct fetching *f, const char *archive, const char *to, struct diag *diag)
{
    struct slice bytes;
    return file_read(f->context->arena, archive, 0, &bytes, diag) && chart_unpack(bytes, to, diag);
}

/* Where the release's chart is put: the folder in which its state file's paths start comes before a relative name. */
static bool copy_chart(struct fetching *f, const struct release_spec *r, struct slice *path, struct diag *diag)
{
    const struct helmfile_command *o = f->command;
    struct arena *a = f->context->arena;
    struct slice template = o->output_dir_template.len ? o->output_dir_template : SLICE(OUTPUT_NAME_CHART);
    const char *from = storage_path(a, r->state->folder, r->chart);
    bool remote = release_chart_is_remote(r, r->chart, from);
    const char *name;
    if (remote && !release_chart_fetch(f->charts, &f->helmfile, r, r->chart, &from, diag))
        return false;
    if (!file_exists(from)) {
        diag_error(diag, "chart \"%.*s\" of release \"%.*s\" does not exist", SLICE_ARG(r->chart), SLICE_ARG(r->name));
        helmfile_locate(&f->helmfile, field_value(r->body, "chart"), diag);
        return false;
    }
    if (!output_name_make(a, r, template, o->output_dir, &name, diag))
        return false;
    *path = arena_slice(a, go_path_clean(a, slice_text(name)));
    if (remote)
        diag_info(diag, "Fetching %.*s", SLICE_ARG(r->chart));
    else
        diag_info(diag, "Building dependency release=%.*s, chart=%.*s", SLICE_ARG(r->name), SLICE_ARG(*path));
    if (o->output_dir.len == 0)
        return true;
    const char *to = storage_path(a, r->state->folder, *path);
    return file_is_directory(from) ? copy_folder(f, from, to, 0, diag) : unpack(f, from, to, diag);
}

static bool write_output(struct fetching *f, const struct state *state, struct list *bodies, struct diag *diag)
{
    if (f->states > 1)
        return diag_error(diag, "--write-output requires a single helmfile state file, but multiple were found; use -f "
                                "to specify a single helmfile instead of a directory or a helmfile with nested "
                                "helmfiles: entries");
    buffer_printf(&f->text, "---\n#  Source: %.*s\n\n", SLICE_ARG(state->full_path));
    return state_write(&f->helmfile, state, value_list(bodies), &f->text, diag);
}

static bool fetch_state(void *context, const struct state *state, const struct release_list *found,
                        const struct helmfile_texts *selectors, struct diag *diag)
{
    struct fetching *f = context;
    struct arena *a = f->context->arena;
    struct release_list locked;
    const struct release_list *releases = &locked;
    if (!state_lock_apply(&f->helmfile, state, found, &locked, diag))
        return false;
    bool *selected = ARENA_ARRAY(a, bool, releases->count);
    struct list *bodies = list_new(a, (uint32_t)releases->count);
    if (!needs_select(&f->helmfile, releases, selectors, selected, diag))
        return false;
    f->states++;
    if (f->command->output_dir.len)
        diag_warning(diag, "Charts will be downloaded to: %.*s", SLICE_ARG(f->command->output_dir));
    for (size_t i = 0; i < releases->count; i++) {
        const struct release_spec *r = &releases->items[i];
        struct slice path = r->chart;
        if (selectors->count && !selected[i])
            continue;
        if (r->installed && selected[i] && !copy_chart(f, r, &path, diag)) {
            diag_enclose(diag, "[", "]");
            return false;
        }
        struct value body = release_spec_final(&f->helmfile, r);
        map_set_text(body.map, "chart", value_string(path));
        list_add(a, bodies, body);
    }
    f->count += bodies->len;
    return !f->command->write_output || write_output(f, state, bodies, diag);
}

int helmfile_fetch(struct context *c, const struct helmfile_command *o)
{
    struct fetching f = {.context = c, .command = o, .charts = release_charts_new(c->arena)};
    if (o->write_output && o->output_dir.len == 0) {
        diag_error(c->diag, "unexpected error: *errors.errorString: --output-dir is required when --write-output is set");
        return context_finish(c, EXIT_FAILED);
    }
    bool ok = helmfile_each_state(c, o, fetch_state, &f, &f.helmfile);
    if (ok)
        ok = context_print(c, buffer_slice(&f.text));
    buffer_release(&f.text);
    return helmfile_finish(c, o, ok, f.count > 0);
}
