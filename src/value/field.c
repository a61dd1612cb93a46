/*
 * field.c - members of a value that may be anything
 */
#include "value/field.h"

struct value field_value(struct value map, const char *key)
{
    const struct value *v = map.kind == VALUE_MAP ? map_find_text(map.map, key) : NULL;
    return v ? *v : value_nil();
}

struct slice field_text(struct value map, const char *key)
{
    struct value v = field_value(map, key);
    return v.kind == VALUE_STRING ? value_slice(v) : slice_of("", 0);
}

bool field_is_true(struct value map, const char *key)
{
    struct value v = field_value(map, key);
    return v.kind == VALUE_BOOL && v.b;
}

struct field_items field_items(struct value map, const char *key)
{
    struct value v = field_value(map, key);
    struct field_items items = {NULL, 0};
    if (v.kind == VALUE_LIST) {
        items.items = v.list->items;
        items.count = v.list->len;
    }
    return items;
}
