/*
 * schema_table.h - from an owner and a name to a pointer
 *
 * One hash table serves all that a compiler of JSON Schema looks up by name within something: places within places,
 * resources within documents, anchors within resources. Entries are never removed; the table lives in an arena.
 */
#ifndef YARE_CHART_SCHEMA_TABLE_H
#define YARE_CHART_SCHEMA_TABLE_H

#include "base/arena.h"

struct schema_table_slot {
    const void *owner;
    struct slice name;
    void *content; /* null: the slot is free */
};

struct schema_table {
    struct arena *arena;
    struct schema_table_slot *slots;
    size_t cap; /* a power of two, or 0 */
    size_t count;
};

/* An empty table whose slots live in the arena. */
void schema_table_init(struct schema_table *table, struct arena *a);

/* What was put under (owner, name), or null. */
void *schema_table_get(const struct schema_table *table, const void *owner, struct slice name);

/* Puts a content, not null, under a pair that is not yet there. The bytes of the name are not copied. */
void schema_table_put(struct schema_table *table, const void *owner, struct slice name, void *content);

#endif
