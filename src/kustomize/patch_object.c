/*
 * patch_object.c - a patch meets a resource
 *
 * Kustomize keeps the history of a resource in its annotations, where patches see it. A strategic patch that removes
 * the annotations removes the history: a mark stands for it while such a patch is merged. A JSON patch finds the
 * history's own keys there, and they are put back afterwards.
 */
#include "kustomize/patch_object.h"

#include "kustomize/patch_merge.h"

#define PREVIOUS_NAMES "internal.config.kubernetes.io/previousNames"
#define PREVIOUS_NAMESPACES "internal.config.kubernetes.io/previousNamespaces"
#define PREVIOUS_KINDS "internal.config.kubernetes.io/previousKinds"

/* --- strategic patches -------------------------------------------------------------------------------------------- */

static bool has_history(const struct resource *r)
{
    return r->previous_count || r->prefixes.count || r->suffixes.count || r->needs_hash;
}

static void forget_history(struct resource *r)
{
    r->previous_count = 0;
    r->prefixes.count = 0;
    r->suffixes.count = 0;
    r->needs_hash = false;
    r->behavior = BEHAVIOR_CREATE;
}

/* Whether the patch could remove all annotations. */
static bool touches_annotations(const struct resource *patch)
{
    const struct value *metadata = node_field(patch->node, "metadata");
    return !metadata || metadata->kind != VALUE_MAP || node_field(*metadata, "annotations") ||
           node_field(*metadata, "$patch") || node_field(patch->node, "$patch");
}

static void mark_history(struct arena *a, struct resource *r)
{
    struct value *metadata = node_make_map(a, &r->node, "metadata");
    struct value *annotations = metadata ? node_make_map(a, metadata, "annotations") : NULL;
    if (annotations)
        node_set_field(annotations, SLICE(PREVIOUS_NAMES), node_string(SLICE("-")));
}

/* Takes the mark away; false where the patch has done so. */
static bool unmark_history(const struct resource *r)
{
    const struct value *metadata = node_field(r->node, "metadata");
    const struct value *annotations = metadata ? node_field(*metadata, "annotations") : NULL;
    return annotations && annotations->kind == VALUE_MAP && map_remove(annotations->map, SLICE(PREVIOUS_NAMES));
}

static bool merge_nodes(struct build *build, struct resource *r, const struct resource *patch, struct diag *diag)
{
    bool marked = has_history(r) && touches_annotations(patch);
    if (marked)
        mark_history(build->arena, r);
    if (!patch_merge(build->arena, build->sources, &build->schema, &r->node, patch->node, diag))
        return false;
    if (node_is_empty(r->node))
        r->node = value_nil();
    else if (marked && !unmark_history(r))
        forget_history(r);
    return true;
}

bool resource_merge_patch(struct build *build, struct resource *r, const struct resource *patch, struct diag *diag)
{
    struct arena *a = build->arena;
    struct slice name = resource_name(r);
    struct slice namespace = resource_namespace(r);
    struct slice kind = node_text(r->node, "kind");
    if (patch->allows_name_change || patch->allows_kind_change)
        resource_store_id(a, r);
    if (!merge_nodes(build, r, patch, diag))
        return false;
    if (r->node.kind == VALUE_NIL)
        return true;
    if (!patch->allows_kind_change && !slice_equal(node_text(r->node, "kind"), kind))
        resource_set_kind(r, kind);
    if (!patch->allows_name_change && !slice_equal(resource_name(r), name))
        resource_set_name(a, r, name);
    if (namespace.len == 0 || !slice_equal(resource_namespace(r), namespace))
        resource_set_namespace(a, r, namespace);
    return true;
}

struct resource *resource_patch_for(struct arena *a, const struct resource *patch, const struct resource *r)
{
    struct resource *copy = resource_copy(a, patch);
    struct slice api_version = node_text(r->node, "apiVersion");
    resource_set_metadata_map(a, copy, "labels", node_texts(a, resource_metadata_map(patch, "labels")));
    resource_set_metadata_map(a, copy, "annotations", node_texts(a, resource_metadata_map(patch, "annotations")));
    if (!node_field(copy->node, "apiVersion") || !slice_equal(node_text(copy->node, "apiVersion"), api_version))
        node_set_field(&copy->node, SLICE("apiVersion"), node_scalar(api_version));
    return copy;
}

/* --- JSON patches ------------------------------------------------------------------------------------------------- */

static void add_piece(struct buffer *out, struct slice piece)
{
    if (out->len)
        buffer_add_char(out, ',');
    buffer_add(out, piece);
}

/* Puts the history where Kustomize has it. */
static void write_history(struct arena *a, const struct resource *r, struct value *object)
{
    struct buffer names = BUFFER_INIT;
    struct buffer namespaces = BUFFER_INIT;
    struct buffer kinds = BUFFER_INIT;
    for (size_t i = 0; i < r->previous_count; i++) {
        add_piece(&names, r->previous[i].name);
        add_piece(&namespaces, r->previous[i].namespace);
        add_piece(&kinds, r->previous[i].gvk.kind);
    }
    struct value *metadata = node_make_map(a, object, "metadata");
    struct value *annotations = metadata ? node_make_map(a, metadata, "annotations") : NULL;
    struct slice moved[] = {buffer_move(&names, a), buffer_move(&namespaces, a), buffer_move(&kinds, a)};
    if (!annotations)
        return;
    map_set_text(annotations->map, PREVIOUS_NAMES, value_string(moved[0]));
    map_set_text(annotations->map, PREVIOUS_NAMESPACES, value_string(moved[1]));
    map_set_text(annotations->map, PREVIOUS_KINDS, value_string(moved[2]));
}

/* Annotations become texts, whatever the patch made of them, and the history goes. */
static void finish_annotations(struct arena *a, struct resource *r)
{
    struct map *texts = node_texts(a, resource_metadata_map(r, "annotations"));
    map_remove(texts, SLICE(PREVIOUS_NAMES));
    map_remove(texts, SLICE(PREVIOUS_NAMESPACES));
    map_remove(texts, SLICE(PREVIOUS_KINDS));
    resource_set_metadata_map(a, r, "annotations", texts);
}

/* All numbers are as JSON has them. */
static void make_floats(struct value *v)
{
    if (v->kind == VALUE_INT)
        *v = value_from(value_float((double)v->i), v->origin);
    else if (v->kind == VALUE_UINT)
        *v = value_from(value_float((double)v->u), v->origin);
    for (uint32_t i = 0; value_is_map(*v) && i < v->map->len; i++)
        make_floats(&v->map->entries[i].value);
    for (uint32_t i = 0; value_is_list(*v) && i < v->list->len; i++)
        make_floats(&v->list->items[i]);
}

bool resource_apply_json_patch(struct build *build, struct resource *r, const struct json_patch *patch,
                               const struct source *source, struct diag *diag)
{
    struct arena *a = build->arena;
    struct value object;
    struct slice error;
    if (!yaml_node_plain(a, r->node, &object, &error))
        return diag_error_slice(diag, error);
    if (r->previous_count)
        write_history(a, r, &object);
    if (!json_patch_apply(a, patch, source, &object, diag))
        return false;
    if (!value_is_map(object))
        return diag_error(diag, "json: cannot unmarshal array into Go value of type map[string]interface {}");
    make_floats(&object);
    r->node = yaml_node_of(a, object);
    finish_annotations(a, r);
    return true;
}
