/*
 * likeness.c - how much two values have in common
 */
#include "report/likeness.h"

#include "base/hash.h"
#include "report/same.h"

#include <stdlib.h>

void leaves_add(struct arena *a, struct leaves *leaves, struct value v, uint64_t path)
{
    if (value_is_map(v)) {
        for (uint32_t i = 0; i < v.map->len; i++)
            leaves_add(a, leaves, v.map->entries[i].value,
                       (path ^ hash_slice(v.map->entries[i].key)) * 0x100000001B3u);
        return;
    }
    if (value_is_list(v)) {
        for (uint32_t i = 0; i < v.list->len; i++)
            leaves_add(a, leaves, v.list->items[i], path + 1);
        return;
    }
    if (leaves->count == leaves->cap) {
        size_t cap = leaves->cap ? leaves->cap * 2 : 32;
        leaves->hashes = arena_resize(a, leaves->hashes, leaves->cap * sizeof(uint64_t), cap * sizeof(uint64_t));
        leaves->cap = cap;
    }
    leaves->hashes[leaves->count++] = path ^ same_hash(v);
}

static int compare_hashes(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a;
    uint64_t y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

void leaves_sort(struct leaves *leaves)
{
    if (leaves->count)
        qsort(leaves->hashes, leaves->count, sizeof *leaves->hashes, compare_hashes);
}

unsigned leaves_likeness(const struct leaves *a, const struct leaves *b)
{
    size_t i = 0;
    size_t j = 0;
    size_t common = 0;
    while (i < a->count && j < b->count) {
        int order = compare_hashes(&a->hashes[i], &b->hashes[j]);
        common += order == 0;
        i += order <= 0;
        j += order >= 0;
    }
    size_t all = a->count + b->count - common;
    return all ? (unsigned)(common * 100 / all) : 100;
}
