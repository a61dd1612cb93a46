/*
 * struct_fields.c - a Go struct as writers that go by its fields see it
 */
#include "codec/struct_fields.h"

#include "value/object.h"

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static struct slice lower_text(struct arena *a, struct slice name)
{
    char *text = arena_text(a, name);
    for (size_t i = 0; i < name.len; i++)
        text[i] = (char)(is_upper(text[i]) ? text[i] | 0x20 : text[i]);
    return slice_of(text, name.len);
}

static struct value exported_fields(struct arena *a, struct value object, bool lower)
{
    size_t count = 0;
    const struct object_field *fields = object.object->type->fields(object, a, &count);
    struct map *map = map_new(a, (uint32_t)count);
    for (size_t i = 0; i < count; i++) {
        struct slice name = slice_text(fields[i].name);
        if (name.len && is_upper(name.ptr[0]))
            map_append(map, lower ? lower_text(a, name) : name, fields[i].value);
    }
    return value_map(map);
}

struct value struct_fields_plain(struct arena *a, struct value object, bool lower, bool *is_struct)
{
    const struct object_type *type = object.object->type;
    struct value plain = type->to_plain ? type->to_plain(object, a) : value_map(map_new(a, 0));
    *is_struct = plain.kind == VALUE_MAP && !type->is_map_like;
    return *is_struct && type->fields ? exported_fields(a, object, lower) : plain;
}
