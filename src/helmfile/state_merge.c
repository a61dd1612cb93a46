/*
 * state_merge.c - documents, parts and bases of state files laid over each other
 */
#include "helmfile/state_merge.h"

bool state_value_is_empty(struct value v)
{
    switch (v.kind) {
    case VALUE_NIL:
        return true;
    case VALUE_BOOL:
        return !v.b;
    case VALUE_INT:
        return v.i == 0;
    case VALUE_FLOAT:
        return v.f == 0;
    case VALUE_STRING:
        return v.len == 0;
    case VALUE_LIST:
        return v.list->len == 0;
    case VALUE_MAP:
        return v.map->len == 0;
    default:
        return false;
    }
}

struct value state_append(struct arena *a, struct value low, struct value high)
{
    if (low.kind != VALUE_LIST || high.kind != VALUE_LIST)
        return high.kind == VALUE_LIST ? high : low;
    struct list *list = list_new(a, low.list->len + high.list->len);
    for (uint32_t i = 0; i < low.list->len; i++)
        list_add(a, list, low.list->items[i]);
    for (uint32_t i = 0; i < high.list->len; i++)
        list_add(a, list, high.list->items[i]);
    return value_from(value_list(list), high.origin);
}

/* The entries of `high` that are not empty over those of `low`; `whole` takes the empty ones, too. */
static struct value merge_keys(struct arena *a, struct value low, struct value high, bool whole)
{
    struct map *map = map_copy(a, low.map);
    for (uint32_t i = 0; i < high.map->len; i++) {
        const struct entry *entry = &high.map->entries[i];
        if (whole || !state_value_is_empty(entry->value))
            map_set(map, entry->key, entry->value);
    }
    return value_from(value_map(map), high.origin);
}

/* One environment of a base and of the file that names it. */
static struct value join_environment(struct arena *a, struct value low, struct value high)
{
    struct value joined = merge_keys(a, low, high, false);
    const struct value *strategy = map_find_text(joined.map, "mergeStrategy");
    bool first_wins = strategy && value_is_string(*strategy) && slice_is(value_slice(*strategy), "fallback");
    static const char *const lists[] = {"values", "secrets"};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        const struct value *below = map_find_text(low.map, lists[i]);
        const struct value *above = map_find_text(high.map, lists[i]);
        if (below && above)
            map_set_text(joined.map, lists[i],
                         first_wins && i == 0 ? state_append(a, *above, *below) : state_append(a, *below, *above));
    }
    return joined;
}

static struct value join_environments(struct arena *a, struct value low, struct value high)
{
    struct map *map = map_copy(a, low.map);
    for (uint32_t i = 0; i < high.map->len; i++) {
        const struct entry *entry = &high.map->entries[i];
        const struct value *below = map_find(map, entry->key);
        bool both = below && below->kind == VALUE_MAP && entry->value.kind == VALUE_MAP;
        map_set(map, entry->key, both ? join_environment(a, *below, entry->value) : entry->value);
    }
    return value_from(value_map(map), high.origin);
}

static struct value merge_field(struct arena *a, struct slice key, struct value low, struct value high,
                                enum state_merge_kind kind)
{
    if (low.kind == VALUE_LIST && high.kind == VALUE_LIST && kind != STATE_MERGE_PARTS)
        return state_append(a, low, high);
    if (low.kind != VALUE_MAP || high.kind != VALUE_MAP)
        return high;
    if (slice_is(key, "environments") && kind == STATE_MERGE_BASES)
        return join_environments(a, low, high);
    bool named = slice_is(key, "environments") || slice_is(key, "templates") ||
                 slice_is(key, "commonLabels") || slice_is(key, "labels");
    return merge_keys(a, low, high, named);
}

struct value state_merge(struct arena *a, struct value low, struct value high, enum state_merge_kind kind)
{
    if (low.kind != VALUE_MAP)
        return high;
    struct map *map = map_copy(a, low.map);
    for (uint32_t i = 0; high.kind == VALUE_MAP && i < high.map->len; i++) {
        const struct entry *entry = &high.map->entries[i];
        const struct value *below = map_find(map, entry->key);
        if (!below)
            map_set(map, entry->key, entry->value);
        else if (!state_value_is_empty(entry->value))
            map_set(map, entry->key, merge_field(a, entry->key, *below, entry->value, kind));
    }
    return value_map(map);
}
