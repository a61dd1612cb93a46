/*
 * shared_pair.c - labels and annotations that are one node in several maps
 */
#include "kustomize/shared_pair.h"

void shared_maps_add(struct arena *a, struct shared_maps *maps, struct map *map)
{
    maps->items = arena_room(a, maps->items, maps->count, &maps->cap, sizeof *maps->items);
    maps->items[maps->count++] = map;
}

static bool is_of_metadata(const struct resource *r, const struct map *map)
{
    return map == resource_metadata_map(r, "labels") || map == resource_metadata_map(r, "annotations");
}

void shared_pair_note(struct arena *a, struct resource *r, struct slice key, const struct shared_maps *maps)
{
    if (maps->count < 2)
        return;
    struct shared_pair pair = {.key = key, .text = *map_find(maps->items[0], key)};
    pair.maps = ARENA_ARRAY(a, struct map *, maps->count);
    for (int metadata = 1; metadata >= 0; metadata--) {
        for (size_t i = 0; i < maps->count; i++) {
            if (is_of_metadata(r, maps->items[i]) == (metadata == 1))
                pair.maps[pair.count++] = maps->items[i];
        }
    }
    r->shared = arena_room(a, r->shared, r->shared_count, &r->shared_cap, sizeof *r->shared);
    r->shared[r->shared_count++] = pair;
}

static bool is_same(struct value a, struct value b)
{
    return a.kind == b.kind && a.bits == b.bits && a.len == b.len && a.s == b.s;
}

static void update_pair(struct shared_pair *pair)
{
    struct value text = pair->text;
    for (size_t i = 0; i < pair->count; i++) {
        const struct value *v = map_find(pair->maps[i], pair->key);
        if (v && v->kind == VALUE_STRING && !is_same(*v, pair->text))
            text = *v;
    }
    if (is_same(text, pair->text))
        return;
    pair->text = text;
    for (size_t i = 0; i < pair->count; i++) {
        struct value *v = map_find(pair->maps[i], pair->key);
        if (v)
            *v = text;
    }
}

void shared_pairs_update(const struct resource_map *map)
{
    for (size_t i = 0; i < map->count; i++) {
        for (size_t j = 0; j < map->items[i]->shared_count; j++)
            update_pair(&map->items[i]->shared[j]);
    }
}
