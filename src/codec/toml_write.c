/*
 * toml_write.c - TOML as BurntSushi/toml v1.6 writes it
 *
 * Keys with plain values come before tables. Whether a list is an array of tables is asked before it is written, and
 * asking is what finds a null in it, at any depth of lists.
 */
#include "codec/toml_write.h"

#include "codec/struct_fields.h"
#include "codec/toml_date.h"
#include "codec/toml_table.h"
#include "golang/strconv.h"
#include "value/time_value.h"

enum {
    MAX_DEPTH = 1000 /* lists and tables within each other; Go's library would run out of stack */
};

struct writer {
    struct buffer *out;
    size_t start; /* of what was written here */
    struct arena *scratch;
    struct slice *error;
    unsigned depth;
    struct toml_key key; /* of the table being written */
};

enum shape {
    SHAPE_NONE, /* nil */
    SHAPE_VALUE,
    SHAPE_TABLE,
    SHAPE_TABLES, /* a list of tables */
    SHAPE_FAULT
};

static bool fail(struct writer *w, const char *text)
{
    *w->error = slice_text(text);
    return false;
}

/* An object as a text or by its fields. */
static struct value plain(struct writer *w, struct value v)
{
    bool is_struct;
    if (v.kind != VALUE_OBJECT || time_value_is(v) || v.type == GO_COMPLEX128)
        return v;
    return struct_fields_plain(w->scratch, v, false, &is_struct);
}

static enum shape shape_of(struct writer *w, struct value v);

/* Every item is looked at, for its faults. */
static enum shape shape_of_list(struct writer *w, const struct list *list)
{
    bool tables = list->len > 0;
    if (++w->depth > MAX_DEPTH) {
        fail(w, "exceeded max depth");
        return SHAPE_FAULT;
    }
    for (uint32_t i = 0; i < list->len; i++) {
        enum shape shape = shape_of(w, list->items[i]);
        if (shape == SHAPE_NONE)
            fail(w, "toml: cannot encode array with nil element");
        if (shape == SHAPE_NONE || shape == SHAPE_FAULT)
            return SHAPE_FAULT;
        tables = tables && shape == SHAPE_TABLE;
    }
    w->depth--;
    return tables ? SHAPE_TABLES : SHAPE_VALUE;
}

static enum shape shape_of(struct writer *w, struct value v)
{
    v = plain(w, v);
    if (value_is_nil(v))
        return SHAPE_NONE;
    if (v.kind == VALUE_MAP)
        return SHAPE_TABLE;
    if (v.kind == VALUE_LIST)
        return shape_of_list(w, v.list);
    if (v.type == GO_COMPLEX128) {
        fail(w, "unsupported type: complex128");
        return SHAPE_FAULT;
    }
    return SHAPE_VALUE;
}

/* --- values ----------------------------------------------------------------------------------------------------- */

static void write_float(struct buffer *out, double f)
{
    if (isnan(f) || isinf(f)) {
        buffer_add_text(out, signbit(f) ? "-" : "");
        buffer_add_text(out, isnan(f) ? "nan" : "inf");
        return;
    }
    size_t before = out->len;
    go_format_float(out, f, 'g', -1, 64);
    struct slice text = slice_after(buffer_slice(out), before);
    if (slice_find_char(text, 'e') == text.len && slice_find_char(text, '.') == text.len)
        buffer_add_text(out, ".0");
}

static void write_bytes(struct buffer *out, struct slice bytes)
{
    buffer_add_char(out, '[');
    for (size_t i = 0; i < bytes.len; i++)
        buffer_printf(out, "%s%u", i ? ", " : "", (unsigned)(unsigned char)bytes.ptr[i]);
    buffer_add_char(out, ']');
}

static void write_duration(struct buffer *out, int64_t nanoseconds)
{
    buffer_add_char(out, '"');
    go_format_duration(out, nanoseconds);
    buffer_add_char(out, '"');
}

static bool write_element(struct writer *w, struct value v);

static bool write_elements(struct writer *w, const struct list *list)
{
    buffer_add_char(w->out, '[');
    for (uint32_t i = 0; i < list->len; i++) {
        if (i)
            buffer_add_text(w->out, ", ");
        if (!write_element(w, list->items[i]))
            return false;
    }
    buffer_add_char(w->out, ']');
    return true;
}

/* The entries of an inline table that are tables, or those that are not. A null is left out, its comma is not. */
static bool write_inline_entries(struct writer *w, const struct map *map, bool tables, bool more)
{
    const struct entry *last = NULL;
    for (uint32_t pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < map->len; i++) {
            const struct entry *entry = &map->entries[i];
            enum shape shape = shape_of(w, entry->value);
            if (shape == SHAPE_FAULT)
                return false;
            if ((shape == SHAPE_TABLE || shape == SHAPE_TABLES) != tables)
                continue;
            if (pass == 0) {
                last = entry;
                continue;
            }
            if (shape == SHAPE_NONE)
                continue;
            toml_key_write_part(w->out, entry->key);
            buffer_add_text(w->out, " = ");
            if (!write_element(w, entry->value))
                return false;
            if (more || entry != last)
                buffer_add_text(w->out, ", ");
        }
    }
    return true;
}

static bool has_tables(struct writer *w, const struct map *map, bool *found)
{
    *found = false;
    for (uint32_t i = 0; i < map->len; i++) {
        enum shape shape = shape_of(w, map->entries[i].value);
        if (shape == SHAPE_FAULT)
            return false;
        *found |= shape == SHAPE_TABLE || shape == SHAPE_TABLES;
    }
    return true;
}

static bool write_inline_table(struct writer *w, const struct map *map)
{
    bool tables;
    buffer_add_char(w->out, '{');
    if (!has_tables(w, map, &tables) || !write_inline_entries(w, map, false, tables) ||
        !write_inline_entries(w, map, true, false))
        return false;
    buffer_add_char(w->out, '}');
    return true;
}

static bool write_object(struct writer *w, struct value v)
{
    if (!time_value_is(v))
        return fail(w, "unexpected type: complex128");
    toml_date_write(w->out, time_value_get(v));
    return true;
}

static bool write_plain_element(struct writer *w, struct value v)
{
    switch (v.kind) {
    case VALUE_BOOL:
        buffer_add_text(w->out, v.b ? "true" : "false");
        return true;
    case VALUE_INT:
        if (v.type == GO_DURATION)
            write_duration(w->out, v.i);
        else
            go_format_int(w->out, v.i, 10);
        return true;
    case VALUE_UINT:
        go_format_uint(w->out, v.u, 10);
        return true;
    case VALUE_FLOAT:
        write_float(w->out, v.f);
        return true;
    case VALUE_BYTES:
        write_bytes(w->out, value_slice(v));
        return true;
    case VALUE_LIST:
        return write_elements(w, v.list);
    case VALUE_MAP:
        return write_inline_table(w, v.map);
    case VALUE_OBJECT:
        return write_object(w, v);
    default:
        toml_write_quoted(w->out, value_slice(v));
        return true;
    }
}

/* A value as it stands behind '=' or in a list. */
static bool write_element(struct writer *w, struct value v)
{
    if (++w->depth > MAX_DEPTH)
        return fail(w, "exceeded max depth");
    bool done = write_plain_element(w, plain(w, v));
    w->depth--;
    return done;
}

/* --- tables ----------------------------------------------------------------------------------------------------- */

static void write_line_end(struct writer *w)
{
    if (w->out->len > w->start)
        buffer_add_char(w->out, '\n');
}

static void write_key_indent(struct writer *w)
{
    buffer_add_repeated(w->out, ' ', 2 * (w->key.count - 1));
}

static bool write_table(struct writer *w, const struct map *map);

static bool write_head(struct writer *w, const char *open, const char *close)
{
    write_key_indent(w);
    buffer_add_text(w->out, open);
    buffer_add(w->out, toml_key_text(w->scratch, &w->key));
    buffer_add_text(w->out, close);
    buffer_add_char(w->out, '\n');
    return true;
}

static bool write_tables(struct writer *w, const struct list *list)
{
    if (w->key.count == 0)
        return fail(w, "toml: top-level values must be Go maps or structs");
    for (uint32_t i = 0; i < list->len; i++) {
        write_line_end(w);
        write_head(w, "[[", "]]");
        if (!write_table(w, plain(w, list->items[i]).map))
            return false;
    }
    return true;
}

/* A value under the current key. */
static bool write_keyed(struct writer *w, struct value v, enum shape shape)
{
    if (shape == SHAPE_TABLES)
        return write_tables(w, plain(w, v).list);
    if (shape == SHAPE_TABLE) {
        if (w->key.count == 1)
            write_line_end(w);
        if (w->key.count > 0)
            write_head(w, "[", "]");
        return write_table(w, plain(w, v).map);
    }
    if (w->key.count == 0)
        return write_element(w, v);
    write_key_indent(w);
    toml_key_write_part(w->out, w->key.parts[w->key.count - 1]);
    buffer_add_text(w->out, " = ");
    if (!write_element(w, v))
        return false;
    buffer_add_char(w->out, '\n');
    return true;
}

/* The entries that are tables, or those that are not. */
static bool write_entries(struct writer *w, const struct map *map, bool tables)
{
    for (uint32_t i = 0; i < map->len; i++) {
        const struct entry *entry = &map->entries[i];
        enum shape shape = shape_of(w, entry->value);
        if (shape == SHAPE_FAULT)
            return false;
        if (shape == SHAPE_NONE || (shape == SHAPE_TABLE || shape == SHAPE_TABLES) != tables)
            continue;
        toml_key_add(w->scratch, &w->key, entry->key);
        if (!write_keyed(w, entry->value, shape))
            return false;
        w->key.count--;
    }
    return true;
}

static bool write_table(struct writer *w, const struct map *map)
{
    bool tables;
    if (++w->depth > MAX_DEPTH)
        return fail(w, "exceeded max depth");
    bool done = has_tables(w, map, &tables) && write_entries(w, map, false) && write_entries(w, map, true);
    w->depth--;
    return done;
}

bool toml_write(struct buffer *out, struct value v, struct arena *scratch, struct slice *error)
{
    struct writer w = {.out = out, .start = out->len, .scratch = scratch, .error = error};
    enum shape shape = shape_of(&w, v);
    if (shape == SHAPE_NONE)
        return true;
    if (shape != SHAPE_FAULT && write_keyed(&w, v, shape))
        return true;
    out->len = w.start;
    return false;
}
