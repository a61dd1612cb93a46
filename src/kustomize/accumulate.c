/*
 * accumulate.c - a kustomization with all that it refers to
 */
#include "kustomize/accumulate.h"

#include "base/file.h"
#include "base/limits.h"
#include "codec/yaml_write.h"
#include "golang/strconv.h"
#include "kustomize/configurations.h"
#include "kustomize/crds.h"
#include "kustomize/generate.h"
#include "kustomize/images.h"
#include "kustomize/labels.h"
#include "kustomize/name_affix.h"
#include "kustomize/name_hash.h"
#include "kustomize/name_refs.h"
#include "kustomize/namespace.h"
#include "kustomize/patches.h"
#include "kustomize/plugins.h"
#include "kustomize/replacements.h"
#include "kustomize/replicas.h"
#include "kustomize/sort_order.h"
#include "kustomize/vars.h"

/* --- the file ----------------------------------------------------------------------------------------------------- */

static bool load_kustomization(struct target *t, struct diag *diag)
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
    return kustomization_read(a, source, text, t->root->path, t->k, diag);
}

/* --- resources ---------------------------------------------------------------------------------------------------- */

static bool accumulate_target(struct target *t, struct accumulator *acc, struct diag *diag);

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
    if (resource_map_append(a, out, &read, diag))
        return true;
    diag_prefix(diag, "merging resources from '%.*s': ", SLICE_ARG(path));
    return false;
}

static bool merge_accumulator(struct build *build, struct accumulator *acc, const struct accumulator *more,
                              struct diag *diag)
{
    return resource_map_append(build->arena, &acc->resources, &more->resources, diag) &&
           field_tables_merge(build->arena, &acc->tables, &more->tables, diag) &&
           vars_merge(build->arena, &acc->vars, &more->vars, diag);
}

static bool load_below(struct target *t, const struct root *root, struct target *below, struct diag *diag)
{
    *below = (struct target){.build = t->build, .root = ARENA_NEW(t->build->arena, struct root), .depth = t->depth + 1};
    *below->root = *root;
    if (below->depth > LIMIT_CHART_DEPTH)
        return diag_error(diag, "kustomizations refer to each other too deeply");
    if (load_kustomization(below, diag))
        return true;
    diag_prefix(diag, "couldn't make target for path '%s': ", root->path);
    return false;
}

static bool accumulate_folder(struct target *t, const struct root *root, struct accumulator *acc, struct diag *diag)
{
    struct target below;
    struct accumulator gathered = {.vars = {NULL, 0, 0}};
    if (!load_below(t, root, &below, diag))
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
    if (!done) {
        struct slice why = arena_slice(t->build->arena, as_file.last->message);
        struct diag as_folder;
        diag_init(&as_folder);
        bool opened = root_open_below(t->build->arena, t->root, path, &root, &as_folder);
        done = opened && accumulate_folder(t, &root, acc, &as_folder);
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
        if (!accumulate_entry(t, paths->items[i], acc, diag))
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
static bool accumulate_component(struct target *t, const struct root *root, struct accumulator *acc,
                                 struct diag *diag)
{
    struct target below;
    struct accumulator gathered = {.vars = {NULL, 0, 0}};
    if (!load_below(t, root, &below, diag))
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
        struct root root;
        if (!root_open_below(t->build->arena, t->root, t->k->components.items[i], &root, diag))
            return quote_error(diag, "loader.New ");
        if (!accumulate_component(t, &root, acc, diag))
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
    (void)t;
    (void)plugin;
    (void)diag;
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

static bool accumulate_target(struct target *t, struct accumulator *acc, struct diag *diag)
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

/* --- output ------------------------------------------------------------------------------------------------------- */

static bool is_local(const struct resource *r)
{
    const struct map *annotations = resource_metadata_map(r, "annotations");
    const struct value *v = annotations ? map_find_text(annotations, "config.kubernetes.io/local-config") : NULL;
    return v && !(v->kind == VALUE_STRING && slice_is(value_slice(*v), "false"));
}

/* Annotations end as texts, without Kustomize's own. */
static void finish_annotations(struct arena *a, struct resource *r)
{
    static const char *const own[] = {
        "internal.config.kubernetes.io/path", "internal.config.kubernetes.io/index",
        "internal.config.kubernetes.io/id", "internal.config.kubernetes.io/seqindent",
        "internal.config.kubernetes.io/annotations-migration-resource-id", "config.kubernetes.io/path",
        "config.kubernetes.io/index", "config.k8s.io/id", "config.kubernetes.io/origin",
        "alpha.config.kubernetes.io/transformations"};
    struct map *texts = node_texts(a, resource_metadata_map(r, "annotations"));
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        map_remove(texts, slice_text(own[i]));
    resource_set_metadata_map(a, r, "annotations", texts);
}

static bool write_resources(struct arena *a, const struct resource_map *map, struct buffer *out, struct diag *diag)
{
    bool first = true;
    for (size_t i = 0; i < map->count; i++) {
        struct value plain;
        struct slice error;
        if (is_local(map->items[i]))
            continue;
        finish_annotations(a, map->items[i]);
        if (!first)
            buffer_add_text(out, "---\n");
        first = false;
        if (!yaml_node_plain(a, map->items[i]->node, &plain, &error) || !yaml_write(out, plain, a, &error))
            return diag_error_slice(diag, error);
    }
    return true;
}

static bool sort_resources(const struct target *t, struct resource_map *map, struct diag *diag)
{
    const struct sort_options *sort = t->k->sort;
    struct kind_ranks ranks;
    if (!sort) {
        if (t->build->options->order != ORDER_NONE)
            sort_order_legacy(t->build->arena, map->items, map->count, NULL);
        return true;
    }
    bool fifo = slice_is(sort->order, "fifo");
    if (!fifo && !slice_is(sort->order, "legacy"))
        return diag_error(diag, "the field 'sortOptions.order' must be one of [fifo, legacy]");
    if (fifo && sort->legacy)
        return diag_error(diag, "the field 'sortOptions.legacySortOptions' is set but the selected sort order is "
                                "'fifo', not 'legacy'");
    if (sort->legacy)
        ranks = (struct kind_ranks){sort->legacy->first.items, sort->legacy->first.count, sort->legacy->last.items,
                                    sort->legacy->last.count};
    if (!fifo)
        sort_order_legacy(t->build->arena, map->items, map->count, sort->legacy ? &ranks : NULL);
    return true;
}

/* What is done once, when all is gathered. */
static bool finish(struct target *t, struct accumulator *acc, struct diag *diag)
{
    return name_hashes_add(t->build, &acc->resources, diag) &&
           name_refs_update(t->build, &acc->tables.names, &acc->resources, diag) &&
           vars_resolve(t, acc, diag) && sort_resources(t, &acc->resources, diag);
}

bool kustomize_build(struct arena *a, struct source_set *sources, const char *path,
                     const struct build_options *options, struct buffer *out, struct diag *diag)
{
    struct build build = {.arena = a, .sources = sources, .options = options, .schema = {.arena = a}};
    struct root root;
    struct target t = {.build = &build, .root = &root};
    struct accumulator acc = {.vars = {NULL, 0, 0}};
    field_tables_default(&build.default_tables, a);
    build.regexps = regexp_cache_new();
    bool done = root_open(a, path, options->unrestricted, &root, diag) && load_kustomization(&t, diag) &&
                accumulate_target(&t, &acc, diag) && finish(&t, &acc, diag) &&
                write_resources(a, &acc.resources, out, diag);
    regexp_cache_free(build.regexps);
    return done;
}
