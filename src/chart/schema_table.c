/*
 * schema_table.c - from an owner and a name to a pointer
 *
 * Open addressing with linear probing, at most half full. A chart chooses the names, so the hash is started with the
 * address of the owner, which it does not know.
 */
#include "chart/schema_table.h"

#include "base/hash.h"

static size_t hash_pair(const void *owner, struct slice name)
{
    return (size_t)hash_slice_from((uint64_t)(uintptr_t)owner, name);
}

/* The slot of the pair, or the free one where it belongs. */
static struct schema_table_slot *find_slot(const struct schema_table *table, const void *owner, struct slice name)
{
    size_t at = hash_pair(owner, name) & (table->cap - 1);
    for (;; at = (at + 1) & (table->cap - 1)) {
        struct schema_table_slot *slot = &table->slots[at];
        if (!slot->content || (slot->owner == owner && slice_equal(slot->name, name)))
            return slot;
    }
}

static void grow(struct schema_table *table)
{
    struct schema_table old = *table;
    table->cap = old.cap ? old.cap * 2 : 64;
    table->slots = ARENA_ARRAY(table->arena, struct schema_table_slot, table->cap);
    for (size_t i = 0; i < old.cap; i++) {
        if (old.slots[i].content)
            *find_slot(table, old.slots[i].owner, old.slots[i].name) = old.slots[i];
    }
}

void schema_table_init(struct schema_table *table, struct arena *a)
{
    *table = (struct schema_table){.arena = a};
}

void *schema_table_get(const struct schema_table *table, const void *owner, struct slice name)
{
    return table->cap ? find_slot(table, owner, name)->content : NULL;
}

void schema_table_put(struct schema_table *table, const void *owner, struct slice name, void *content)
{
    if (table->count * 2 >= table->cap)
        grow(table);
    *find_slot(table, owner, name) = (struct schema_table_slot){owner, name, content};
    table->count++;
}
