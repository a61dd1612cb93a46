/*
 * values_read.c - values files
 */
#include "chart/values_read.h"

#include "codec/yaml_read.h"

/* --- merging ------------------------------------------------------------------------------------------------ */

struct value chart_values_merge(struct arena *a, struct value low, struct value high)
{
    if (low.map->len == 0)
        return high;
    if (high.map->len == 0)
        return low;
    const struct map *l = low.map;
    const struct map *h = high.map;
    struct map *out = map_new(a, l->len + h->len);
    uint32_t i = 0;
    uint32_t j = 0;
    while (i < l->len || j < h->len) {
        int order = i == l->len ? 1 : j == h->len ? -1 : slice_compare(l->entries[i].key, h->entries[j].key);
        if (order < 0) {
            out->entries[out->len++] = l->entries[i++];
            continue;
        }
        struct entry entry = h->entries[j++];
        if (order == 0) {
            struct value under = l->entries[i++].value;
            if (value_is_map(under) && value_is_map(entry.value))
                entry.value = chart_values_merge(a, under, entry.value);
        }
        out->entries[out->len++] = entry;
    }
    return value_from(value_map(out), high.origin);
}

/* --- documents ---------------------------------------------------------------------------------------------- */

/* Cuts texts into documents as k8s.io/apimachinery's YAMLReader does: lines lose a carriage return and always end in a
   newline; a separator ends a document that is not empty, else it is the document's first line. */
struct splitter {
    struct slice rest;
    size_t line;           /* lines cut so far */
    size_t document_line;  /* lines before the current document */
    struct buffer document;
};

static bool is_separator(struct slice line, struct slice *trailer)
{
    if (!slice_starts(line, SLICE("---")))
        return false;
    *trailer = slice_trim(slice_after(line, 3));
    return true;
}

static struct slice cut_line(struct splitter *s)
{
    size_t end = slice_find_char(s->rest, '\n');
    struct slice line = slice_part(s->rest, 0, end);
    s->rest = end < s->rest.len ? slice_after(s->rest, end + 1) : slice_after(s->rest, end);
    s->line++;
    if (slice_ends(line, SLICE("\r")))
        line.len--;
    return line;
}

enum split {
    SPLIT_DOCUMENT,
    SPLIT_END,
    SPLIT_BAD_SEPARATOR
};

/* Gathers the next document in s->document. */
static enum split next_document(struct splitter *s, struct slice *trailer)
{
    buffer_clear(&s->document);
    s->document_line = s->line;
    while (s->rest.len) {
        struct slice line = cut_line(s);
        if (is_separator(line, trailer)) {
            if (trailer->len && trailer->ptr[0] != '#')
                return SPLIT_BAD_SEPARATOR;
            if (s->document.len)
                return SPLIT_DOCUMENT;
        }
        buffer_add(&s->document, line);
        buffer_add_char(&s->document, '\n');
    }
    return s->document.len ? SPLIT_DOCUMENT : SPLIT_END;
}

/* Whether the text is one document that reads the same as it stands, which spares the copy. */
static bool is_plain(struct slice text)
{
    if (!slice_ends(text, SLICE("\n")) || slice_find_char(text, '\r') < text.len)
        return false;
    struct slice rest = text;
    struct slice line;
    while (slice_next_piece(&rest, '\n', &line)) {
        if (slice_starts(line, SLICE("---")))
            return false;
    }
    return true;
}

/* Moves all places of a document that does not start on the first line of its source. */
static void shift_origins(struct value *v, size_t lines)
{
    uint64_t line = v->origin.line + lines;
    if (v->origin.line)
        v->origin.line = line & ((1u << 26) - 1);
    if (v->kind == VALUE_LIST) {
        for (uint32_t i = 0; i < v->list->len; i++)
            shift_origins(&v->list->items[i], lines);
    } else if (v->kind == VALUE_MAP) {
        for (uint32_t i = 0; i < v->map->len; i++)
            shift_origins(&v->map->entries[i].value, lines);
    }
}

/* --- reading ------------------------------------------------------------------------------------------------ */

static const char *json_kind(struct value v)
{
    switch (v.kind) {
    case VALUE_BOOL:
        return "bool";
    case VALUE_STRING:
        return "string";
    case VALUE_LIST:
        return "array";
    default:
        return "number";
    }
}

static bool read_document(struct arena *a, const struct source *source, struct slice text, size_t lines_before,
                          struct value *out, struct diag *diag)
{
    struct yaml_read_options options = {.no_origin = false};
    struct yaml_error error;
    if (!yaml_read(a, source, text, &options, out, &error)) {
        diag_error(diag, "error converting YAML to JSON: %.*s", SLICE_ARG(error.message));
        if (error.line && source)
            diag_locate_origin(diag, source, origin_at(source, error.line + lines_before, error.column));
        return false;
    }
    if (out->kind == VALUE_NIL)
        *out = value_map(map_new(a, 0));
    if (out->kind == VALUE_MAP)
        return true;
    diag_error(diag, "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal %s into Go value of type "
                     "map[string]interface {}", json_kind(*out));
    if (source)
        diag_locate_origin(diag, source, origin_at(source, lines_before + 1, 1));
    return false;
}

static bool read_all_documents(struct arena *a, const struct source *source, struct splitter *s, struct value *out,
                               struct diag *diag)
{
    struct slice trailer = SLICE("");
    enum split split;
    while ((split = next_document(s, &trailer)) == SPLIT_DOCUMENT) {
        struct value v;
        struct slice text = arena_slice(a, buffer_slice(&s->document));
        if (!read_document(a, source, text, s->document_line, &v, diag)) {
            diag_prefix(diag, "cannot unmarshal yaml document: ");
            return false;
        }
        if (s->document_line)
            shift_origins(&v, s->document_line);
        *out = chart_values_merge(a, *out, v);
    }
    if (split == SPLIT_END)
        return true;
    diag_error(diag, "error reading yaml document: invalid Yaml document separator: %.*s", SLICE_ARG(trailer));
    if (source)
        diag_locate_origin(diag, source, origin_at(source, s->line, 1));
    return false;
}

bool chart_values_read(struct arena *a, const struct source *source, struct slice text, bool helm3,
                       struct value *out, struct diag *diag)
{
    struct value v = value_map(map_new(a, 0));
    bool ok = true;
    if (helm3 || is_plain(text)) {
        ok = read_document(a, source, text, 0, &v, diag);
        if (!ok && !helm3)
            diag_prefix(diag, "cannot unmarshal yaml document: ");
    } else {
        struct splitter s = {.rest = text};
        ok = read_all_documents(a, source, &s, &v, diag);
        buffer_release(&s.document);
    }
    if (!ok)
        return false;
    value_freeze(v);
    *out = v;
    return true;
}
