/*
 * yaml_write.c - YAML as Helm's toYaml and toYamlPretty write it
 *
 * One walk serves both: toYaml writes what a value has become after JSON, with go-yaml v2's rules; toYamlPretty writes
 * the Go value as it is, with go-yaml v3's. Keys are put in order by sorting pointers to the entries, on a stack that
 * all open maps share, and only where they are not in order already.
 */
#include "codec/yaml_write.h"

#include "base/limits.h"
#include "base/memory.h"
#include "codec/json_write.h"
#include "codec/struct_fields.h"
#include "codec/yaml_detour.h"
#include "codec/yaml_emit.h"
#include "codec/yaml_read.h"
#include "golang/base64.h"
#include "golang/strconv.h"
#include "golang/unicode.h"
#include "value/object.h"
#include "value/time_value.h"

#include <stdio.h>

enum {
    BINARY_LINE = 70,     /* base64 digits in a line of !!binary */
    LONGEST_SIMPLE_KEY = 128,
    KEEPS_ORDER = 1       /* bit of a map whose entries are not to be sorted */
};

/* A list or map that is being written. */
struct level {
    struct value value;
    uint32_t next;     /* index of the item or entry to come */
    int indent;        /* to go back to */
    size_t order_base; /* of its entries among `order` … */
    bool ordered;      /* … if they are there */
};

struct writer {
    struct yaml_emitter emitter;
    enum yaml_dialect dialect;
    struct arena *scratch;
    struct slice *error;
    struct level *levels;
    size_t depth;
    size_t level_cap;
    const struct entry **order; /* of the maps that are open */
    size_t order_len;
    size_t order_cap;
    yaml_write_found_fn *found; /* may be null */
    void *context;
};

/* --- scalars ---------------------------------------------------------------------------------------------------- */

/* Bytes that are no UTF-8 are written as !!binary: base64, broken into lines when long. */
static struct slice binary_text(struct writer *w, struct slice bytes)
{
    struct slice digits = go_base64_encode(w->scratch, bytes);
    if (digits.len < BINARY_LINE)
        return digits;
    struct buffer lines = BUFFER_INIT;
    for (size_t i = 0; i < digits.len; i += BINARY_LINE) {
        size_t end = i + BINARY_LINE < digits.len ? i + BINARY_LINE : digits.len;
        buffer_add(&lines, slice_part(digits, i, end));
        buffer_add_char(&lines, '\n');
    }
    return buffer_move(&lines, w->scratch);
}

static void write_text(struct writer *w, struct slice text, bool is_simple_key)
{
    struct yaml_scalar_look look;
    yaml_scalar_look_at(&look, text, w->dialect);
    yaml_emitter_write_string(&w->emitter, text, &look, is_simple_key);
}

static void write_binary(struct writer *w, struct slice bytes, bool is_simple_key)
{
    yaml_emitter_write_word(&w->emitter, SLICE("!!binary"));
    struct slice text = binary_text(w, bytes);
    struct yaml_scalar_look look;
    yaml_scalar_look_at(&look, text, w->dialect);
    yaml_emitter_write_tagged(&w->emitter, text, &look, is_simple_key);
}

static bool write_string(struct writer *w, struct slice text)
{
    if (w->dialect == YAML_GO_V2) {
        if (!yaml_detour_string(w->scratch, text, &text, w->error))
            return false;
    } else if (!go_valid_utf8(text)) {
        write_binary(w, text, false);
        return true;
    }
    write_text(w, text, false);
    return true;
}

/* Writes the word that stands in `text`, and releases it. */
static void write_word_of(struct writer *w, struct buffer *text)
{
    yaml_emitter_write_word(&w->emitter, buffer_slice(text));
    buffer_release(text);
}

static void write_special_float(struct writer *w, double f)
{
    yaml_emitter_write_word(&w->emitter, isnan(f) ? SLICE(".nan") : f > 0 ? SLICE(".inf") : SLICE("-.inf"));
}

static bool write_float(struct writer *w, double f)
{
    struct buffer text = BUFFER_INIT;
    if (w->dialect == YAML_GO_V3) {
        if (!isfinite(f)) {
            write_special_float(w, f);
            return true;
        }
        go_format_float(&text, f, 'g', -1, 64);
    } else if (!yaml_detour_float(&text, f, w->error)) {
        return false;
    }
    write_word_of(w, &text);
    return true;
}

static void write_integer(struct writer *w, struct value v)
{
    char digits[24];
    int len = v.kind == VALUE_INT ? snprintf(digits, sizeof digits, "%lld", (long long)v.i)
                                  : snprintf(digits, sizeof digits, "%llu", (unsigned long long)v.u);
    yaml_emitter_write_word(&w->emitter, slice_of(digits, (size_t)len));
}

/* --- keys ------------------------------------------------------------------------------------------------------- */

static void push_order(struct writer *w, size_t count)
{
    if (w->order_len + count > w->order_cap) {
        w->order_cap = w->order_cap * 2 + count;
        w->order = memory_resize(w->order, w->order_cap * sizeof *w->order);
    }
    w->order_len += count;
}

static bool is_in_order(const struct writer *w, const struct map *map)
{
    for (uint32_t i = 1; i < map->len; i++) {
        if (!yaml_key_before(map->entries[i - 1].key, map->entries[i].key, w->dialect))
            return false;
    }
    return true;
}

/* Puts the map's entries in order on the stack, in order; the spare half is given back at once. */
static void order_entries(struct writer *w, const struct map *map)
{
    size_t base = w->order_len;
    push_order(w, (size_t)map->len * 2);
    for (uint32_t i = 0; i < map->len; i++)
        w->order[base + i] = &map->entries[i];
    yaml_order_entries(w->order + base, w->order + base + map->len, map->len, w->dialect);
    w->order_len = base + map->len;
}

/* Writes a key up to and with its colon. */
static bool write_key(struct writer *w, struct slice key)
{
    struct yaml_emitter *e = &w->emitter;
    if (w->dialect == YAML_GO_V2 && !yaml_detour_key(w->scratch, key, &key, w->error))
        return false;
    bool is_binary = w->dialect == YAML_GO_V3 && !go_valid_utf8(key);
    struct slice text = is_binary ? binary_text(w, key) : key;
    struct yaml_scalar_look look;
    yaml_scalar_look_at(&look, text, w->dialect);
    bool is_simple = !look.multiline && text.len + (is_binary ? sizeof "!!binary" - 1 : 0) <= LONGEST_SIMPLE_KEY;
    yaml_emitter_write_indent(e);
    if (!is_simple)
        yaml_emitter_write_indicator(e, "?", true, true);
    if (is_binary)
        write_binary(w, key, is_simple);
    else
        yaml_emitter_write_string(e, text, &look, is_simple);
    if (is_simple) {
        yaml_emitter_write_indicator(e, ":", false, false);
    } else {
        yaml_emitter_write_indent(e);
        yaml_emitter_write_indicator(e, ":", true, true);
    }
    return true;
}

/* --- what is written as something else ---------------------------------------------------------------------------- */

/* []byte: JSON has base64 for it, go-yaml v3 a list of numbers. */
static struct value plain_bytes(struct writer *w, struct slice bytes)
{
    if (w->dialect == YAML_GO_V2)
        return value_string(go_base64_encode(w->scratch, bytes));
    struct list *list = list_new(w->scratch, (uint32_t)bytes.len);
    for (size_t i = 0; i < bytes.len; i++)
        list_add(w->scratch, list, value_int((unsigned char)bytes.ptr[i]));
    return value_list(list);
}

/* JSON sorts nothing in a struct, but the map that is read from it is sorted; go-yaml v3 keeps its fields in order. */
static struct value plain_object(struct writer *w, struct value v)
{
    bool is_struct = false;
    if (w->dialect == YAML_GO_V3) {
        v = struct_fields_plain(w->scratch, v, true, &is_struct);
        v.bits = is_struct ? KEEPS_ORDER : 0;
        return v;
    }
    return v.object->type->to_plain ? v.object->type->to_plain(v, w->scratch) : value_map(map_new(w->scratch, 0));
}

static struct value plain_duration(struct writer *w, int64_t nanoseconds)
{
    struct buffer text = BUFFER_INIT;
    go_format_duration(&text, nanoseconds);
    return value_string(buffer_move(&text, w->scratch));
}

/* Anything with a kind of its own becomes null, a scalar, a list or a map. */
static struct value plain(struct writer *w, struct value v)
{
    v.bits = 0;
    if (v.kind == VALUE_OBJECT && v.type != GO_COMPLEX128 && !(w->dialect == YAML_GO_V3 && time_value_is(v)))
        v = plain_object(w, v);
    if (v.kind == VALUE_BYTES && !(w->dialect == YAML_GO_V2 && value_is_nil(v)))
        return plain_bytes(w, value_slice(v));
    if (v.type == GO_DURATION && w->dialect == YAML_GO_V3)
        return plain_duration(w, v.i);
    return v;
}

/* What is left of objects: a time that go-yaml v3 writes as it is, or what nobody can write. */
static bool write_object(struct writer *w, struct value v)
{
    if (v.kind != VALUE_OBJECT || !time_value_is(v)) {
        *w->error = w->dialect == YAML_GO_V2 ? SLICE("json: unsupported type: complex128")
                                             : SLICE("cannot marshal type: complex128");
        return false;
    }
    struct buffer text = BUFFER_INIT;
    go_time_format(&text, time_value_get(v), SLICE("2006-01-02T15:04:05.999999999Z07:00"));
    write_word_of(w, &text);
    return true;
}

/* --- nodes -------------------------------------------------------------------------------------------------------- */

/* A nil slice or map is null to JSON; go-yaml v3 looks at its kind. */
static bool is_null(const struct writer *w, struct value v)
{
    return v.kind == VALUE_NIL || (w->dialect == YAML_GO_V2 && value_is_nil(v));
}

static bool write_scalar(struct writer *w, struct value v)
{
    if (is_null(w, v)) {
        yaml_emitter_write_word(&w->emitter, SLICE("null"));
        return true;
    }
    switch (v.kind) {
    case VALUE_BOOL:
        yaml_emitter_write_word(&w->emitter, v.b ? SLICE("true") : SLICE("false"));
        return true;
    case VALUE_INT:
    case VALUE_UINT:
        write_integer(w, v);
        return true;
    case VALUE_FLOAT:
        return write_float(w, v.f);
    case VALUE_STRING:
        return write_string(w, value_slice(v));
    case VALUE_LIST:
        yaml_emitter_write_indicator(&w->emitter, "[]", true, false);
        return true;
    case VALUE_MAP:
        yaml_emitter_write_indicator(&w->emitter, "{}", true, false);
        return true;
    default:
        return write_object(w, v);
    }
}

static uint32_t length_of(struct value v)
{
    return v.kind == VALUE_LIST ? v.list->len : v.kind == VALUE_MAP ? v.map->len : 0;
}

/* Begins a list or map that is not empty. One that holds itself never ends; Go finds it while encoding JSON. */
static bool open_level(struct writer *w, struct value v, bool in_map)
{
    if (w->depth == LIMIT_VALUE_DEPTH) {
        *w->error = arena_printf(w->scratch, "json: unsupported value: encountered a cycle via %s",
                                 value_type_name(v));
        return false;
    }
    if (w->depth == w->level_cap) {
        w->level_cap = w->level_cap ? w->level_cap * 2 : 16;
        w->levels = memory_resize(w->levels, w->level_cap * sizeof *w->levels);
    }
    struct level *level = &w->levels[w->depth++];
    bool is_list = v.kind == VALUE_LIST;
    bool indentless = is_list && w->dialect == YAML_GO_V2 && in_map && !w->emitter.indention;
    *level = (struct level){v, 0, yaml_emitter_indent(&w->emitter, false, indentless), w->order_len, false};
    if (!is_list && !(v.bits & KEEPS_ORDER) && !is_in_order(w, v.map)) {
        level->ordered = true;
        order_entries(w, v.map);
    }
    return true;
}

static void close_level(struct writer *w)
{
    const struct level *level = &w->levels[--w->depth];
    w->emitter.indent = level->indent;
    w->order_len = level->order_base;
}

static void tell(const struct writer *w, struct value v)
{
    if (w->found)
        w->found(w->context, w->emitter.out->len, v);
}

/* Writes what stands before the next item or entry of the innermost collection, whose value is *next. */
static bool write_next(struct writer *w, struct value *next)
{
    struct level *level = &w->levels[w->depth - 1];
    uint32_t at = level->next++;
    if (level->value.kind == VALUE_LIST) {
        tell(w, level->value.list->items[at]);
        yaml_emitter_write_indent(&w->emitter);
        yaml_emitter_write_indicator(&w->emitter, "-", true, true);
        *next = level->value.list->items[at];
        return true;
    }
    const struct entry *entry = level->ordered ? w->order[level->order_base + at] : &level->value.map->entries[at];
    *next = entry->value;
    tell(w, entry->value);
    return write_key(w, entry->key);
}

/* Writes a value and all below it, with a stack of the collections that are open. */
static bool write_node(struct writer *w, struct value v)
{
    bool in_map = false;
    for (;;) {
        v = plain(w, v);
        bool done = length_of(v) ? open_level(w, v, in_map) : write_scalar(w, v);
        if (!done)
            return false;
        while (w->depth && w->levels[w->depth - 1].next == length_of(w->levels[w->depth - 1].value))
            close_level(w);
        if (w->depth == 0)
            return true;
        in_map = w->levels[w->depth - 1].value.kind == VALUE_MAP;
        if (!write_next(w, &v))
            return false;
    }
}

static bool write_document(struct writer *w, struct buffer *out, struct value v)
{
    size_t before = out->len;
    yaml_emitter_init(&w->emitter, out, w->dialect);
    bool done = write_node(w, v);
    if (done)
        yaml_emitter_write_indent(&w->emitter);
    else
        out->len = before;
    memory_free(w->order);
    memory_free(w->levels);
    return done;
}

/* What the way through JSON really says: taken only when it is known to fail. */
static struct slice detour_error(struct value v, struct arena *scratch, struct slice found)
{
    static const struct yaml_read_options options = {.no_origin = true};
    struct buffer json = BUFFER_INIT;
    struct slice error = found;
    struct yaml_error fault;
    struct value ignored;
    if (!json_write(&json, v, NULL, scratch, &error))
        error = arena_concat(scratch, SLICE("error marshaling into JSON: "), error);
    else if (!yaml_read(scratch, NULL, buffer_slice(&json), &options, &ignored, &fault))
        error = fault.message;
    buffer_release(&json);
    return error;
}

bool yaml_write_telling(struct buffer *out, struct value v, struct arena *scratch, yaml_write_found_fn *found,
                        void *context, struct slice *error)
{
    struct writer w = {
        .dialect = YAML_GO_V2, .scratch = scratch, .error = error, .found = found, .context = context};
    if (write_document(&w, out, v))
        return true;
    *error = detour_error(v, scratch, *error);
    return false;
}

bool yaml_write(struct buffer *out, struct value v, struct arena *scratch, struct slice *error)
{
    return yaml_write_telling(out, v, scratch, NULL, NULL, error);
}

bool yaml_write_pretty(struct buffer *out, struct value v, struct arena *scratch, struct slice *error)
{
    struct writer w = {.dialect = YAML_GO_V3, .scratch = scratch, .error = error};
    return write_document(&w, out, v);
}
