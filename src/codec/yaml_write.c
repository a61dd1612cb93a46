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
#include "codec/yaml_detour.h"
#include "codec/yaml_emit.h"
#include "golang/base64.h"
#include "golang/strconv.h"
#include "golang/unicode.h"
#include "value/object.h"

#include <stdio.h>

enum {
    BINARY_LINE = 70,     /* base64 digits in a line of !!binary */
    LONGEST_SIMPLE_KEY = 128
};

struct writer {
    struct yaml_emitter emitter;
    enum yaml_dialect dialect;
    struct arena *scratch;
    struct slice *error;
    unsigned depth;
    const struct entry **order; /* of the maps that are open */
    size_t order_len;
    size_t order_cap;
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

/* --- collections ------------------------------------------------------------------------------------------------ */

static bool write_node(struct writer *w, struct value v, bool in_map);

/* A value that holds itself; Go finds it while encoding JSON. */
static bool enter(struct writer *w, struct value v)
{
    if (++w->depth <= LIMIT_VALUE_DEPTH)
        return true;
    *w->error = arena_printf(w->scratch, "json: unsupported value: encountered a cycle via %s", value_type_name(v));
    return false;
}

static bool write_entry(struct writer *w, const struct entry *entry)
{
    return write_key(w, entry->key) && write_node(w, entry->value, true);
}

static bool write_entries(struct writer *w, const struct map *map)
{
    if (is_in_order(w, map)) {
        for (uint32_t i = 0; i < map->len; i++) {
            if (!write_entry(w, &map->entries[i]))
                return false;
        }
        return true;
    }
    size_t base = w->order_len;
    order_entries(w, map);
    for (uint32_t i = 0; i < map->len; i++) {
        if (!write_entry(w, w->order[base + i]))
            return false;
    }
    w->order_len = base;
    return true;
}

static bool write_map(struct writer *w, struct value v)
{
    if (v.map->len == 0) {
        yaml_emitter_write_indicator(&w->emitter, "{}", true, false);
        return true;
    }
    if (!enter(w, v))
        return false;
    int indent = yaml_emitter_indent(&w->emitter, false, false);
    if (!write_entries(w, v.map))
        return false;
    w->emitter.indent = indent;
    w->depth--;
    return true;
}

static void begin_item(struct writer *w)
{
    yaml_emitter_write_indent(&w->emitter);
    yaml_emitter_write_indicator(&w->emitter, "-", true, true);
}

static bool write_list(struct writer *w, struct value v, bool in_map)
{
    if (v.list->len == 0) {
        yaml_emitter_write_indicator(&w->emitter, "[]", true, false);
        return true;
    }
    if (!enter(w, v))
        return false;
    bool indentless = w->dialect == YAML_GO_V2 && in_map && !w->emitter.indention;
    int indent = yaml_emitter_indent(&w->emitter, false, indentless);
    for (uint32_t i = 0; i < v.list->len; i++) {
        begin_item(w);
        if (!write_node(w, v.list->items[i], false))
            return false;
    }
    w->emitter.indent = indent;
    w->depth--;
    return true;
}

/* []byte: JSON has base64 for it, go-yaml v3 a list of numbers. */
static void write_bytes(struct writer *w, struct slice bytes, bool in_map)
{
    if (w->dialect == YAML_GO_V2) {
        write_text(w, go_base64_encode(w->scratch, bytes), false);
        return;
    }
    struct list *list = list_new(w->scratch, (uint32_t)bytes.len);
    for (size_t i = 0; i < bytes.len; i++)
        list_add(w->scratch, list, value_int((unsigned char)bytes.ptr[i]));
    write_list(w, value_list(list), in_map);
}

static bool write_object(struct writer *w, struct value v, bool in_map)
{
    if (v.type == GO_COMPLEX128) {
        *w->error = w->dialect == YAML_GO_V2 ? SLICE("json: unsupported type: complex128")
                                             : SLICE("cannot marshal type: complex128");
        return false;
    }
    if (!v.object->type->to_plain) {
        yaml_emitter_write_indicator(&w->emitter, "{}", true, false);
        return true;
    }
    if (!enter(w, v))
        return false;
    bool done = write_node(w, v.object->type->to_plain(v, w->scratch), in_map);
    w->depth--;
    return done;
}

/* A nil slice or map is null to JSON; go-yaml v3 looks at its kind. */
static bool is_null(const struct writer *w, struct value v)
{
    return v.kind == VALUE_NIL || (w->dialect == YAML_GO_V2 && value_is_nil(v));
}

static bool write_node(struct writer *w, struct value v, bool in_map)
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
    case VALUE_BYTES:
        write_bytes(w, value_slice(v), in_map);
        return true;
    case VALUE_LIST:
        return write_list(w, v, in_map);
    case VALUE_MAP:
        return write_map(w, v);
    default:
        return write_object(w, v, in_map);
    }
}

static bool write_document(struct buffer *out, struct value v, enum yaml_dialect dialect, struct arena *scratch,
                           struct slice *error)
{
    size_t before = out->len;
    struct writer w = {.dialect = dialect, .scratch = scratch, .error = error};
    yaml_emitter_init(&w.emitter, out, dialect);
    bool done = write_node(&w, v, false);
    if (done)
        yaml_emitter_write_indent(&w.emitter);
    else
        out->len = before;
    memory_free(w.order);
    return done;
}

bool yaml_write(struct buffer *out, struct value v, struct arena *scratch, struct slice *error)
{
    if (write_document(out, v, YAML_GO_V2, scratch, error))
        return true;
    if (slice_starts(*error, SLICE("json: ")))
        *error = arena_concat(scratch, SLICE("error marshaling into JSON: "), *error);
    return false;
}

bool yaml_write_pretty(struct buffer *out, struct value v, struct arena *scratch, struct slice *error)
{
    return write_document(out, v, YAML_GO_V3, scratch, error);
}
