/*
 * freeze.c - copying, thawing and freezing whole values
 *
 * These recurse as deep as the value is nested; readers bound that depth by LIMIT_VALUE_DEPTH.
 */
#include "value/value.h"

static struct value copy_list(struct arena *a, struct value v, struct value (*copy)(struct arena *, struct value))
{
    if (v.list->flags & VALUE_NIL_REF)
        return v;
    struct list *list = list_new(a, v.list->len);
    list->len = v.list->len;
    for (uint32_t i = 0; i < list->len; i++)
        list->items[i] = copy(a, v.list->items[i]);
    v.list = list;
    return v;
}

static struct value copy_map(struct arena *a, struct value v, struct value (*copy)(struct arena *, struct value))
{
    if (v.map->flags & VALUE_NIL_REF)
        return v;
    struct map *map = map_copy(a, v.map);
    for (uint32_t i = 0; i < map->len; i++)
        map->entries[i].value = copy(a, map->entries[i].value);
    v.map = map;
    return v;
}

struct value value_thaw(struct arena *a, struct value v)
{
    if (v.kind == VALUE_LIST)
        return copy_list(a, v, value_thaw);
    if (v.kind == VALUE_MAP)
        return copy_map(a, v, value_thaw);
    return v;
}

struct value value_copy(struct arena *a, struct value v)
{
    switch (v.kind) {
    case VALUE_STRING:
    case VALUE_BYTES:
        v.s = arena_text(a, value_slice(v));
        return v;
    case VALUE_LIST:
        return copy_list(a, v, value_copy);
    case VALUE_MAP:
        v = copy_map(a, v, value_copy);
        for (uint32_t i = 0; i < v.map->len && !(v.map->flags & VALUE_NIL_REF); i++)
            v.map->entries[i].key = arena_slice(a, v.map->entries[i].key);
        return v;
    default:
        return v;
    }
}

void value_freeze(struct value v)
{
    if (v.kind == VALUE_LIST) {
        for (uint32_t i = 0; i < v.list->len; i++)
            value_freeze(v.list->items[i]);
        if (!(v.list->flags & VALUE_FROZEN))
            v.list->flags |= VALUE_FROZEN;
    } else if (v.kind == VALUE_MAP) {
        for (uint32_t i = 0; i < v.map->len; i++)
            value_freeze(v.map->entries[i].value);
        if (!(v.map->flags & VALUE_FROZEN))
            v.map->flags |= VALUE_FROZEN;
    }
}
