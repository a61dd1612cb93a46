/*
 * map.c - maps as arrays of entries sorted by key
 */
#include "value/value.h"

#include "base/memory.h"

enum {
    LINEAR_SEARCH = 8 /* entries up to which comparing lengths first beats halving */
};

struct map *map_new(struct arena *a, uint32_t cap)
{
    struct map *map = ARENA_NEW(a, struct map);
    map->cap = cap;
    map->entries = cap ? arena_alloc(a, cap * sizeof *map->entries) : NULL;
    map->arena = a;
    return map;
}

struct map *map_nil(void)
{
    static struct map nil = {NULL, 0, 0, VALUE_FROZEN | VALUE_NIL_REF, NULL};
    return &nil;
}

uint32_t map_position(const struct map *map, struct slice key, bool *found)
{
    uint32_t low = 0;
    uint32_t high = map->len;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = slice_compare(map->entries[middle].key, key);
        if (order == 0) {
            *found = true;
            return middle;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *found = false;
    return low;
}

struct value *map_find(const struct map *map, struct slice key)
{
    if (map->len <= LINEAR_SEARCH) {
        for (uint32_t i = 0; i < map->len; i++) {
            if (slice_equal(map->entries[i].key, key))
                return &map->entries[i].value;
        }
        return NULL;
    }
    bool found;
    uint32_t at = map_position(map, key, &found);
    return found ? &map->entries[at].value : NULL;
}

struct value *map_find_text(const struct map *map, const char *key)
{
    return map_find(map, slice_text(key));
}

static void make_room(struct map *map)
{
    if (map->len < map->cap)
        return;
    uint32_t cap = map->cap ? map->cap * 2 : 4;
    map->entries = arena_resize(map->arena, map->entries, map->cap * sizeof *map->entries, cap * sizeof *map->entries);
    map->cap = cap;
}

void map_append(struct map *map, struct slice key, struct value value)
{
    make_room(map);
    map->entries[map->len].key = key;
    map->entries[map->len++].value = value;
}

void map_set(struct map *map, struct slice key, struct value value)
{
    if (map->len == 0 || slice_compare(map->entries[map->len - 1].key, key) < 0) {
        map_append(map, key, value);
        return;
    }
    bool found;
    uint32_t at = map_position(map, key, &found);
    if (!found) {
        make_room(map);
        memmove(map->entries + at + 1, map->entries + at, (map->len - at) * sizeof *map->entries);
        map->entries[at].key = key;
        map->len++;
    }
    map->entries[at].value = value;
}

void map_set_text(struct map *map, const char *key, struct value value)
{
    map_set(map, slice_text(key), value);
}

bool map_remove(struct map *map, struct slice key)
{
    bool found;
    uint32_t at = map_position(map, key, &found);
    if (found) {
        map->len--;
        memmove(map->entries + at, map->entries + at + 1, (map->len - at) * sizeof *map->entries);
    }
    return found;
}

/* Merges two neighbouring sorted runs of entries; on equal keys the left one, which was appended earlier, is first. */
static void merge_runs(const struct entry *from, struct entry *to, size_t left, size_t middle, size_t right)
{
    size_t i = left;
    size_t j = middle;
    for (size_t k = left; k < right; k++) {
        if (i < middle && (j >= right || slice_compare(from[i].key, from[j].key) <= 0))
            to[k] = from[i++];
        else
            to[k] = from[j++];
    }
}

static void insertion_sort(struct entry *entries, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        if (slice_compare(entries[i - 1].key, entries[i].key) <= 0)
            continue;
        struct entry moved = entries[i];
        size_t j = i;
        do {
            entries[j] = entries[j - 1];
            j--;
        } while (j > 0 && slice_compare(entries[j - 1].key, moved.key) > 0);
        entries[j] = moved;
    }
}

enum {
    SORT_RUN = 16
};

/* A stable merge sort; runs of SORT_RUN entries are sorted by insertion first. */
static void sort_entries(struct entry *entries, size_t count)
{
    for (size_t i = 0; i < count; i += SORT_RUN)
        insertion_sort(entries + i, count - i < SORT_RUN ? count - i : SORT_RUN);
    if (count <= SORT_RUN)
        return;
    struct entry *spare = memory_alloc(count * sizeof *spare);
    struct entry *from = entries;
    struct entry *to = spare;
    for (size_t width = SORT_RUN; width < count; width *= 2) {
        for (size_t left = 0; left < count; left += 2 * width) {
            size_t middle = left + width < count ? left + width : count;
            size_t right = left + 2 * width < count ? left + 2 * width : count;
            merge_runs(from, to, left, middle, right);
        }
        struct entry *swap = from;
        from = to;
        to = swap;
    }
    if (from != entries)
        memcpy(entries, from, count * sizeof *entries);
    memory_free(spare);
}

void map_sort(struct map *map, map_duplicate_fn *on_duplicate, void *context)
{
    bool sorted = true;
    for (uint32_t i = 1; i < map->len && sorted; i++)
        sorted = slice_compare(map->entries[i - 1].key, map->entries[i].key) < 0;
    if (sorted)
        return;
    sort_entries(map->entries, map->len);
    uint32_t kept = 0;
    for (uint32_t i = 1; i < map->len; i++) {
        if (slice_equal(map->entries[kept].key, map->entries[i].key)) {
            if (on_duplicate)
                on_duplicate(context, &map->entries[i], &map->entries[kept]);
            map->entries[kept] = map->entries[i];
        } else {
            map->entries[++kept] = map->entries[i];
        }
    }
    map->len = kept + 1;
}

struct map *map_copy(struct arena *a, const struct map *map)
{
    struct map *copy = map_new(a, map->len);
    if (map->len)
        memcpy(copy->entries, map->entries, map->len * sizeof *map->entries);
    copy->len = map->len;
    copy->flags = map->flags & (MAP_ODD_KEYS | MAP_KEY_TWICE);
    return copy;
}
