/*
 * state_lock.c - the lock file of a state file
 */
#include "helmfile/state_lock.h"

#include "base/file.h"
#include "codec/yaml_read.h"
#include "golang/path.h"
#include "golang/semver.h"
#include "helmfile/storage.h"

/* --- charts of repositories ----------------------------------------------------------------------------------- */

/* "./x", "/x", "x" and what has more than two slashes are paths. */
static bool is_path(struct slice chart)
{
    size_t slashes = slice_count_char(chart, '/');
    return slice_starts(chart, SLICE(".")) || slice_starts(chart, SLICE("/")) || slashes == 0 || slashes > 2;
}

bool state_repository_of(const struct state *state, struct slice chart, struct value *repository)
{
    struct field_items items = field_items(state->top, "repositories");
    struct slice name = slice_part(chart, 0, slice_find_char(chart, '/'));
    bool found = false;
    if (is_path(chart) || slice_find(chart, SLICE("://")) < chart.len)
        return false;
    for (size_t i = 0; i < items.count; i++) {
        if (slice_equal(field_text(items.items[i], "name"), name)) {
            *repository = items.items[i];
            found = true;
        }
    }
    return found;
}

/* --- the file ------------------------------------------------------------------------------------------------- */

static struct slice without(struct slice name, const char *suffix)
{
    struct slice end = slice_text(suffix);
    return slice_ends(name, end) ? slice_part(name, 0, name.len - end.len) : name;
}

const char *state_lock_path(struct arena *a, const struct state *state)
{
    struct slice path = field_text(state->top, "lockFilePath");
    if (path.len == 0) {
        struct slice name = without(without(without(file_base(state->path), ".gotmpl"), ".yaml"), ".yml");
        path = arena_concat(a, name, SLICE(".lock"));
    }
    return storage_path(a, state->folder, path);
}

struct locking {
    struct helmfile *h;
    struct value lock;
    struct diag *diag;
};

static bool read_lock(struct locking *l, const char *path)
{
    static const struct yaml_read_options options = {.go_yaml_v3 = true};
    const struct source *source;
    struct yaml_error error;
    struct semver version;
    if (!helmfile_read(l->h, path, &source, l->diag))
        return false;
    if (!yaml_read(l->h->arena, source, source->text, &options, &l->lock, &error)) {
        diag_error_slice(l->diag, error.message);
        diag_locate_origin(l->diag, source, origin_at(source, error.line, error.column));
        return false;
    }
    struct slice written = field_text(l->lock, "version");
    if (written.len == 0 || semver_parse_loose(written, &version))
        return true;
    diag_error_slice(l->diag, semver_loose_error(l->h->arena, written));
    helmfile_locate(l->h, field_value(l->lock, "version"), l->diag);
    return false;
}

/* --- versions ------------------------------------------------------------------------------------------------- */

/* The first locked version of the chart that the release's constraint takes. *found is false where there is none. */
static bool find_version(struct locking *l, struct slice chart, struct slice wanted, struct slice *out, bool *found)
{
    struct field_items entries = field_items(l->lock, "dependencies");
    struct semver_constraint *constraint;
    struct slice error;
    *found = false;
    for (size_t i = 0; i < entries.count && !*found; i++) {
        struct semver version;
        if (!slice_equal(field_text(entries.items[i], "name"), chart))
            continue;
        *out = field_text(entries.items[i], "version");
        if (!semver_constraint_parse(l->h->arena, wanted.len ? wanted : SLICE("*"), &constraint, &error))
            return diag_error_slice(l->diag, error);
        if (!semver_parse_loose(*out, &version))
            return diag_error_slice(l->diag, semver_loose_error(l->h->arena, *out));
        *found = semver_constraint_check(constraint, &version);
    }
    return true;
}

/* OCI charts are locked by the last part of their names; old lock files have the whole. */
static bool lock_release(struct locking *l, struct release_spec *r)
{
    struct value repository;
    struct slice version;
    bool found;
    if (!state_repository_of(r->state, r->chart, &repository))
        return true;
    struct slice chart = slice_after(r->chart, slice_find_char(r->chart, '/') + 1);
    struct slice name = field_is_true(repository, "oci") ? go_path_base(chart) : chart;
    bool ok = find_version(l, name, r->version, &version, &found);
    if (ok && !found && name.len != chart.len)
        ok = find_version(l, chart, r->version, &version, &found);
    if (ok && !found)
        ok = diag_error(l->diag,
                        "no resolved dependency found for \"%.*s\", running \"helmfile deps\" may resolve the issue",
                        SLICE_ARG(name));
    if (!ok) {
        helmfile_locate(l->h, field_value(r->body, "chart"), l->diag);
        return false;
    }
    struct map *body = map_copy(l->h->arena, r->body.map);
    map_set_text(body, "version", value_string(version));
    r->body = value_from(value_map(body), r->body.origin);
    r->version = version;
    return true;
}

static bool needs_lock(const struct release_list *releases)
{
    struct value repository;
    for (size_t i = 0; i < releases->count; i++) {
        if (state_repository_of(releases->items[i].state, releases->items[i].chart, &repository))
            return true;
    }
    return false;
}

bool state_lock_apply(struct helmfile *h, const struct state *state, const struct release_list *releases,
                      struct release_list *out, struct diag *diag)
{
    struct locking l = {.h = h, .diag = diag};
    const char *path = state_lock_path(h->arena, state);
    *out = *releases;
    if (!needs_lock(releases) || !file_exists(path))
        return true;
    if (!read_lock(&l, path)) {
        diag_prefix(diag, "unable to resolve %zu deps: ", field_items(state->top, "releases").count);
        return false;
    }
    out->items = ARENA_ARRAY(h->arena, struct release_spec, releases->count);
    for (size_t i = 0; i < releases->count; i++) {
        out->items[i] = releases->items[i];
        if (!lock_release(&l, &out->items[i]))
            return false;
    }
    return true;
}
