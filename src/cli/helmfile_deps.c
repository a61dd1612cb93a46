/*
 * helmfile_deps.c - `helmfile deps`
 *
 * The dependencies of local charts are brought up to date, as `helm dependency update` does it, and the versions of
 * charts of repositories are written to the lock file.
 */
#include "base/file.h"
#include "chart/dependency_update.h"
#include "cli/helmfile_options.h"
#include "golang/time_format.h"
#include "helmfile/state_lock_update.h"
#include "helmfile/state_repositories.h"
#include "helmfile/storage.h"

#include <time.h>

struct updating {
    struct helmfile helmfile;
    struct context *context;
    size_t count;
};

static struct slice now_text(struct arena *a)
{
    time_t now = time(NULL);
    struct tm parts;
    char text[64];
    gmtime_r(&now, &parts);
    return arena_slice(a, slice_of(text, strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts)));
}

static bool update_chart(struct updating *u, const struct release_spec *r, const char *folder)
{
    struct context *c = u->context;
    struct dependency_options options = {.now = now_text(c->arena)};
    struct buffer out = BUFFER_INIT;
    diag_info(c->diag, "Updating dependency %.*s", SLICE_ARG(state_shown_path(c->arena, r->state, r->chart)));
    bool ok = dependency_update(folder, &options, c->sources, &out, c->diag);
    struct slice said = slice_trim(buffer_slice(&out));
    if (said.len)
        diag_info(c->diag, "%.*s", SLICE_ARG(said));
    buffer_release(&out);
    return ok;
}

static bool update_release(struct updating *u, const struct release_spec *r)
{
    struct arena *a = u->context->arena;
    const char *folder = storage_path(a, r->state->folder, r->chart);
    if (!file_is_directory(folder) || !file_exists(file_join(a, slice_text(folder), SLICE("Chart.yaml"))))
        return true;
    return update_chart(u, r, folder);
}

static bool update_state(void *context, const struct state *state, const struct release_list *releases,
                         const struct helmfile_texts *selectors, struct diag *diag)
{
    struct updating *u = context;
    struct arena *a = u->context->arena;
    bool *selected = ARENA_ARRAY(a, bool, releases->count);
    bool any;
    if (!state_repositories_add(a, state, diag) || !needs_select(&u->helmfile, releases, selectors, selected, diag))
        return false;
    for (size_t i = 0; i < releases->count; i++) {
        bool is_meant = selectors->count == 0 || selected[i];
        u->count += is_meant;
        if (is_meant && releases->items[i].installed && !update_release(u, &releases->items[i]))
            return false;
    }
    if (!state_lock_update(&u->helmfile, state, releases, now_text(a), &any, diag))
        return false;
    if (any)
        return true;
    diag_warning(diag, "There are no repositories defined in your helmfile.yaml.\nThis means helmfile cannot update your "
                       "dependencies or create a lock file.\nSee https://github.com/roboll/helmfile/issues/878 for more "
                       "information.");
    return true;
}

int helmfile_deps(struct context *c, const struct helmfile_command *o)
{
    struct updating u = {.context = c};
    bool ok = helmfile_each_state(c, o, update_state, &u, &u.helmfile);
    return helmfile_finish(c, o, ok, u.count > 0);
}
