/*
 * helmfile_build.c - `helmfile build`
 */
#include "base/file.h"
#include "cli/helmfile_options.h"
#include "helmfile/chartify.h"
#include "helmfile/hooks.h"
#include "helmfile/release_values.h"
#include "helmfile/state_lock.h"
#include "helmfile/state_write.h"
#include "helmfile/storage.h"

struct building {
    struct helmfile helmfile;
    const struct helmfile_command *command;
    struct buffer text;
    size_t count;
};

static void write_source(struct building *b, const struct state *state)
{
    buffer_printf(&b->text, "---\n#  Source: %.*s\n\n", SLICE_ARG(state->full_path));
}

/* Where the chart is that was prepared for the release, if that is not what it says itself. */
static void set_chart_path(struct building *b, const struct release_spec *r, struct map *body)
{
    struct arena *a = b->helmfile.arena;
    const char *path = storage_path(a, r->state->folder, r->chart);
    struct slice shown = state_shown_path(a, r->state, r->chart);
    if (!r->installed || chartify_has_patches(r) || !file_is_directory(path))
        return;
    if (chartify_is_wanted(r, path))
        shown = chartify_path(a, r, false);
    if (chartify_is_kustomization(path))
        buffer_add_char(&b->text, '\n'); /* what kustomize prints */
    if (!slice_equal(shown, r->chart))
        map_set_text(body, "chartPath", value_string(shown));
}

static bool build_state(void *context, const struct state *state, const struct release_list *releases,
                        const struct helmfile_texts *selectors, struct diag *diag)
{
    struct building *b = context;
    struct arena *a = b->helmfile.arena;
    bool *selected = ARENA_ARRAY(a, bool, releases->count);
    struct list *bodies = list_new(a, (uint32_t)releases->count);
    struct release_list locked;
    if (!state_lock_apply(&b->helmfile, state, releases, &locked, diag) ||
        !needs_select(&b->helmfile, &locked, selectors, selected, diag) ||
        !hooks_prepare_releases(&b->helmfile, &locked, selected, "build", diag)) {
        diag_enclose(diag, "[", "]");
        return false;
    }
    for (size_t i = 0; i < releases->count; i++) {
        if (selectors->count && !selected[i])
            continue;
        struct value body = release_spec_final(&b->helmfile, &locked.items[i]);
        struct value values;
        if (b->command->embed_values) {
            if (!release_values_documents(&b->helmfile, &locked.items[i], false, &values, diag))
                return false;
            map_set_text(body.map, "values", values);
        }
        if (selected[i])
            set_chart_path(b, &locked.items[i], body.map);
        list_add(a, bodies, body);
    }
    b->count += bodies->len;
    write_source(b, state);
    return state_write(&b->helmfile, state, value_list(bodies), &b->text, diag);
}

int helmfile_build(struct context *c, const struct helmfile_command *o)
{
    struct building b = {.command = o};
    bool ok = helmfile_each_state(c, o, build_state, &b, &b.helmfile);
    ok = context_print(c, buffer_slice(&b.text)) && ok;
    buffer_release(&b.text);
    return helmfile_finish(c, o, ok, b.count > 0);
}
