/*
 * resource_map.c - the resources of a kustomization in their order
 */
#include "kustomize/resource_map.h"

#include "base/hash.h"
#include "kustomize/origin.h"

void resource_map_push(struct arena *a, struct resource_map *map, struct resource *r)
{
    map->items = arena_room(a, map->items, map->count, &map->cap, sizeof *map->items);
    map->items[map->count++] = r;
}

void resource_map_drop_empty(struct resource_map *map)
{
    size_t kept = 0;
    for (size_t i = 0; i < map->count; i++) {
        if (!node_is_empty(map->items[i]->node))
            map->items[kept++] = map->items[i];
    }
    map->count = kept;
}

/* --- adding ------------------------------------------------------------------------------------------------------- */

/* Ids by hash, open addressing. */
struct id_index {
    struct res_id *slots;
    size_t cap; /* a power of two */
};

static uint64_t id_hash(const struct res_id *id)
{
    return hash_slice(id->name) * 31 + hash_slice(id->gvk.kind) * 7 + hash_slice(res_id_effective_namespace(id));
}

/* False where an equal id is there. */
static bool index_add(struct id_index *index, const struct res_id *id)
{
    size_t at = id_hash(id) & (index->cap - 1);
    for (; index->slots[at].gvk.kind.ptr; at = (at + 1) & (index->cap - 1)) {
        if (res_id_equal(&index->slots[at], id))
            return false;
    }
    index->slots[at] = *id;
    if (!id->gvk.kind.ptr)
        index->slots[at].gvk.kind.ptr = "";
    return true;
}

bool resource_map_append(struct arena *a, struct resource_map *map, const struct resource_map *more,
                         struct diag *diag)
{
    struct id_index index = {NULL, 16};
    while (index.cap < (map->count + more->count) * 2)
        index.cap *= 2;
    index.slots = ARENA_ARRAY(a, struct res_id, index.cap);
    for (size_t i = 0; i < map->count; i++) {
        struct res_id id = resource_id(map->items[i]);
        index_add(&index, &id);
    }
    for (size_t i = 0; i < more->count; i++) {
        struct res_id id = resource_id(more->items[i]);
        if (!index_add(&index, &id)) {
            struct slice text = res_id_text(a, &id);
            return diag_error(diag, "may not add resource with an already registered id: %.*s", SLICE_ARG(text));
        }
        resource_map_push(a, map, more->items[i]);
    }
    return true;
}

/* --- finding ------------------------------------------------------------------------------------------------------ */

bool resource_has_id(const struct resource *r, const struct res_id *id)
{
    struct res_id now = resource_id(r);
    if (res_id_equal(id, &now))
        return true;
    for (size_t i = 0; i < r->previous_count; i++) {
        struct res_id before = resource_previous_id(r, i);
        if (res_id_equal(id, &before))
            return true;
    }
    return false;
}

struct resource *resource_map_find(struct arena *a, const struct resource_map *map, const struct res_id *id,
                                   struct diag *diag)
{
    struct resource *found = NULL;
    bool several = false;
    for (size_t i = 0; i < map->count; i++) {
        if (node_is_empty(map->items[i]->node) || !resource_has_id(map->items[i], id))
            continue;
        several |= found != NULL;
        found = map->items[i];
    }
    if (found && !several)
        return found;
    struct slice text = res_id_text(a, id);
    diag_error(diag, "%s matches for Id %.*s; failed to find unique target for patch %.*s",
               several ? "multiple" : "no", SLICE_ARG(text), SLICE_ARG(text));
    return NULL;
}

/* --- absorbing ---------------------------------------------------------------------------------------------------- */

/* data or binaryData of both, the new one's entries winning, as texts. */
static void merge_data(struct arena *a, struct resource *r, const struct resource *old, const char *field)
{
    const struct value *low = node_field(old->node, field);
    const struct value *high = node_field(r->node, field);
    struct map *merged = node_texts(a, low && low->kind == VALUE_MAP ? low->map : NULL);
    const struct map *texts = node_texts(a, high && high->kind == VALUE_MAP ? high->map : NULL);
    for (uint32_t i = 0; i < texts->len; i++)
        map_set(merged, texts->entries[i].key, texts->entries[i].value);
    map_remove(r->node.map, slice_text(field));
    if (merged->len)
        map_set_text(r->node.map, field, value_map(merged));
}

/* An id as Go's %#v prints it. */
static struct slice id_as_struct(struct arena *a, const struct res_id *id)
{
    return arena_printf(a, "resid.ResId{Gvk:resid.Gvk{Group:\"%.*s\", Version:\"%.*s\", Kind:\"%.*s\", "
                           "isClusterScoped:%s}, Name:\"%.*s\", Namespace:\"%.*s\"}",
                        SLICE_ARG(id->gvk.group), SLICE_ARG(id->gvk.version), SLICE_ARG(id->gvk.kind),
                        id->gvk.cluster_scoped ? "true" : "false", SLICE_ARG(id->name), SLICE_ARG(id->namespace));
}

static bool absorb_one(struct arena *a, struct resource_map *map, struct resource *r, struct diag *diag)
{
    struct res_id id = resource_id(r);
    size_t matches = 0;
    size_t at = 0;
    for (size_t i = 0; i < map->count; i++) {
        if (node_is_empty(map->items[i]->node) || !resource_has_id(map->items[i], &id))
            continue;
        at = i;
        matches++;
    }
    struct slice text = matches > 1 ? res_id_text(a, &id) : id_as_struct(a, &id);
    if (matches > 1)
        return diag_error(diag, "found multiple objects that could accept merge of %.*s", SLICE_ARG(text));
    if (matches == 0) {
        if (r->behavior != BEHAVIOR_CREATE)
            return diag_error(diag, "id %.*s does not exist; cannot merge or replace", SLICE_ARG(text));
        resource_map_push(a, map, r);
        return true;
    }
    struct resource *old = map->items[at];
    enum behavior behavior = r->behavior;
    if (behavior == BEHAVIOR_CREATE)
        return diag_error(diag, "id %.*s exists; behavior must be merge or replace", SLICE_ARG(text));
    struct slice origin = origin_of(old);
    resource_take_metadata(a, r, old);
    if (behavior == BEHAVIOR_MERGE) {
        merge_data(a, r, old, "data");
        merge_data(a, r, old, "binaryData");
        origin_set(a, r, origin);
    }
    map->items[at] = r;
    return true;
}

bool resource_map_absorb(struct arena *a, struct resource_map *map, const struct resource_map *more,
                         struct diag *diag)
{
    for (size_t i = 0; i < more->count; i++) {
        if (!absorb_one(a, map, more->items[i], diag))
            return false;
    }
    return true;
}
