/*
 * accumulate.c - a kustomization with all that it refers to
 */
#include "kustomize/accumulate.h"

#include "base/file.h"
#include "base/limits.h"
#include "golang/strconv.h"
#include "kustomize/configurations.h"
#include "kustomize/crds.h"
#include "kustomize/generate.h"
#include "kustomize/images.h"
#include "kustomize/labels.h"
#include "kustomize/name_affix.h"
#include "kustomize/namespace.h"
#include "kustomize/openapi.h"
#include "kustomize/origin.h"
#include "kustomize/patches.h"
#include "kustomize/plugins.h"
#include "kustomize/replacements.h"
#include "kustomize/replicas.h"
#include "kustomize/shared_pair.h"
#include "kustomize/vars.h"

/* --- the file ----------------------------------------------------------------------------------------------------- */

bool target_load(struct target *t, struct diag *diag)
{
    static const char *const names[] = {"kustomization.yaml", "kustomization.yml", "Kustomization"};
    struct arena *a = t->build->arena;
    const char *found = NULL;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *path = file_join(a, slice_text(t->root->path), slice_text(names[i]));
        if (!file_exists(path) || file_is_directory(path))
            continue;
        if (found)
            return diag_error(diag, "Found multiple kustomization files under: %s\n", t->root->path);
        found = names[i];
    }
    if (!found)
        return diag_error(diag, "unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' "
                                "in directory '%s'", t->root->path);
    struct slice text;
    const char *full;
    if (!root_read(a, t->root, slice_text(found), &text, &full, diag))
        return false;
    t->k = ARENA_NEW(a, struct kustomization);
    t->k->file = full;
    t->k->name = slice_text(found);
    const struct source *source = source_set_keep(t->build->sources, slice_text(full), text);
    return kustomization_read(a, source, source->text, t->root->path, t->k, diag);
}

/* --- resources ---------------------------------------------------------------------------------------------------- */

/* Whether no id comes twice among the resources themselves. */
static bool is_unique(struct arena *a, const struct resource_map *map)
{
    struct resource_map alone = {NULL, 0, 0};
    struct diag ignored;
    diag_init(&ignored);
    bool unique = resource_map_append(a, &alone, map, &ignored);
    diag_release(&ignored);
    return unique;
}

static bool accumulate_file(struct target *t, struct slice path, struct resource_map *out, struct diag *diag)
{
    struct arena *a = t->build->arena;
    struct resource_map read = {NULL, 0, 0};
    struct slice text;
    const char *full;
    if (!root_read(a, t->root, path, &text, &full, diag) ||
        !resource_map_read(a, t->build->sources, text, full, &read, diag)) {
        diag_prefix(diag, "accumulating resources from '%.*s': ", SLICE_ARG(path));
        return false;
    }
    origin_set_file(t, &read, path);
    if (resource_map_append(a, out, &read, diag))
        return true;
    diag_prefix(diag, "%s resources from '%.*s': ", is_unique(a, &read) ? "merging" : "accumulating", SLICE_ARG(path));
    return false;
}

static bool merge_accumulator(struct build *build, struct accumulator *acc, const struct accumulator *more,
                              struct diag *diag)
{
    return resource_map_append(build->arena, &acc->resources, &more->resources, diag) &&
           field_tables_merge(build->arena, &acc->tables, &more->tables, diag) &&
           vars_merge(build->arena, &acc->vars, &more->vars, diag);
}

/* Makes the target of a folder that `t` refers to as `path`. */
static bool load_below(struct target *t, struct slice path, const struct root *root, struct target *below,
                       struct diag *diag)
{
    *below = (struct target){.build = t->build, .root = ARENA_NEW(t->build->arena, struct root), .depth = t->depth + 1};
    *below->root = *root;
    below->provenance = origin_below(t, path);
    if (below->depth > LIMIT_CHART_DEPTH)
        return diag_error(diag, "kustomizations refer to each other too deeply");
    if (target_load(below, diag))
        return openapi_set(below, diag);
    diag_prefix(diag, "couldn't make target for path '%s': ", root->path);
    return false;
}

static bool accumulate_folder(struct target *t, struct slice path, const struct root *root, struct accumulator *acc,
                              struct diag *diag)
{
    struct target below;
    struct accumulator gathered = {.vars = {NULL, 0, 0}};
    if (!load_below(t, path, root, &below, diag))
        return false;
    if (slice_is(below.k->kind, "Component"))
        return diag_error(diag, "expected kind != 'Component' for path '%s'", root->path);
    if (!accumulate_target(&below, &gathered, diag)) {
        diag_prefix(diag, "recursed accumulation of path '%s': ", root->path);
        return false;
    }
    if (merge_accumulator(t->build, acc, &gathered, diag))
        return true;
    diag_prefix(diag, "recursed merging from path '%s': ", root->path);
    return false;
}

/* An entry is a file, or else a folder; both errors are told. */
static bool accumulate_entry(struct target *t, struct slice path, struct accumulator *acc, struct diag *diag)
{
    struct diag as_file;
    struct root root;
    diag_init(&as_file);
    bool done = accumulate_file(t, path, &acc->resources, &as_file);
    if (!done && slice_find(as_file.last->message, SLICE("HTTP Error: ")) < as_file.last->message.len) {
        diag_append(diag, &as_file); /* a server that refuses has no folder either */
    } else if (!done) {
        struct slice why = arena_slice(t->build->arena, as_file.last->message);
        struct diag as_folder;
        diag_init(&as_folder);
        bool opened = root_open_below(t->build->arena, t->root, path, &root, &as_folder);
        done = opened && accumulate_folder(t, path, &root, acc, &as_folder);
        if (!opened && slice_find(why, SLICE("MalformedYAMLError")) < why.len) {
            diag_append(diag, &as_file);
        } else {
            if (!done)
                diag_prefix(&as_folder, "accumulation err='%.*s': ", SLICE_ARG(why));
            diag_append(diag, &as_folder);
        }
        diag_release(&as_folder);
    }
    diag_release(&as_file);
    return done;
}

bool accumulate_resources(struct target *t, const struct texts *paths, struct accumulator *acc, struct diag *diag)
{
    for (size_t i = 0; i < paths->count; i++) {
        if (accumulate_entry(t, paths->items[i], acc, diag))
            continue;
        diag_note(diag, kustomization_place(t->k, paths->items[i]), "'%.*s' is named here", SLICE_ARG(paths->items[i]));
        return false;
    }
    return true;
}

/* --- components --------------------------------------------------------------------------------------------------- */

/* The error in quotes, as Go's %q writes it. */
static bool quote_error(struct diag *diag, const char *what)
{
    struct buffer quoted = BUFFER_INIT;
    go_quote(&quoted, diag->last->message);
    diag->last->message = arena_slice(&diag->arena, SLICE(""));
    diag_prefix(diag, "%s%.*s", what, SLICE_ARG(buffer_slice(&quoted)));
    buffer_release(&quoted);
    return false;
}

/* A component works on what has been gathered so far, and everything is then gathered anew. */
static bool accumulate_component(struct target *t, struct slice path, const struct root *root,
                                 struct accumulator *acc, struct diag *diag)
{
    struct target below;
    struct accumulator gathered = {.vars = {NULL, 0, 0}};
    if (!load_below(t, path, root, &below, diag))
        return false;
    if (!slice_is(below.k->kind, "Component"))
        return diag_error(diag, "expected kind 'Component' for path '%s' but got '%.*s'", root->path,
                          SLICE_ARG(below.k->kind));
    if (!accumulate_target(&below, acc, diag)) {
        diag_prefix(diag, "recursed accumulation of path '%s': ", root->path);
        return false;
    }
    if (merge_accumulator(t->build, &gathered, acc, diag)) {
        *acc = gathered;
        return true;
    }
    diag_prefix(diag, "recursed merging from path '%s': ", root->path);
    return false;
}

static bool accumulate_components(struct target *t, struct accumulator *acc, struct diag *diag)
{
    for (size_t i = 0; i < t->k->components.count; i++) {
        struct slice path = t->k->components.items[i];
        struct root root;
        if (!root_open_below(t->build->arena, t->root, path, &root, diag))
            return quote_error(diag, "loader.New ");
        if (!accumulate_component(t, path, &root, acc, diag))
            return quote_error(diag, "accumulateDirectory: ");
    }
    return true;
}

/* --- a target ----------------------------------------------------------------------------------------------------- */

/* One of the steps that a kustomization's fields ask for. */
struct step {
    transform_fn *run;
    const char *prefix; /* of its errors; null: none */
};

static bool accumulate_own_resources(struct target *t, struct accumulator *acc, struct diag *diag)
{
    return accumulate_resources(t, &t->k->resources, acc, diag);
}

bool target_step_done(struct target *t, struct accumulator *acc, const char *plugin, struct diag *diag)
{
    (void)diag;
    const struct plugin_id id = {.api_version = SLICE("builtin"), .kind = slice_text(plugin)};
    shared_pairs_update(&acc->resources);
    struct provenance here = origin_of_file(t, t->k->name);
    origin_add_transformer(t, &acc->resources, &here, &id);
    resource_map_drop_empty(&acc->resources);
    return true;
}

/* Their order is Kustomize's. */
static const struct step steps[] = {
    {accumulate_own_resources, "accumulating resources: "},
    {configurations_merge, NULL},
    {crds_merge, NULL},
    {generators_run, NULL},
    {accumulate_components, "accumulating components: "},
    {patches_strategic_transform, NULL},
    {patches_transform, NULL},
    {namespace_transform, NULL},
    {name_prefix_transform, NULL},
    {name_suffix_transform, NULL},
    {labels_transform, NULL},
    {annotations_transform, NULL},
    {patches_json6902_transform, NULL},
    {replicas_transform, NULL},
    {images_transform, NULL},
    {replacements_transform, NULL},
    {plugin_transformers_run, NULL},
    {plugin_validators_run, NULL},
    {vars_record, NULL},
};

bool accumulate_target(struct target *t, struct accumulator *acc, struct diag *diag)
{
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        if (steps[i].run(t, acc, diag))
            continue;
        if (steps[i].prefix)
            diag_prefix(diag, "%s", steps[i].prefix);
        return false;
    }
    return true;
}
