/*
 * json_write.c - JSON as Go's encoding/json writes it
 *
 * Text goes straight into the buffer: stretches that need no escape are found by a table and copied whole. An object
 * with methods is written as the plain value it offers.
 */
#include "codec/json_write.h"

#include "base/limits.h"
#include "golang/base64.h"
#include "golang/strconv.h"
#include "golang/unicode.h"
#include "value/object.h"

struct writer {
    struct buffer *out;
    const struct json_write_options *options;
    struct arena *scratch;
    struct slice *error;
    unsigned depth;
};

/* Bytes that stand for themselves in a string. */
static bool is_plain_byte(unsigned char c, bool html)
{
    if (c < 0x20 || c >= 0x80 || c == '"' || c == '\\')
        return false;
    return !html || (c != '<' && c != '>' && c != '&');
}

static void write_escape(struct buffer *out, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";
    switch (c) {
    case '"':
    case '\\':
        buffer_add_char(out, '\\');
        buffer_add_char(out, (char)c);
        break;
    case '\b':
        buffer_add_text(out, "\\b");
        break;
    case '\f':
        buffer_add_text(out, "\\f");
        break;
    case '\n':
        buffer_add_text(out, "\\n");
        break;
    case '\r':
        buffer_add_text(out, "\\r");
        break;
    case '\t':
        buffer_add_text(out, "\\t");
        break;
    default:
        buffer_add_text(out, "\\u00");
        buffer_add_char(out, hex[c >> 4]);
        buffer_add_char(out, hex[c & 15]);
        break;
    }
}

/* Bad UTF-8 becomes \ufffd; U+2028 and U+2029 are escaped for the sake of JavaScript. */
static size_t write_rune(struct buffer *out, struct slice rest)
{
    size_t size;
    uint32_t rune = go_decode_rune(rest, &size);
    if (rune == RUNE_ERROR && size <= 1)
        buffer_add_text(out, "\\ufffd");
    else if (rune == 0x2028 || rune == 0x2029)
        buffer_add_text(out, rune == 0x2028 ? "\\u2028" : "\\u2029");
    else
        buffer_add(out, slice_part(rest, 0, size));
    return size;
}

static void write_string(struct buffer *out, struct slice s, bool html)
{
    buffer_reserve(out, s.len + 2);
    buffer_add_char(out, '"');
    size_t pos = 0;
    while (pos < s.len) {
        size_t start = pos;
        while (pos < s.len && is_plain_byte((unsigned char)s.ptr[pos], html))
            pos++;
        buffer_add(out, slice_part(s, start, pos));
        if (pos == s.len)
            break;
        unsigned char c = (unsigned char)s.ptr[pos];
        if (c < 0x80) {
            write_escape(out, c);
            pos++;
        } else {
            pos += write_rune(out, slice_after(s, pos));
        }
    }
    buffer_add_char(out, '"');
}

/* Exponents as ES6 writes them: 1e-7, not 1e-07. */
static bool write_float(struct writer *w, double f)
{
    if (!isfinite(f)) {
        *w->error = isnan(f) ? SLICE("json: unsupported value: NaN")
                    : f > 0  ? SLICE("json: unsupported value: +Inf")
                             : SLICE("json: unsupported value: -Inf");
        return false;
    }
    double size = fabs(f);
    if (size == 0 || (size >= 1e-6 && size < 1e21)) {
        go_format_float(w->out, f, 'f', -1, 64);
        return true;
    }
    go_format_float(w->out, f, 'e', -1, 64);
    char *end = w->out->ptr + w->out->len;
    if (end[-4] == 'e' && end[-3] == '-' && end[-2] == '0') {
        end[-2] = end[-1];
        w->out->len--;
    }
    return true;
}

/* A fresh line at the current depth, when indenting. */
static void write_line(struct writer *w)
{
    if (!w->options->indent)
        return;
    buffer_add_char(w->out, '\n');
    for (unsigned i = 0; i < w->depth; i++)
        buffer_add_text(w->out, w->options->indent);
}

static bool write_value(struct writer *w, struct value v);

/* What holds itself never ends; Go notices and says so. */
static bool enter(struct writer *w, struct value v)
{
    if (++w->depth <= LIMIT_VALUE_DEPTH)
        return true;
    *w->error = arena_printf(w->scratch, "json: unsupported value: encountered a cycle via %s", value_type_name(v));
    return false;
}

static bool write_list(struct writer *w, struct value v)
{
    if (v.list->flags & VALUE_NIL_REF) {
        buffer_add_text(w->out, "null");
        return true;
    }
    buffer_add_char(w->out, '[');
    if (v.list->len) {
        if (!enter(w, v))
            return false;
        for (uint32_t i = 0; i < v.list->len; i++) {
            if (i)
                buffer_add_char(w->out, ',');
            write_line(w);
            if (!write_value(w, v.list->items[i]))
                return false;
        }
        w->depth--;
        write_line(w);
    }
    buffer_add_char(w->out, ']');
    return true;
}

static bool write_map(struct writer *w, struct value v)
{
    if (v.map->flags & VALUE_NIL_REF) {
        buffer_add_text(w->out, "null");
        return true;
    }
    buffer_add_char(w->out, '{');
    if (v.map->len) {
        if (!enter(w, v))
            return false;
        for (uint32_t i = 0; i < v.map->len; i++) {
            if (i)
                buffer_add_char(w->out, ',');
            write_line(w);
            write_string(w->out, v.map->entries[i].key, !w->options->no_html_escape);
            buffer_add_text(w->out, w->options->indent ? ": " : ":");
            if (!write_value(w, v.map->entries[i].value))
                return false;
        }
        w->depth--;
        write_line(w);
    }
    buffer_add_char(w->out, '}');
    return true;
}

static bool write_object(struct writer *w, struct value v)
{
    if (v.type == GO_COMPLEX128) {
        *w->error = SLICE("json: unsupported type: complex128");
        return false;
    }
    if (!v.object->type->to_plain) {
        buffer_add_text(w->out, "{}");
        return true;
    }
    if (!enter(w, v))
        return false;
    bool done = write_value(w, v.object->type->to_plain(v, w->scratch));
    w->depth--;
    return done;
}

static bool write_value(struct writer *w, struct value v)
{
    switch (v.kind) {
    case VALUE_NIL:
        buffer_add_text(w->out, "null");
        return true;
    case VALUE_BOOL:
        buffer_add_text(w->out, v.b ? "true" : "false");
        return true;
    case VALUE_INT:
        go_format_int(w->out, v.i, 10);
        return true;
    case VALUE_UINT:
        go_format_uint(w->out, v.u, 10);
        return true;
    case VALUE_FLOAT:
        return write_float(w, v.f);
    case VALUE_STRING:
        write_string(w->out, value_slice(v), !w->options->no_html_escape);
        return true;
    case VALUE_BYTES:
        if (value_is_nil(v)) {
            buffer_add_text(w->out, "null");
            return true;
        }
        buffer_add_char(w->out, '"');
        buffer_add(w->out, go_base64_encode(w->scratch, value_slice(v)));
        buffer_add_char(w->out, '"');
        return true;
    case VALUE_LIST:
        return write_list(w, v);
    case VALUE_MAP:
        return write_map(w, v);
    default:
        return write_object(w, v);
    }
}

bool json_write(struct buffer *out, struct value v, const struct json_write_options *options, struct arena *scratch,
                struct slice *error)
{
    static const struct json_write_options compact;
    size_t before = out->len;
    struct writer w = {out, options ? options : &compact, scratch, error, 0};
    if (write_value(&w, v))
        return true;
    out->len = before;
    return false;
}
