/*
 * list.c - lists of values
 */
#include "value/value.h"

struct list *list_new(struct arena *a, uint32_t cap)
{
    struct list *list = ARENA_NEW(a, struct list);
    list->cap = cap;
    list->items = cap ? arena_alloc(a, cap * sizeof *list->items) : NULL;
    return list;
}

struct list *list_nil(void)
{
    static struct list nil = {NULL, 0, 0, VALUE_FROZEN | VALUE_NIL_REF};
    return &nil;
}

void list_add(struct arena *a, struct list *list, struct value item)
{
    if (list->len == list->cap) {
        uint32_t cap = list->cap ? list->cap * 2 : 4;
        list->items = arena_resize(a, list->items, list->cap * sizeof item, cap * sizeof item);
        list->cap = cap;
    }
    list->items[list->len++] = item;
}

struct value list_of_strings(struct arena *a, const struct slice *items, size_t count)
{
    struct list *list = list_new(a, (uint32_t)count);
    for (size_t i = 0; i < count; i++)
        list_add(a, list, value_string(items[i]));
    return value_list_as(GO_STRINGS, list);
}
