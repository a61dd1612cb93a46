/*
 * record.c - YAML into C structs, strictly
 */
#include "kustomize/record.h"

#include "golang/strconv.h"

#include <strings.h>

enum {
    RECORD_NESTING = 16 /* of the tables there are */
};

struct reader {
    struct arena *arena;
    struct diag *diag;
    const struct source *source; /* that the value was read from; may be null */
    unsigned flags;
    const char *struct_name; /* of the innermost struct */
    unsigned path_len;
    const char *path[RECORD_NESTING]; /* names of the fields around */
};

/* Names the innermost struct and the fields from the outermost on. */
static bool wrong_type(struct reader *r, struct value v, const char *wanted)
{
    struct buffer path = BUFFER_INIT;
    for (unsigned i = 0; i < r->path_len; i++)
        buffer_printf(&path, "%s%s", i ? "." : "", r->path[i]);
    if (r->path_len)
        diag_error(r->diag, "json: cannot unmarshal %s into Go struct field %s.%.*s of type %s", value_json_kind(v),
                   r->struct_name, SLICE_ARG(buffer_slice(&path)), wanted);
    else
        diag_error(r->diag, "json: cannot unmarshal %s into Go value of type %s", value_json_kind(v), wanted);
    buffer_release(&path);
    if (r->source)
        diag_locate_origin(r->diag, r->source, v.origin);
    return false;
}

/* What stands for a text where one is wanted. */
static struct value as_text(const struct reader *r, struct value v)
{
    struct buffer text = BUFFER_INIT;
    if (!(r->flags & RECORD_CONVERTS) || (v.kind != VALUE_BOOL && v.kind != VALUE_FLOAT))
        return v;
    if (v.kind == VALUE_BOOL)
        buffer_add_text(&text, v.b ? "true" : "false");
    else if (v.f == floor(v.f) && fabs(v.f) < 9e18)
        go_format_int(&text, (int64_t)v.f, 10);
    else
        go_format_float(&text, v.f, 'g', -1, 64);
    return value_from(value_string(buffer_move(&text, r->arena)), v.origin);
}

static bool read_struct(struct reader *r, const struct record_type *type, struct value v, void *out);

static bool read_texts(struct reader *r, struct value v, struct texts *out)
{
    if (v.kind != VALUE_LIST)
        return wrong_type(r, v, "[]string");
    *out = (struct texts){NULL, 0, 0};
    for (uint32_t i = 0; i < v.list->len; i++) {
        struct value item = as_text(r, v.list->items[i]);
        if (item.kind != VALUE_STRING && item.kind != VALUE_NIL)
            return wrong_type(r, item, "string");
        texts_add(r->arena, out, item.kind == VALUE_STRING ? value_slice(item) : SLICE(""));
    }
    return true;
}

static bool read_map(struct reader *r, struct value v, enum value_kind of, struct value *out)
{
    bool texts = of == VALUE_STRING;
    if (v.kind != VALUE_MAP)
        return wrong_type(r, v, texts ? "map[string]string" : "map[string]bool");
    struct map *map = map_new(r->arena, v.map->len);
    for (uint32_t i = 0; i < v.map->len; i++) {
        struct value item = v.map->entries[i].value;
        if (texts)
            item = as_text(r, item);
        if (item.kind == VALUE_NIL)
            item = texts ? value_from(value_text(""), item.origin) : value_bool(false);
        if (item.kind != of)
            return wrong_type(r, item, texts ? "string" : "bool");
        map_append(map, v.map->entries[i].key, item);
    }
    *out = value_map(map);
    return true;
}

static bool read_list(struct reader *r, const struct record_field *field, struct value v, struct records *out)
{
    const struct record_type *of = field->of;
    if (v.kind != VALUE_LIST)
        return wrong_type(r, v, arena_printf(r->arena, "[]types.%s", of->name).ptr);
    char *items = arena_zalloc(r->arena, (size_t)v.list->len + 1, of->size);
    for (uint32_t i = 0; i < v.list->len; i++) {
        if (!read_struct(r, of, v.list->items[i], items + i * of->size))
            return false;
    }
    *out = (struct records){items, v.list->len};
    return true;
}

static bool read_number(struct reader *r, struct value v, int64_t *out)
{
    if (v.kind != VALUE_FLOAT || v.f != floor(v.f) || fabs(v.f) > 9e18)
        return wrong_type(r, v, "int64");
    *out = (int64_t)v.f;
    return true;
}

static bool read_pointer(struct reader *r, const struct record_field *field, struct value v, void **out)
{
    void *target = arena_zalloc(r->arena, 1, field->of->size);
    *out = target;
    return read_struct(r, field->of, v, target);
}

static bool read_field(struct reader *r, const struct record_field *field, struct value v, char *object)
{
    void *target = object + field->offset;
    if (field->kind == RECORD_TEXT || field->kind == RECORD_OPTIONAL)
        v = as_text(r, v);
    switch (field->kind) {
    case RECORD_TEXT:
        if (v.kind != VALUE_STRING)
            return wrong_type(r, v, "string");
        *(struct slice *)target = value_slice(v);
        return true;
    case RECORD_OPTIONAL:
        if (v.kind != VALUE_STRING)
            return wrong_type(r, v, "string");
        *(struct slice **)target = ARENA_NEW(r->arena, struct slice);
        **(struct slice **)target = value_slice(v);
        return true;
    case RECORD_FLAG:
        if (v.kind != VALUE_BOOL)
            return wrong_type(r, v, "bool");
        *(bool *)target = v.b;
        return true;
    case RECORD_NUMBER:
        return read_number(r, v, target);
    case RECORD_TEXTS:
        return read_texts(r, v, target);
    case RECORD_TEXT_MAP:
        return read_map(r, v, VALUE_STRING, target);
    case RECORD_FLAG_MAP:
        return read_map(r, v, VALUE_BOOL, target);
    case RECORD_ANY:
        *(struct value *)target = v;
        return true;
    case RECORD_STRUCT:
        return read_struct(r, field->of, v, target);
    case RECORD_POINTER:
        return read_pointer(r, field, v, target);
    case RECORD_LIST:
        return read_list(r, field, v, target);
    }
    return true;
}

static bool same_name(struct slice key, const char *name)
{
    return key.len == strlen(name) && strncasecmp(key.ptr, name, key.len) == 0;
}

/* Finds the field of a key, in the struct itself or one whose fields stand at its level; *object moves there. */
static const struct record_field *find_field(const struct record_type *type, struct slice key, char **object)
{
    for (const struct record_field *field = type->fields; field->name; field++) {
        if (field->name[0] && same_name(key, field->name))
            return field;
    }
    for (const struct record_field *field = type->fields; field->name; field++) {
        char *inner = *object + field->offset;
        if (field->name[0])
            continue;
        const struct record_field *found = find_field(field->of, key, &inner);
        if (found) {
            *object = inner;
            return found;
        }
    }
    return NULL;
}

static size_t list_names(const struct record_type *type, struct slice *names, size_t count, size_t cap)
{
    for (const struct record_field *field = type->fields; field->name; field++) {
        if (!field->name[0])
            count = list_names(field->of, names, count, cap);
        else if (count < cap)
            names[count++] = slice_text(field->name);
    }
    return count;
}

static bool unknown_field(struct reader *r, const struct record_type *type, const struct entry *entry)
{
    struct slice names[64];
    size_t count = list_names(type, names, 0, sizeof names / sizeof names[0]);
    size_t near = diag_nearest_slice(entry->key, names, count);
    diag_error(r->diag, "json: unknown field \"%.*s\"", SLICE_ARG(entry->key));
    if (r->source)
        diag_locate_origin(r->diag, r->source, entry->value.origin);
    if (near < count)
        diag_note(r->diag, (struct diag_place){0}, "did you mean '%.*s'?", SLICE_ARG(names[near]));
    return false;
}

static bool read_entry(struct reader *r, const struct record_type *type, const struct entry *entry, char *object)
{
    const struct record_field *field = find_field(type, entry->key, &object);
    if (!field && r->flags & RECORD_STRICT)
        return unknown_field(r, type, entry);
    if (!field || entry->value.kind == VALUE_NIL)
        return true;
    if (r->path_len == RECORD_NESTING)
        return diag_error(r->diag, "nested too deeply");
    r->path[r->path_len++] = field->name;
    r->struct_name = type->name;
    if (!read_field(r, field, entry->value, object))
        return false;
    r->path_len--;
    if (field->place)
        *(struct origin *)(object + field->place - 1) = entry->value.origin;
    return true;
}

static bool read_struct(struct reader *r, const struct record_type *type, struct value v, void *out)
{
    if (v.kind == VALUE_NIL)
        return true;
    if (v.kind != VALUE_MAP)
        return wrong_type(r, v, arena_printf(r->arena, "types.%s", type->name).ptr);
    for (uint32_t i = 0; i < v.map->len; i++) {
        if (!read_entry(r, type, &v.map->entries[i], out))
            return false;
    }
    return true;
}

bool record_read_from(struct arena *a, const struct source *source, const struct record_type *type, struct value v,
                      unsigned flags, void *out, struct diag *diag)
{
    struct reader r = {.arena = a, .diag = diag, .source = source, .flags = flags};
    return read_struct(&r, type, v, out);
}

bool record_read(struct arena *a, const struct record_type *type, struct value v, unsigned flags, void *out,
                 struct diag *diag)
{
    return record_read_from(a, NULL, type, v, flags, out, diag);
}
