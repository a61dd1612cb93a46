/*
 * accumulate.c - a kustomization with all that it refers to
 */
#include "kustomize/accumulate.h"

#include "base/file.h"
#include "base/limits.h"
#include "codec/yaml_write.h"
#include "kustomize/labels.h"
#include "kustomize/namespace.h"
#include "kustomize/sort_order.h"

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

/* Fields whose work is not done yet: better no output than a wrong one. */
static bool check_supported(const struct kustomization *k, struct diag *diag)
{
    const struct {
        const char *field;
        size_t count;
    } missing[] = {
        {"components", k->components.count},
        {"crds", k->crds.count},
        {"configMapGenerator", k->config_maps.count},
        {"secretGenerator", k->secrets.count},
        {"helmCharts", k->helm_charts.count},
        {"generators", k->generators.count},
        {"transformers", k->transformers.count},
        {"validators", k->validators.count},
        {"patches", k->patches.count},
        {"patchesStrategicMerge", k->patches_strategic_merge.count},
        {"patchesJson6902", k->patches_json6902.count},
        {"namePrefix", k->name_prefix.len},
        {"nameSuffix", k->name_suffix.len},
        {"replicas", k->replicas.count},
        {"images", k->images.count},
        {"replacements", k->replacements.count},
        {"vars", k->vars.count},
        {"configurations", k->configurations.count},
        {"buildMetadata", k->build_metadata.count},
        {"openapi", k->openapi.kind == VALUE_MAP},
    };
    for (size_t i = 0; i < sizeof missing / sizeof missing[0]; i++) {
        if (missing[i].count)
            return diag_error(diag, "%s: the field '%s' is not supported yet", k->file, missing[i].field);
    }
    return true;
}

/* --- resources ---------------------------------------------------------------------------------------------------- */

static bool accumulate_target(struct target *t, unsigned depth, struct resource_map *out, struct diag *diag);

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

static bool accumulate_folder(struct target *t, const struct root *root, unsigned depth, struct resource_map *out,
                              struct diag *diag)
{
    struct arena *a = t->build->arena;
    struct target below = {.build = t->build, .root = ARENA_NEW(a, struct root)};
    *below.root = *root;
    if (!load_kustomization(&below, diag)) {
        diag_prefix(diag, "couldn't make target for path '%s': ", root->path);
        return false;
    }
    if (slice_is(below.k->kind, "Component"))
        return diag_error(diag, "expected kind != 'Component' for path '%s'", root->path);
    struct resource_map gathered = {NULL, 0, 0};
    if (!accumulate_target(&below, depth + 1, &gathered, diag)) {
        diag_prefix(diag, "recursed accumulation of path '%s': ", root->path);
        return false;
    }
    if (resource_map_append(a, out, &gathered, diag))
        return true;
    diag_prefix(diag, "recursed merging from path '%s': ", root->path);
    return false;
}

/* An entry is a file, or else a folder; both errors are told. */
static bool accumulate_entry(struct target *t, struct slice path, unsigned depth, struct resource_map *out,
                             struct diag *diag)
{
    struct diag as_file;
    struct root root;
    diag_init(&as_file);
    bool done = accumulate_file(t, path, out, &as_file);
    if (!done) {
        struct slice why = arena_slice(t->build->arena, as_file.last->message);
        struct diag as_folder;
        diag_init(&as_folder);
        bool opened = root_open_below(t->build->arena, t->root, path, &root, &as_folder);
        done = opened && accumulate_folder(t, &root, depth, out, &as_folder);
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

static bool accumulate_target(struct target *t, unsigned depth, struct resource_map *out, struct diag *diag)
{
    const struct kustomization *k = t->k;
    if (depth > LIMIT_CHART_DEPTH)
        return diag_error(diag, "kustomizations refer to each other too deeply");
    if (!check_supported(k, diag))
        return false;
    for (size_t i = 0; i < k->resources.count; i++) {
        if (!accumulate_entry(t, k->resources.items[i], depth, out, diag)) {
            diag_prefix(diag, "accumulating resources: ");
            return false;
        }
    }
    return namespace_transform(t->build, k, out, diag) && labels_transform(t->build, k, out, diag);
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

bool kustomize_build(struct arena *a, struct source_set *sources, const char *path,
                     const struct build_options *options, struct buffer *out, struct diag *diag)
{
    struct build build = {.arena = a, .sources = sources, .options = options, .schema = {.arena = a}};
    struct root root;
    struct target t = {.build = &build, .root = &root};
    struct resource_map gathered = {NULL, 0, 0};
    field_tables_default(&build.default_tables, a);
    return root_open(a, path, options->unrestricted, &root, diag) && load_kustomization(&t, diag) &&
           accumulate_target(&t, 0, &gathered, diag) && sort_resources(&t, &gathered, diag) &&
           write_resources(a, &gathered, out, diag);
}
