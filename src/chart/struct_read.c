/*
 * struct_read.c - YAML into C structs, as Go's encoding/json fills its own
 *
 * Keys come in bytewise order, as they do from the JSON that Helm makes first, so of two keys that differ in letter
 * case only the later one wins, and the first fault found is the one Helm names.
 */
#include "chart/struct_read.h"

#include "base/limits.h"
#include "chart/metadata.h"
#include "codec/yaml_read.h"
#include "golang/strconv.h"
#include "golang/time_format.h"

#include <strings.h>

/* Where decoding is, for messages: "Go struct field Maintainer.maintainers.name of type string". */
struct place {
    const struct place *outer;
    const struct struct_type *type;
    const char *key;
};

static void write_path(struct buffer *out, const struct place *place)
{
    if (place->outer) {
        write_path(out, place->outer);
        buffer_add_char(out, '.');
    }
    buffer_add_text(out, place->key);
}

/* Keeps the first fault; decoding goes on, as Go's does. */
static void wrong_type(struct struct_read *read, const struct place *place, struct value v, const char *type)
{
    if (read->error.len)
        return;
    struct buffer text = BUFFER_INIT;
    buffer_printf(&text, "json: cannot unmarshal %s into Go ", value_json_kind(v));
    if (place) {
        buffer_printf(&text, "struct field %s.", place->type->name);
        write_path(&text, place);
    } else {
        buffer_add_text(&text, "value");
    }
    buffer_printf(&text, " of type %s", type);
    read->error = buffer_move(&text, read->arena);
}

/* The text of a scalar where Go wants a string; false for lists and maps. Null leaves *out as it is. */
static bool scalar_text(struct arena *a, struct value v, struct slice *out)
{
    struct buffer text = BUFFER_INIT;
    switch (v.kind) {
    case VALUE_NIL:
        return true;
    case VALUE_STRING:
    case VALUE_BYTES:
        *out = value_slice(v);
        return true;
    case VALUE_BOOL:
        *out = v.b ? SLICE("true") : SLICE("false");
        return true;
    case VALUE_INT:
        go_format_int(&text, v.i, 10);
        break;
    case VALUE_UINT:
        go_format_uint(&text, v.u, 10);
        break;
    case VALUE_FLOAT:
        go_format_float(&text, v.f, 'g', -1, 32);
        break;
    default:
        return false;
    }
    *out = buffer_move(&text, a);
    return true;
}

static void read_text(struct struct_read *read, const struct place *place, struct value v, struct slice *target)
{
    if (!scalar_text(read->arena, v, target))
        wrong_type(read, place, v, "string");
}

static void read_time(struct struct_read *read, const struct place *place, struct value v, struct slice *target)
{
    struct go_time ignored;
    if (v.kind == VALUE_NIL)
        return;
    if (v.kind != VALUE_STRING) {
        if (!read->error.len)
            read->error = SLICE("Time.UnmarshalJSON: input is not a JSON string");
        return;
    }
    (void)place;
    struct slice error;
    if (!go_time_parse(read->arena, SLICE("2006-01-02T15:04:05Z07:00"), value_slice(v), "", &ignored, &error)) {
        if (!read->error.len)
            read->error = error;
        return;
    }
    *target = value_slice(v);
}

static void read_bool(struct struct_read *read, const struct place *place, struct value v, bool *target)
{
    if (v.kind == VALUE_BOOL)
        *target = v.b;
    else if (v.kind != VALUE_NIL)
        wrong_type(read, place, v, "bool");
}

static void read_texts(struct struct_read *read, const struct place *place, struct value v, struct chart_texts *target)
{
    if (v.kind == VALUE_NIL) {
        *target = (struct chart_texts){NULL, 0};
        return;
    }
    if (v.kind != VALUE_LIST) {
        wrong_type(read, place, v, "[]string");
        return;
    }
    struct slice *items = ARENA_ARRAY(read->arena, struct slice, (size_t)v.list->len + 1);
    for (uint32_t i = 0; i < v.list->len; i++) {
        if (i < target->count)
            items[i] = target->items[i];
        read_text(read, place, v.list->items[i], &items[i]);
    }
    target->items = items;
    target->count = v.list->len;
}

static void read_text_map(struct struct_read *read, const struct place *place, struct value v, struct value *target)
{
    if (v.kind == VALUE_NIL) {
        *target = value_map_as(GO_STRING_MAP, map_nil());
        return;
    }
    if (v.kind != VALUE_MAP) {
        wrong_type(read, place, v, "map[string]string");
        return;
    }
    bool was_set = target->kind == VALUE_MAP && !value_is_nil(*target);
    struct map *map = was_set ? map_copy(read->arena, target->map) : map_new(read->arena, v.map->len);
    for (uint32_t i = 0; i < v.map->len; i++) {
        struct slice text = SLICE("");
        struct value item = v.map->entries[i].value;
        read_text(read, place, item, &text);
        map_set(map, v.map->entries[i].key, value_from(value_string(text), item.origin));
    }
    *target = value_from(value_map_as(GO_STRING_MAP, map), v.origin);
}

/* In an interface {} every number is a float64. */
static struct value as_interface(struct arena *a, struct value v)
{
    switch (v.kind) {
    case VALUE_INT:
        return value_from(value_float((double)v.i), v.origin);
    case VALUE_UINT:
        return value_from(value_float((double)v.u), v.origin);
    case VALUE_LIST: {
        struct list *list = list_new(a, v.list->len);
        for (uint32_t i = 0; i < v.list->len; i++)
            list_add(a, list, as_interface(a, v.list->items[i]));
        return value_from(value_list(list), v.origin);
    }
    case VALUE_MAP: {
        struct map *map = map_copy(a, v.map);
        for (uint32_t i = 0; i < map->len; i++)
            map->entries[i].value = as_interface(a, map->entries[i].value);
        return value_from(value_map(map), v.origin);
    }
    default:
        return v;
    }
}

static void read_list(struct struct_read *read, const struct place *place, struct value v, struct value *target)
{
    if (v.kind == VALUE_NIL)
        *target = value_nil();
    else if (v.kind == VALUE_LIST)
        *target = as_interface(read->arena, v);
    else
        wrong_type(read, place, v, "[]interface {}");
}

/* The layout that all lists of structs share: struct chart_dependencies, struct chart_maintainers. */
struct structs {
    void **items;
    size_t count;
};

static void read_object(struct struct_read *read, const struct place *outer, const struct struct_type *type,
                        void *object, struct value v);

static void read_structs(struct struct_read *read, const struct place *place, const struct struct_type *of,
                         struct value v, struct structs *target)
{
    if (v.kind == VALUE_NIL) {
        *target = (struct structs){NULL, 0};
        return;
    }
    if (v.kind != VALUE_LIST) {
        struct slice type = arena_printf(read->arena, "[]*%s.%s", read->package, of->name);
        wrong_type(read, place, v, type.ptr);
        return;
    }
    void **items = ARENA_ARRAY(read->arena, void *, (size_t)v.list->len + 1);
    for (uint32_t i = 0; i < v.list->len; i++) {
        struct value item = v.list->items[i];
        if (item.kind == VALUE_NIL)
            continue;
        items[i] = i < target->count ? target->items[i] : NULL;
        if (!items[i]) {
            items[i] = arena_zalloc(read->arena, 1, of->size);
            if (of->init)
                of->init(items[i]);
        }
        if (of->locate)
            of->locate(items[i], item.origin);
        read_object(read, place, of, items[i], item);
    }
    target->items = items;
    target->count = v.list->len;
}

static void read_field(struct struct_read *read, const struct place *place, const struct field *field, void *target,
                       struct value v)
{
    switch (field->kind) {
    case FIELD_TEXT:
        read_text(read, place, v, target);
        break;
    case FIELD_BOOL:
        read_bool(read, place, v, target);
        break;
    case FIELD_TEXTS:
        read_texts(read, place, v, target);
        break;
    case FIELD_TEXT_MAP:
        read_text_map(read, place, v, target);
        break;
    case FIELD_LIST:
        read_list(read, place, v, target);
        break;
    case FIELD_STRUCT:
        read_object(read, place, field->of, target, v);
        break;
    case FIELD_STRUCTS:
        read_structs(read, place, field->of, v, target);
        break;
    case FIELD_TIME:
        read_time(read, place, v, target);
        break;
    }
}

/* The field of a key: the exact name first, then in any letter case. */
static const struct field *find_field(const struct struct_type *type, struct slice key)
{
    const struct field *folded = NULL;
    for (size_t i = 0; i < type->field_count; i++) {
        const struct field *field = &type->fields[i];
        if (slice_is(key, field->key))
            return field;
        if (!folded && key.len == strlen(field->key) && strncasecmp(key.ptr, field->key, key.len) == 0)
            folded = field;
    }
    return folded;
}

static void unknown_field(struct struct_read *read, struct slice key)
{
    struct buffer text = BUFFER_INIT;
    if (!read->strict || read->error.len)
        return;
    buffer_add_text(&text, "json: unknown field ");
    go_quote(&text, key);
    read->error = buffer_move(&text, read->arena);
}

static void read_object(struct struct_read *read, const struct place *outer, const struct struct_type *type,
                        void *object, struct value v)
{
    if (v.kind == VALUE_NIL)
        return;
    if (v.kind != VALUE_MAP) {
        struct slice name = arena_printf(read->arena, "%s.%s", read->package, type->name);
        wrong_type(read, outer, v, name.ptr);
        return;
    }
    for (uint32_t i = 0; i < v.map->len; i++) {
        const struct field *field = find_field(type, v.map->entries[i].key);
        struct place place = {outer, type, field ? field->key : NULL};
        if (field)
            read_field(read, &place, field, (char *)object + field->offset, v.map->entries[i].value);
        else
            unknown_field(read, v.map->entries[i].key);
    }
}

bool struct_read_value(struct struct_read *read, const struct struct_type *type, void *object, struct value v)
{
    read_object(read, NULL, type, object, v);
    return read->error.len == 0;
}

bool struct_read_text(struct struct_read *read, const struct struct_type *type, void *object,
                      const struct source *source, struct slice text, struct diag *diag)
{
    struct yaml_read_options options = {.keep_integers = true, .reject_duplicates = read->strict};
    struct yaml_error error;
    struct value v;
    if (!yaml_read(read->arena, source, text, &options, &v, &error)) {
        diag_error(diag, "error converting YAML to JSON: %.*s", SLICE_ARG(error.message));
        if (error.line)
            diag_locate_origin(diag, source, origin_at(source, error.line, error.column));
        return false;
    }
    if (!struct_read_value(read, type, object, v))
        return diag_error(diag, "error unmarshaling JSON: while decoding JSON: %.*s", SLICE_ARG(read->error));
    return true;
}
