/*
 * impact.c - what a changed file touches
 */
#include "report/impact.h"

#include "base/file.h"
#include "report/field_origin.h"

#include <stdlib.h>
#include <unistd.h>

/* --- paths -------------------------------------------------------------------------------------------------------- */

static struct slice real_path_of(struct arena *a, struct slice name)
{
    char *real = realpath(arena_text(a, name), NULL);
    if (real) {
        struct slice path = arena_slice(a, slice_text(real));
        free(real);
        return path;
    }
    struct slice folder = file_folder(name);
    if (folder.len == 0 || slice_equal(folder, name) || slice_is(name, "."))
        return name;
    return slice_text(file_join(a, real_path_of(a, folder), file_base(name)));
}

struct slice impact_real_path(struct impact *impact, struct slice name)
{
    const struct value *known = map_find(impact->real_paths, name);
    if (known)
        return value_slice(*known);
    struct slice path = real_path_of(impact->arena, name);
    map_set(impact->real_paths, arena_slice(impact->arena, name), value_string(path));
    return path;
}

/* The file behind a source: "x.gotmpl (rendered for web)" is x.gotmpl; empty for what is no file. */
static struct slice file_of(struct slice name)
{
    size_t at = slice_find(name, SLICE(" (rendered"));
    return slice_starts(name, SLICE("--")) ? SLICE("") : slice_part(name, 0, at);
}

static void add_path(struct impact *impact, struct map *set, struct slice name)
{
    struct slice file = file_of(name);
    if (file.len && file_exists(arena_text(impact->arena, file)))
        map_set(set, impact_real_path(impact, file), value_bool(true));
}

/* --- collecting --------------------------------------------------------------------------------------------------- */

static void add_chart(struct impact *impact, struct impact_release *r, const struct chart *chart)
{
    static const char *const whole[] = {"values.schema.json", ".helmignore", "Chart.lock", "Chart.yaml"};
    struct arena *a = impact->arena;
    map_set(r->folders, impact_real_path(impact, chart->location), value_bool(true));
    for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++)
        add_path(impact, r->chart_files, slice_text(file_join(a, chart->location, slice_text(whole[i]))));
    for (size_t i = 0; i < chart->dependency_count; i++)
        add_chart(impact, r, chart->dependencies[i]);
}

static void add_objects(struct impact *impact, struct impact_release *r, struct source_set *sources,
                        const struct rendered_release *rendered)
{
    struct arena *a = impact->arena;
    struct origin_objects objects;
    origin_objects_list(a, sources, rendered, &objects);
    r->objects = ARENA_ARRAY(a, struct impact_object, objects.count);
    for (size_t i = 0; i < objects.count; i++) {
        const struct origin_object *o = &objects.items[i];
        struct object_files files;
        struct impact_object *out = &r->objects[r->count++];
        object_files_find(a, &objects, o, &files);
        out->name = arena_printf(a, "%.*s/%.*s", SLICE_ARG(o->kind), SLICE_ARG(o->name));
        out->files = map_new(a, (uint32_t)files.count);
        for (size_t k = 0; k < files.count; k++)
            add_path(impact, out->files, files.names[k]);
    }
}

/* The files that were read before charts were loaded, without those of values. */
static struct map *plan_files_of(struct impact *impact, struct source_set *sources, uint32_t last,
                                 const struct plan *plan)
{
    struct map *values = map_new(impact->arena, 16);
    struct map *files = map_new(impact->arena, 16);
    for (size_t i = 0; i < plan->count; i++) {
        for (size_t k = 0; k < plan->releases[i].layer_count; k++)
            add_path(impact, values, plan->releases[i].layers[k].source->name);
    }
    for (uint32_t id = 1; id <= last; id++)
        add_path(impact, files, source_set_find(sources, id)->name);
    for (uint32_t i = 0; i < values->len; i++)
        map_remove(files, values->entries[i].key);
    for (size_t i = 0; i < plan->count; i++) {
        if (plan->releases[i].spec)
            add_path(impact, files, plan->releases[i].spec->state->path);
    }
    return files;
}

static void add_release(struct impact *impact, struct source_set *sources, const struct plan *plan,
                        const struct rendered_release *rendered, struct map *plan_files)
{
    struct arena *a = impact->arena;
    const struct planned_release *planned = rendered->planned;
    impact->releases = arena_room(a, impact->releases, impact->count, &impact->cap, sizeof *impact->releases);
    struct impact_release *r = &impact->releases[impact->count++];
    *r = (struct impact_release){.environment = arena_slice(a, plan->environment),
                                 .name = arena_slice(a, planned->name),
                                 .plan_files = plan_files,
                                 .chart_files = map_new(a, 8),
                                 .value_files = map_new(a, 8),
                                 .folders = map_new(a, 4)};
    add_chart(impact, r, plan->charts[planned->chart].chart);
    for (size_t i = 0; i < planned->layer_count; i++)
        add_path(impact, r->value_files, planned->layers[i].source->name);
    add_objects(impact, r, sources, rendered);
}

static uint32_t last_source(struct source_set *sources)
{
    uint32_t last = 0;
    while (source_set_find(sources, last + 1))
        last++;
    return last;
}

void impact_init(struct impact *impact, struct arena *a)
{
    *impact = (struct impact){.arena = a, .real_paths = map_new(a, 64)};
}

bool impact_add(struct impact *impact, struct slice path, const struct plan_options *options, struct diag *diag)
{
    struct source_set *sources = source_set_new();
    struct render_options render = {.trace = true, .seeded = true};
    struct plan plan;
    struct rendered_plan rendered;
    bool ok = plan_make(impact->arena, sources, path, options, &plan, diag);
    if (ok) {
        struct map *plan_files = plan_files_of(impact, sources, last_source(sources), &plan);
        ok = render_plan_keep(&plan, &render, &rendered, diag);
        for (size_t i = 0; ok && i < rendered.count; i++)
            add_release(impact, sources, &plan, &rendered.releases[i], plan_files);
        if (ok)
            rendered_plan_free(&rendered);
        plan_release(&plan);
    }
    source_set_free(sources);
    return ok;
}

/* --- asking ------------------------------------------------------------------------------------------------------- */

static bool has_any(const struct map *set, const struct slice *files, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (map_find(set, files[i]))
            return true;
    }
    return false;
}

/* A template that is gone cannot have been recorded: it may have written or defined anything. */
static bool is_lost_template(const struct impact_release *release, struct slice file)
{
    for (uint32_t i = 0; i < release->folders->len; i++) {
        struct slice folder = release->folders->entries[i].key;
        if (slice_starts(file, folder) && slice_starts(slice_after(file, folder.len), SLICE("/templates/")))
            return access(file.ptr, F_OK) != 0;
    }
    return false;
}

enum impact_reach impact_reach_of(const struct impact_release *release, const struct slice *files, size_t count)
{
    if (has_any(release->plan_files, files, count) || has_any(release->chart_files, files, count))
        return IMPACT_RELEASE;
    for (size_t i = 0; i < count; i++) {
        if (is_lost_template(release, files[i]))
            return IMPACT_RELEASE;
    }
    for (size_t i = 0; i < release->count; i++) {
        if (impact_touches(&release->objects[i], files, count))
            return IMPACT_OBJECTS;
    }
    return IMPACT_NONE;
}

bool impact_touches(const struct impact_object *object, const struct slice *files, size_t count)
{
    return has_any(object->files, files, count);
}

/* --- what a release depends on ------------------------------------------------------------------------------------- */

/* From the repository's root, as Argo CD's annotation has it: "/charts/web". */
static struct slice from_root(struct slice root, struct slice path)
{
    bool below = root.len && slice_starts(path, root) && path.len > root.len && path.ptr[root.len] == '/';
    return below ? slice_after(path, root.len) : path;
}

static void add_paths(struct arena *a, const struct map *set, const struct map *known, struct slice root,
                      struct list *out)
{
    for (uint32_t i = 0; i < set->len; i++) {
        if (!known || !map_find(known, set->entries[i].key))
            list_add(a, out, value_string(from_root(root, set->entries[i].key)));
    }
}

static bool is_within(struct slice path, struct slice folder)
{
    return slice_starts(path, folder) && path.len > folder.len && path.ptr[folder.len] == '/';
}

/* Folders of subcharts that lie in their parent's need no mention. */
static struct map *outer_folders(struct arena *a, const struct map *folders)
{
    struct map *outer = map_new(a, folders->len);
    for (uint32_t i = 0; i < folders->len; i++) {
        bool inner = false;
        for (uint32_t k = 0; k < folders->len; k++)
            inner |= is_within(folders->entries[i].key, folders->entries[k].key);
        if (!inner)
            map_set(outer, folders->entries[i].key, value_bool(true));
    }
    return outer;
}

struct list *impact_paths(struct arena *a, const struct impact_release *release, struct slice root)
{
    struct list *paths = list_new(a, 8);
    add_paths(a, outer_folders(a, release->folders), NULL, root, paths);
    add_paths(a, release->value_files, NULL, root, paths);
    add_paths(a, release->plan_files, release->value_files, root, paths); /* a state file has values, too */
    return paths;
}
