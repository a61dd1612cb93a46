/*
 * record_write.c - C structs back into YAML
 */
#include "kustomize/record_write.h"

static void write_into(struct arena *a, const struct record_type *type, const char *object, struct map *out);

static struct value write_texts(struct arena *a, const struct texts *texts)
{
    struct list *list = list_new(a, (uint32_t)texts->count);
    for (size_t i = 0; i < texts->count; i++)
        list_add(a, list, value_string(texts->items[i]));
    return texts->count ? value_list(list) : value_nil();
}

static struct value write_list(struct arena *a, const struct record_type *of, const struct records *records)
{
    struct list *list = list_new(a, (uint32_t)records->count);
    for (size_t i = 0; i < records->count; i++)
        list_add(a, list, record_write(a, of, (const char *)records->items + i * of->size));
    return records->count ? value_list(list) : value_nil();
}

static struct value write_text(struct slice text)
{
    return text.len ? value_string(text) : value_nil();
}

/* The field's value, nil where it is empty. */
static struct value write_field(struct arena *a, const struct record_field *field, const char *object)
{
    const void *member = object + field->offset;
    switch (field->kind) {
    case RECORD_TEXT:
        return field->always ? value_string(*(const struct slice *)member) : write_text(*(const struct slice *)member);
    case RECORD_OPTIONAL: {
        const struct slice *text = *(struct slice *const *)member;
        return text ? value_string(*text) : value_nil();
    }
    case RECORD_FLAG:
        return *(const bool *)member ? value_bool(true) : value_nil();
    case RECORD_NUMBER: {
        int64_t number = *(const int64_t *)member;
        return number || field->always ? value_int(number) : value_nil();
    }
    case RECORD_TEXTS:
        return write_texts(a, member);
    case RECORD_TEXT_MAP:
    case RECORD_FLAG_MAP:
    case RECORD_ANY: {
        struct value v = *(const struct value *)member;
        return v.kind == VALUE_MAP && v.map->len == 0 ? value_nil() : v;
    }
    case RECORD_STRUCT:
        return record_write(a, field->of, member);
    case RECORD_POINTER: {
        const void *target = *(void *const *)member;
        return target ? record_write(a, field->of, target) : value_nil();
    }
    case RECORD_LIST:
        return write_list(a, field->of, member);
    }
    return value_nil();
}

static void write_into(struct arena *a, const struct record_type *type, const char *object, struct map *out)
{
    for (const struct record_field *field = type->fields; field->name; field++) {
        if (!field->name[0]) {
            write_into(a, field->of, object + field->offset, out);
            continue;
        }
        struct value v = write_field(a, field, object);
        if (v.kind != VALUE_NIL || field->always)
            map_set_text(out, field->name, v);
    }
}

struct value record_write(struct arena *a, const struct record_type *type, const void *object)
{
    struct map *map = map_new(a, 4);
    write_into(a, type, object, map);
    return value_map(map);
}
