/*
 * builder.c - a kustomization's objects, finished
 *
 * What can only be done when everything is gathered: names get their hashes, references follow, vars get their values,
 * objects get their order.
 */
#include "kustomize/builder.h"

#include "kustomize/accumulate.h"
#include "kustomize/name_hash.h"
#include "kustomize/name_refs.h"
#include "kustomize/openapi.h"
#include "kustomize/origin.h"
#include "kustomize/output.h"
#include "kustomize/sort_order.h"
#include "kustomize/vars.h"

#define MANAGED_BY_LABEL "app.kubernetes.io/managed-by"
#define MANAGED_BY "kustomize-v5.7.1"

static bool is_local(const struct resource *r)
{
    const struct map *annotations = resource_metadata_map(r, "annotations");
    const struct value *v = annotations ? map_find_text(annotations, "config.kubernetes.io/local-config") : NULL;
    return v && !(v->kind == VALUE_STRING && slice_is(value_slice(*v), "false"));
}

/* Annotations end as texts, without Kustomize's own that nobody asked for. */
static void finish_annotations(const struct target *t, struct resource *r)
{
    static const char *const own[] = {
        "internal.config.kubernetes.io/path", "internal.config.kubernetes.io/index",
        "internal.config.kubernetes.io/id", "internal.config.kubernetes.io/seqindent",
        "internal.config.kubernetes.io/annotations-migration-resource-id", "config.kubernetes.io/path",
        "config.kubernetes.io/index", "config.k8s.io/id"};
    struct arena *a = t->build->arena;
    struct map *texts = node_texts(a, resource_metadata_map(r, "annotations"));
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        map_remove(texts, slice_text(own[i]));
    if (!kustomization_wants(t->k, "originAnnotations"))
        map_remove(texts, SLICE(ORIGIN_ANNOTATION));
    if (!kustomization_wants(t->k, "transformerAnnotations"))
        map_remove(texts, SLICE(TRANSFORMATIONS_ANNOTATION));
    resource_set_metadata_map(a, r, "annotations", texts);
}

/* Transformers may have taken an object its kind or name. */
static bool drop_local(struct arena *a, struct resource_map *map, struct diag *diag)
{
    size_t kept = 0;
    for (size_t i = 0; i < map->count; i++) {
        struct resource *r = map->items[i];
        if (!resource_check(a, r, diag))
            return false;
        if (!is_local(r))
            map->items[kept++] = r;
    }
    map->count = kept;
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
    if (t->build->options->order != ORDER_UNSET)
        diag_warning(diag, "Warning: Sorting order is set both in 'kustomization.yaml' ('sortOptions') and in a CLI "
                           "flag ('--reorder'). Using the kustomization file over the CLI flag.");
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

static void set_managed_by(struct arena *a, struct resource *r)
{
    struct value *metadata = node_make_map(a, &r->node, "metadata");
    struct value *labels = metadata ? node_make_map(a, metadata, "labels") : NULL;
    if (labels)
        node_set_field(labels, SLICE(MANAGED_BY_LABEL), node_string(SLICE(MANAGED_BY)));
}

static bool finish(struct target *t, struct accumulator *acc, struct diag *diag)
{
    struct resource_map *map = &acc->resources;
    if (!name_hashes_add(t->build, map, diag) || !name_refs_update(t->build, &acc->tables.names, map, diag) ||
        !vars_resolve(t, acc, diag) || !drop_local(t->build->arena, map, diag) || !sort_resources(t, map, diag))
        return false;
    bool managed = t->build->options->managed_by_label || kustomization_wants(t->k, "managedByLabel");
    for (size_t i = 0; i < map->count; i++) {
        if (managed)
            set_managed_by(t->build->arena, map->items[i]);
        finish_annotations(t, map->items[i]);
    }
    return true;
}

bool kustomization_build(struct arena *a, struct source_set *sources, const char *path,
                     const struct build_options *options, struct resource_map *out, struct diag *diag)
{
    static const struct provenance here = {.path = {NULL, 0}};
    struct build build = {.arena = a, .sources = sources, .options = options, .schema = {.arena = a}};
    struct root root;
    struct target t = {.build = &build, .root = &root};
    struct accumulator acc = {.vars = {NULL, 0, 0}};
    field_tables_default(&build.default_tables, a);
    build.regexps = regexp_cache_new();
    bool done = root_open(a, path, options->unrestricted, &root, diag) && target_load(&t, diag) &&
                (!options->edit || options->edit(options->edit_context, &build, t.k, diag)) && openapi_set(&t, diag);
    if (done && t.k->build_metadata.count)
        t.provenance = &here;
    done = done && accumulate_target(&t, &acc, diag) && finish(&t, &acc, diag);
    regexp_cache_free(build.regexps);
    if (done)
        *out = acc.resources;
    return done;
}

bool kustomization_build_text(struct arena *a, struct source_set *sources, const char *path,
                              const struct build_options *options, struct buffer *out, struct diag *diag)
{
    struct resource_map map = {NULL, 0, 0};
    return kustomization_build(a, sources, path, options, &map, diag) && output_write(a, &map, out, diag);
}
