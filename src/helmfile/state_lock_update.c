/*
 * state_lock_update.c - the lock file of a state file, written
 */
#include "helmfile/state_lock_update.h"

#include "base/file.h"
#include "base/temporary.h"
#include "chart/dependency_update.h"
#include "chart/lock.h"
#include "codec/yaml_write.h"
#include "golang/path.h"
#include "helmfile/state_lock.h"

#define HELMFILE_VERSION "v1.8.0" /* whose lock files these are */

struct updating {
    struct arena *arena;
    struct helmfile *h;
    const struct state *state;
    const char *folder; /* of the chart that is made */
    struct slice now;
    bool plain_http;
    struct diag *diag;
};

/* --- the chart that is made ----------------------------------------------------------------------------------- */

/* One release's chart as a dependency; false where it is of no repository. */
static bool dependency_of(struct updating *u, const struct release_spec *release, struct map *out)
{
    struct value entry;
    struct arena *a = u->arena;
    if (!state_repository_of(u->state, release->chart, &entry))
        return false;
    struct slice chart = slice_after(release->chart, field_text(entry, "name").len + 1);
    struct slice url = field_text(entry, "url");
    if (field_is_true(entry, "oci")) {
        size_t slash = slice_find_last_char(chart, '/');
        url = arena_concat(a, SLICE("oci://"), url);
        if (slash < chart.len)
            url = arena_printf(a, "%.*s/%.*s", SLICE_ARG(url), SLICE_ARG(slice_part(chart, 0, slash)));
        chart = go_path_base(chart);
        u->plain_http |= field_is_true(entry, "plainHttp");
    }
    struct slice alias = arena_printf(a, "%.*s-%.*s", SLICE_ARG(release->name_space), SLICE_ARG(release->name));
    map_set_text(out, "name", value_string(chart));
    map_set_text(out, "repository", value_string(url));
    map_set_text(out, "version", value_string(release->version.len ? release->version : SLICE("*")));
    map_set_text(out, "alias", value_string(alias));
    return true;
}

/* Sorted by the charts' names, otherwise as the releases stand: the digest depends on it. */
static void add_sorted(struct arena *a, struct list *list, struct map *dependency)
{
    uint32_t at = list->len;
    struct slice name = field_text(value_map(dependency), "name");
    list_add(a, list, value_map(dependency));
    for (; at > 0 && slice_compare(name, field_text(list->items[at - 1], "name")) < 0; at--)
        list->items[at] = list->items[at - 1];
    list->items[at] = value_map(dependency);
}

static bool write_chart(struct updating *u, struct list *dependencies)
{
    struct map *chart = map_new(u->arena, 4);
    struct buffer text = BUFFER_INIT;
    struct slice error;
    map_set_text(chart, "apiVersion", value_text("v2"));
    map_set_text(chart, "name", value_text("helmfile"));
    map_set_text(chart, "version", value_text("1.0.0"));
    map_set_text(chart, "dependencies", value_list(dependencies));
    bool ok = yaml_write(&text, value_map(chart), u->arena, &error) || diag_error_slice(u->diag, error);
    ok = ok && file_write(file_join(u->arena, slice_text(u->folder), SLICE("Chart.yaml")), buffer_slice(&text), NULL,
                          u->diag);
    buffer_release(&text);
    return ok;
}

/* The lock file that there is, so that one that is still right keeps its time. */
static bool copy_lock(struct updating *u, const char *path)
{
    struct slice text;
    if (!file_exists(path))
        return true;
    return file_read(u->arena, path, 0, &text, u->diag) &&
           file_write(file_join(u->arena, slice_text(u->folder), SLICE("Chart.lock")), text, NULL, u->diag);
}

static bool update(struct updating *u)
{
    struct remote_options remote;
    const struct remote_source source = {.options = &remote};
    struct dependency_options options = {.source = &source, .now = u->now};
    struct buffer out = BUFFER_INIT;
    remote_options_init(u->arena, &remote);
    remote.plain_http = u->plain_http;
    diag_info(u->diag, "Updating dependency %s", u->folder);
    bool ok = dependency_update(u->folder, &options, u->h->sources, &out, u->diag);
    struct slice said = slice_trim(buffer_slice(&out));
    if (said.len && ok)
        diag_info(u->diag, "%.*s", SLICE_ARG(said));
    buffer_release(&out);
    return ok;
}

/* --- the lock file -------------------------------------------------------------------------------------------- */

/* By name, otherwise as they were; the same again is left out. */
static void add_locked(struct arena *a, struct list *list, const struct chart_dependency *dependency)
{
    uint32_t at = list->len;
    for (uint32_t i = 0; i < list->len; i++) {
        struct value other = list->items[i];
        if (slice_equal(field_text(other, "name"), dependency->name) &&
            slice_equal(field_text(other, "repository"), dependency->repository) &&
            slice_equal(field_text(other, "version"), dependency->version))
            return;
    }
    struct map *map = map_new(a, 3);
    map_set_text(map, "name", value_string(dependency->name));
    map_set_text(map, "repository", value_string(dependency->repository));
    map_set_text(map, "version", value_string(dependency->version));
    list_add(a, list, value_map(map));
    for (; at > 0 && slice_compare(dependency->name, field_text(list->items[at - 1], "name")) < 0; at--)
        list->items[at] = list->items[at - 1];
    list->items[at] = value_map(map);
}

/* The keys stand in Helmfile's order, not in that of their names. */
static bool add_key(struct buffer *out, struct arena *a, const char *key, struct value v, struct diag *diag)
{
    struct map *map = map_new(a, 1);
    struct slice error;
    map_set_text(map, key, v);
    return yaml_write_pretty(out, value_map(map), a, &error) || diag_error_slice(diag, error);
}

static bool write_lock(struct updating *u, const char *path)
{
    struct arena *a = u->arena;
    struct chart_lock lock;
    struct slice text;
    struct buffer out = BUFFER_INIT;
    struct list *dependencies = list_new(a, 8);
    if (!file_read(a, file_join(a, slice_text(u->folder), SLICE("Chart.lock")), 0, &text, u->diag) ||
        !lock_read(a, NULL, text, "Chart.lock", false, &lock, u->diag))
        return false;
    for (size_t i = 0; i < lock.dependencies.count; i++) {
        if (lock.dependencies.items[i])
            add_locked(a, dependencies, lock.dependencies.items[i]);
    }
    bool ok = add_key(&out, a, "version", value_text(HELMFILE_VERSION), u->diag) &&
              add_key(&out, a, "dependencies", value_list(dependencies), u->diag) &&
              add_key(&out, a, "digest", value_string(lock.digest), u->diag) &&
              add_key(&out, a, "generated", value_string(lock.generated), u->diag) &&
              file_write(path, buffer_slice(&out), NULL, u->diag);
    buffer_release(&out);
    return ok;
}

bool state_lock_update(struct helmfile *h, const struct state *state, const struct release_list *releases,
                       struct slice now, bool *any, struct diag *diag)
{
    struct updating u = {.arena = h->arena, .h = h, .state = state, .now = now, .diag = diag};
    struct list *dependencies = list_new(h->arena, (uint32_t)releases->count);
    struct temporary_folder folder;
    const char *path = state_lock_path(h->arena, state);
    for (size_t i = 0; i < releases->count; i++) {
        struct map *dependency = map_new(h->arena, 4);
        if (dependency_of(&u, &releases->items[i], dependency))
            add_sorted(h->arena, dependencies, dependency);
    }
    *any = dependencies->len > 0;
    if (!*any)
        return true;
    if (!temporary_folder_make(h->arena, &folder, diag))
        return false;
    u.folder = folder.path;
    bool ok = write_chart(&u, dependencies) && copy_lock(&u, path) && update(&u) && write_lock(&u, path);
    temporary_folder_remove(&folder);
    if (!ok)
        diag_prefix(diag, "unable to update deps: unable to update %u deps: ", dependencies->len);
    return ok;
}
