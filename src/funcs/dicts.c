/*
 * dicts.c - making, changing and merging maps
 *
 * Maps are shared by reference as in Go: set, unset and merge change the map they are given and return it, and a
 * merge may put the source's own inner maps and lists into the destination, so that a later change shows in both.
 * Where Go leaves the order of keys to chance it is the keys' byte order here. A frozen map belongs to several
 * releases and is never written to; the engine hands out thawed ones.
 */
#include "funcs/groups.h"

#include "base/limits.h"
#include "value/convert.h"
#include "value/object.h"

static struct map *arg_map(const struct call *call, int index)
{
    return call->args[index].map;
}

static struct slice arg_text(const struct call *call, int index)
{
    return value_slice(call->args[index]);
}

static bool give_map(struct value *out, struct map *map)
{
    *out = value_map(map);
    return true;
}

static bool check_mutable(struct call *call, const struct map *map)
{
    if (map->flags & VALUE_NIL_REF)
        return call_error(call, "assignment to entry in nil map");
    if (map->flags & VALUE_FROZEN)
        return call_error(call, "%s: the map is shared and must not be changed", call->name);
    return true;
}

/* --- one map -------------------------------------------------------------------------------------------------- */

static bool fn_dict(struct call *call, struct value *out)
{
    struct map *map = map_new(call->arena, (uint32_t)(call->count + 1) / 2);
    for (int i = 0; i < call->count; i += 2) {
        bool has_value = i + 1 < call->count;
        map_append(map, convert_text(call->arena, call->args[i]), has_value ? call->args[i + 1] : value_text(""));
    }
    map_sort(map, NULL, NULL);
    return give_map(out, map);
}

static bool fn_get(struct call *call, struct value *out)
{
    const struct value *found = map_find(arg_map(call, 0), arg_text(call, 1));
    *out = found ? *found : value_text("");
    return true;
}

static bool fn_set(struct call *call, struct value *out)
{
    struct map *map = arg_map(call, 0);
    if (!check_mutable(call, map))
        return false;
    map_set(map, arg_text(call, 1), call->args[2]);
    return give_map(out, map);
}

static bool fn_unset(struct call *call, struct value *out)
{
    struct map *map = arg_map(call, 0);
    if (map_find(map, arg_text(call, 1))) {
        if (!check_mutable(call, map))
            return false;
        map_remove(map, arg_text(call, 1));
    }
    return give_map(out, map);
}

static bool fn_hasKey(struct call *call, struct value *out)
{
    *out = value_bool(map_find(arg_map(call, 0), arg_text(call, 1)) != NULL);
    return true;
}

static bool fn_pick(struct call *call, struct value *out)
{
    const struct map *map = arg_map(call, 0);
    struct map *picked = map_new(call->arena, (uint32_t)(call->count - 1));
    for (int i = 1; i < call->count; i++) {
        const struct value *found = map_find(map, arg_text(call, i));
        if (found)
            map_append(picked, arg_text(call, i), *found);
    }
    map_sort(picked, NULL, NULL);
    return give_map(out, picked);
}

static bool fn_omit(struct call *call, struct value *out)
{
    struct map *kept = map_copy(call->arena, arg_map(call, 0));
    for (int i = 1; i < call->count; i++)
        map_remove(kept, arg_text(call, i));
    return give_map(out, kept);
}

/* --- several maps --------------------------------------------------------------------------------------------- */

static bool fn_pluck(struct call *call, struct value *out)
{
    struct list *list = list_new(call->arena, (uint32_t)(call->count - 1));
    for (int i = 1; i < call->count; i++) {
        const struct value *found = map_find(arg_map(call, i), arg_text(call, 0));
        if (found)
            list_add(call->arena, list, *found);
    }
    *out = value_list(list);
    return true;
}

static bool fn_keys(struct call *call, struct value *out)
{
    struct list *list = list_new(call->arena, call->count ? arg_map(call, 0)->len : 0);
    for (int i = 0; i < call->count; i++) {
        const struct map *map = arg_map(call, i);
        for (uint32_t j = 0; j < map->len; j++)
            list_add(call->arena, list, value_string(map->entries[j].key));
    }
    *out = value_list_as(GO_STRINGS, list);
    return true;
}

static bool fn_values(struct call *call, struct value *out)
{
    const struct map *map = arg_map(call, 0);
    struct list *list = list_new(call->arena, map->len);
    for (uint32_t i = 0; i < map->len; i++)
        list_add(call->arena, list, map->entries[i].value);
    *out = value_list(list);
    return true;
}

/* --- dig ------------------------------------------------------------------------------------------------------ */

/* The error of a Go type assertion that fails. */
static bool wrong_type(struct call *call, struct value v, const char *wanted)
{
    const char *is = v.kind == VALUE_NIL ? "nil" : value_type_name(v);
    return call_error(call, "interface conversion: interface {} is %s, not %s", is, wanted);
}

/* The type assertion to map[string]interface {}; a named map type is another type. */
static bool take_plain_map(struct call *call, struct value v, struct map **map)
{
    if (v.kind != VALUE_MAP || v.type != GO_MAP)
        return wrong_type(call, v, "map[string]interface {}");
    *map = v.map;
    return true;
}

/* dig key… default map */
static bool fn_dig(struct call *call, struct value *out)
{
    struct map *map = NULL;
    int keys = call->count - 2;
    if (keys < 1)
        return call_error(call, "dig needs at least three arguments");
    if (!take_plain_map(call, call->args[keys + 1], &map))
        return false;
    for (int i = 0; i < keys; i++) {
        if (!value_is_string(call->args[i]))
            return wrong_type(call, call->args[i], "string");
    }
    for (int i = 0; i < keys; i++) {
        const struct value *step = map_find(map, arg_text(call, i));
        *out = step ? *step : call->args[keys];
        if (!step)
            return true;
        if (i + 1 < keys && !take_plain_map(call, *step, &map))
            return false;
    }
    return true;
}

/* --- merging -------------------------------------------------------------------------------------------------- */

struct merging {
    struct call *call;
    bool overwrite; /* the source wins */
    bool mismatch;  /* it failed by mergo's own error, which merge and mergeOverwrite swallow */
};

static bool has_kind(struct value v, const char *kind)
{
    return strcmp(value_kind_name(v), kind) == 0;
}

/* One map being merged into another. */
struct merge_pair {
    struct map *dst;
    struct map *src;
    bool mistyped; /* Go's map[string]string takes nothing from a map of interfaces */
};

static bool merge_into(struct merging *m, struct merge_pair pair, int depth);

/* Merges what a key holds on both sides where the source has a map or an object. Anything but two maps stays as it
   is, but a pointer that had to take in a map is an error. */
static bool merge_below(struct merging *m, const struct value *dst, const struct value *src, int depth)
{
    if (dst->kind == VALUE_MAP && src->kind == VALUE_MAP) {
        bool mistyped = dst->type == GO_STRING_MAP && src->type != GO_STRING_MAP;
        return value_is_nil(*dst) || merge_into(m, (struct merge_pair){dst->map, src->map, mistyped}, depth + 1);
    }
    if (m->overwrite || !has_kind(*dst, "ptr") || has_kind(*src, "ptr"))
        return true;
    m->mismatch = true;
    return call_error(m->call, "src and dst must be of same type");
}

static bool merge_set(struct merging *m, const struct merge_pair *pair, struct entry entry)
{
    if (pair->mistyped)
        return call_error(m->call, "reflect.Value.SetMapIndex: value of type interface {} is not assignable to "
                                   "type string");
    if (!check_mutable(m->call, pair->dst))
        return false;
    map_set(pair->dst, entry.key, entry.value);
    return true;
}

static bool merge_entry(struct merging *m, const struct merge_pair *pair, const struct entry *entry, int depth)
{
    const struct value *src = &entry->value;
    if (src->kind == VALUE_NIL)
        return !m->overwrite || merge_set(m, pair, *entry);
    const struct value *dst = map_find(pair->dst, entry->key);
    if (!dst || dst->kind == VALUE_NIL)
        return merge_set(m, pair, *entry);
    if ((src->kind == VALUE_MAP || src->kind == VALUE_OBJECT) && !merge_below(m, dst, src, depth))
        return false;
    /* an inner map that was empty and has just been filled is kept, too */
    bool keeps = !m->overwrite || (src->kind == VALUE_MAP && dst->kind == VALUE_MAP);
    return (keeps && !convert_is_empty(*dst)) || merge_set(m, pair, *entry);
}

static bool merge_into(struct merging *m, struct merge_pair pair, int depth)
{
    if (depth > LIMIT_VALUE_DEPTH)
        return call_error(m->call, "%s: maps are nested more than %d deep", m->call->name, LIMIT_VALUE_DEPTH);
    if (pair.dst == pair.src)
        return true;
    for (uint32_t i = 0; i < pair.src->len; i++) {
        if (!merge_entry(m, &pair, &pair.src->entries[i], depth))
            return false;
    }
    return true;
}

/* Merges all further arguments into the first. A nil destination becomes a new map. */
static bool merge_all(struct merging *m, struct value *out)
{
    struct map *dst = arg_map(m->call, 0);
    for (int i = 1; i < m->call->count; i++) {
        struct map *src = arg_map(m->call, i);
        if (dst->flags & VALUE_NIL_REF && !(src->flags & VALUE_NIL_REF))
            dst = map_new(m->call->arena, src->len);
        if (!merge_into(m, (struct merge_pair){dst, src, false}, 0))
            return false;
    }
    return give_map(out, dst);
}

/* mergo's errors give an empty string; what would be a panic in it is an error all the same. */
static bool merge_leniently(struct merging *m, struct value *out)
{
    if (merge_all(m, out))
        return true;
    *out = value_text("");
    return m->mismatch;
}

static bool fn_merge(struct call *call, struct value *out)
{
    return merge_leniently(&(struct merging){.call = call}, out);
}

static bool fn_mustMerge(struct call *call, struct value *out)
{
    return merge_all(&(struct merging){.call = call}, out);
}

static bool fn_mergeOverwrite(struct call *call, struct value *out)
{
    return merge_leniently(&(struct merging){.call = call, .overwrite = true}, out);
}

static bool fn_mustMergeOverwrite(struct call *call, struct value *out)
{
    return merge_all(&(struct merging){.call = call, .overwrite = true}, out);
}

/* --- copying -------------------------------------------------------------------------------------------------- */

static bool copy_deeply(struct call *call, struct value v, int depth, struct value *out);

static bool copy_items(struct call *call, const struct list *list, int depth, struct list **out)
{
    struct list *copy = list_new(call->arena, list->len);
    for (uint32_t i = 0; i < list->len; i++) {
        struct value item;
        if (!copy_deeply(call, list->items[i], depth, &item))
            return false;
        list_add(call->arena, copy, item);
    }
    *out = copy;
    return true;
}

static bool copy_entries(struct call *call, const struct map *map, int depth, struct map **out)
{
    struct map *copy = map_copy(call->arena, map);
    for (uint32_t i = 0; i < copy->len; i++) {
        if (!copy_deeply(call, map->entries[i].value, depth, &copy->entries[i].value))
            return false;
    }
    *out = copy;
    return true;
}

/* A map may contain itself, so the depth is bounded. */
static bool copy_deeply(struct call *call, struct value v, int depth, struct value *out)
{
    *out = v;
    if (depth > LIMIT_VALUE_DEPTH)
        return call_error(call, "%s: the value is nested more than %d deep", call->name, LIMIT_VALUE_DEPTH);
    if (value_is_nil(v))
        return true;
    if (v.kind == VALUE_LIST)
        return copy_items(call, v.list, depth + 1, &out->list);
    if (v.kind == VALUE_MAP)
        return copy_entries(call, v.map, depth + 1, &out->map);
    if (v.kind == VALUE_OBJECT && v.object->type->deep_copy)
        *out = value_from(v.object->type->deep_copy(v, call->arena), v.origin);
    return true;
}

static bool fn_deepCopy(struct call *call, struct value *out)
{
    if (call->args[0].kind == VALUE_NIL)
        return call_error(call, "reflect: call of reflect.Value.Type on zero Value");
    return copy_deeply(call, call->args[0], 0, out);
}

const struct function functions_dicts[] = {
    {"dict", "a*", fn_dict, "A map from keys and values in turn.", "dict \"a\" 1 \"b\" 2", "map[a:1 b:2]"},
    {"get", "ms", fn_get, "The value of a key, or an empty string.", "get (dict \"a\" 1) \"a\"", "1"},
    {"set", "msa", fn_set, "Sets a key and returns the map.", "set (dict) \"a\" 1", "map[a:1]"},
    {"unset", "ms", fn_unset, "Removes a key and returns the map.", "unset (dict \"a\" 1 \"b\" 2) \"a\"", "map[b:2]"},
    {"hasKey", "ms", fn_hasKey, "Whether the map has the key.", "hasKey (dict \"a\" 1) \"a\"", "true"},
    {"pluck", "sm*", fn_pluck, "The values that several maps have for a key.",
     "pluck \"a\" (dict \"a\" 1) (dict \"a\" 2)", "[1 2]"},
    {"pick", "ms*", fn_pick, "A new map with the given keys only.", "pick (dict \"a\" 1 \"b\" 2) \"a\"", "map[a:1]"},
    {"omit", "ms*", fn_omit, "A new map without the given keys.", "omit (dict \"a\" 1 \"b\" 2) \"a\"", "map[b:2]"},
    {"keys", "m*", fn_keys, "The keys of the maps.", "keys (dict \"a\" 1 \"b\" 2)", "[a b]"},
    {"values", "m", fn_values, "The values of the map.", "values (dict \"a\" 1 \"b\" 2)", "[1 2]"},
    {"dig", "a*", fn_dig, "The value at a path of keys, or the default.", "dig \"a\" \"b\" 0 (dict \"a\" (dict \"b\" 1))",
     "1"},
    {"merge", "mm*", fn_merge, "Fills empty and missing keys of the first map from the others.",
     "merge (dict \"a\" 1) (dict \"a\" 2 \"b\" 3)", "map[a:1 b:3]"},
    {"mustMerge", "mm*", fn_mustMerge, "The same as merge, failing where that gives an empty string.",
     "mustMerge (dict \"a\" 1) (dict \"a\" 2 \"b\" 3)", "map[a:1 b:3]"},
    {"mergeOverwrite", "mm*", fn_mergeOverwrite, "Sets the keys of the other maps in the first.",
     "mergeOverwrite (dict \"a\" 1) (dict \"a\" 2 \"b\" 3)", "map[a:2 b:3]"},
    {"mustMergeOverwrite", "mm*", fn_mustMergeOverwrite, "The same as mergeOverwrite, failing where that gives \"\".",
     "mustMergeOverwrite (dict \"a\" 1) (dict \"a\" 2 \"b\" 3)", "map[a:2 b:3]"},
    {"deepCopy", "a", fn_deepCopy, "A copy that shares no map or list.", "deepCopy (dict \"a\" 1)", "map[a:1]"},
    {"mustDeepCopy", "a", fn_deepCopy, "The same as deepCopy.", "mustDeepCopy (dict \"a\" 1)", "map[a:1]"},
    {NULL, NULL, NULL, NULL, NULL, NULL},
};
