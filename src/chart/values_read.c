/*
 * values_read.c - values files
 */
#include "chart/values_read.h"

#include "codec/yaml_documents.h"
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
                     "map[string]interface {}", value_json_kind(*out));
    if (source)
        diag_locate_origin(diag, source, origin_at(source, lines_before + 1, 1));
    return false;
}

static bool read_all_documents(struct arena *a, const struct source *source, struct yaml_documents *s, struct value *out,
                               struct diag *diag)
{
    struct slice trailer = SLICE("");
    enum yaml_document split;
    while ((split = yaml_documents_next(s, &trailer)) == YAML_DOCUMENT) {
        struct value v;
        struct slice text = arena_slice(a, buffer_slice(&s->text));
        if (!read_document(a, source, text, s->lines_before, &v, diag)) {
            diag_prefix(diag, "cannot unmarshal yaml document: ");
            return false;
        }
        if (s->lines_before)
            shift_origins(&v, s->lines_before);
        *out = chart_values_merge(a, *out, v);
    }
    if (split == YAML_NO_DOCUMENT)
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
        struct yaml_documents s = {.rest = text};
        ok = read_all_documents(a, source, &s, &v, diag);
        buffer_release(&s.text);
    }
    if (!ok)
        return false;
    value_freeze(v);
    *out = v;
    return true;
}
