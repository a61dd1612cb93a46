/*
 * yaml_node.c - scalars as they are written
 *
 * go-yaml's writer drops a tag that the text has anyway, quotes a string whose text looks like something else, and
 * keeps every other tag, which its reader then checks. Folded scalars do not survive being written and read: the
 * writer adds a newline to every run of them that stands behind an ordinary line, the reader takes one from every run
 * that stands between two such.
 */
#include "codec/yaml_node.h"

#include "base/buffer.h"
#include "base/limits.h"
#include "codec/yaml_detour.h"
#include "codec/yaml_emit.h"
#include "codec/yaml_read.h"
#include "codec/yaml_scalar.h"
#include "golang/strconv.h"
#include "golang/time_format.h"

/* --- what a text is ----------------------------------------------------------------------------------------------- */

static bool starts_number(struct slice text)
{
    return text.len && (text.ptr[0] == '-' || text.ptr[0] == '+' || (text.ptr[0] >= '0' && text.ptr[0] <= '9'));
}

/* v3 knows true and false, but not YAML 1.1's other words. */
static bool is_true_or_false(struct slice text)
{
    return text.len >= 4 && (text.ptr[0] == 't' || text.ptr[0] == 'T' || text.ptr[0] == 'f' || text.ptr[0] == 'F');
}

enum yaml_tag yaml_node_resolve(struct slice text)
{
    struct value v;
    if (starts_number(text) && yaml_scalar_is_timestamp(text))
        return YAML_TAG_TIME;
    if (!yaml_resolve_plain(text, &v))
        return YAML_TAG_STR;
    switch (v.kind) {
    case VALUE_NIL:
        return YAML_TAG_NULL;
    case VALUE_BOOL:
        return is_true_or_false(text) ? YAML_TAG_BOOL : YAML_TAG_STR;
    case VALUE_FLOAT:
        return YAML_TAG_FLOAT;
    default:
        return YAML_TAG_INT;
    }
}

bool yaml_node_is_ambiguous(struct slice text)
{
    struct value v;
    return text.len && yaml_resolve_plain(text, &v);
}

/* --- folded scalars ----------------------------------------------------------------------------------------------- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

struct fold {
    struct slice text;
    struct buffer out;
    bool adds;   /* the writer adds a newline behind ordinary lines */
    bool spaced; /* the last line of content begins with a blank */
};

/* A run of newlines within or behind the text as it comes back. */
static void fold_run(struct fold *f, size_t count, bool at_end, bool next_spaced)
{
    size_t written = count + (f->adds && !f->spaced);
    if (at_end) {
        buffer_add_repeated(&f->out, '\n', count > 1 ? written : count);
    } else if (f->spaced || next_spaced) {
        buffer_add_repeated(&f->out, '\n', written);
    } else if (written == 1) {
        buffer_add_char(&f->out, ' ');
    } else {
        buffer_add_repeated(&f->out, '\n', written - 1);
    }
}

/* True where the writer does not fold: a space in front of a newline or at the end makes it use double quotes. */
static bool is_quoted_instead(struct slice text)
{
    if (text.len == 0 || text.ptr[text.len - 1] == ' ')
        return true;
    return slice_find(text, SLICE(" \n")) < text.len;
}

static struct slice folded_text(struct arena *a, struct slice text)
{
    if (is_quoted_instead(text))
        return text;
    struct fold f = {.text = text};
    size_t i = 0;
    while (i < text.len && text.ptr[i] == '\n')
        i++;
    f.adds = i < text.len && !is_blank(text.ptr[i]);
    buffer_add(&f.out, slice_part(text, 0, i));
    while (i < text.len) {
        struct slice rest = slice_after(text, i);
        size_t len = slice_find_char(rest, '\n');
        f.spaced = is_blank(rest.ptr[0]);
        buffer_add(&f.out, slice_part(rest, 0, len));
        i += len;
        size_t start = i;
        while (i < text.len && text.ptr[i] == '\n')
            i++;
        if (i > start)
            fold_run(&f, i - start, i == text.len, i < text.len && is_blank(text.ptr[i]));
    }
    return buffer_move(&f.out, a);
}

/* --- to data ------------------------------------------------------------------------------------------------------ */

/* A time as encoding/json writes it. */
static bool time_text(struct arena *a, struct slice text, struct value *out)
{
    static const char *const layouts[] = {"2006-1-2T15:4:5.999999999Z07:00", "2006-1-2t15:4:5.999999999Z07:00",
                                          "2006-1-2 15:4:5.999999999", "2006-1-2"};
    for (size_t i = 0; i < sizeof layouts / sizeof layouts[0]; i++) {
        struct go_time t;
        struct slice ignored;
        if (!go_time_parse(a, slice_text(layouts[i]), text, "", &t, &ignored))
            continue;
        struct buffer formatted = BUFFER_INIT;
        go_time_format(&formatted, t, SLICE("2006-01-02T15:04:05.999999999Z07:00"));
        *out = value_string(buffer_move(&formatted, a));
        return true;
    }
    return false;
}

static const char *tag_name(enum yaml_tag tag)
{
    static const char *const names[] = {"str", "str", "null", "bool", "int", "float", "timestamp"};
    return names[tag];
}

/* A plain scalar that is what its text says. */
static bool by_text(struct arena *a, struct slice text, enum yaml_tag tag, struct value *out, struct slice *error)
{
    if (tag == YAML_TAG_STR) {
        *out = value_string(text);
        return true;
    }
    if (tag == YAML_TAG_TIME)
        return time_text(a, text, out) || (*out = value_string(text), true);
    if (!yaml_resolve_plain(text, out))
        *out = value_string(text);
    if (out->kind != VALUE_FLOAT || isfinite(out->f))
        return true;
    *error = isnan(out->f) ? SLICE("json: unsupported value: NaN")
             : out->f > 0  ? SLICE("json: unsupported value: +Inf")
                           : SLICE("json: unsupported value: -Inf");
    return false;
}

/* A tag that the text does not have by itself stays and is checked when it is read. */
static bool by_tag(struct arena *a, struct slice text, enum yaml_tag tag, enum yaml_tag found, struct value *out,
                   struct slice *error)
{
    if (tag == YAML_TAG_FLOAT && found == YAML_TAG_INT)
        return by_text(a, text, found, out, error);
    *error = arena_printf(a, "yaml: cannot decode !!%s `%.*s` as a !!%s", tag_name(found), SLICE_ARG(text),
                          tag_name(tag));
    return false;
}

/* True where the writer makes a block of the text, whose indentation the reader then cannot tell from its tab. */
static bool is_lost_block(struct slice text, enum yaml_style style)
{
    struct yaml_scalar_look look;
    bool is_block = style == YAML_LITERAL || style == YAML_FOLDED ||
                    (style == YAML_PLAIN && slice_find_char(text, '\n') < text.len);
    if (text.len == 0 || text.ptr[0] != '\t' || !is_block)
        return false;
    yaml_scalar_look_at(&look, text, YAML_GO_V3);
    return look.block_allowed;
}

bool yaml_node_scalar(struct arena *a, struct value node, struct value *out, struct slice *error)
{
    struct slice text = value_slice(node);
    enum yaml_tag tag = yaml_node_tag(node);
    enum yaml_style style = yaml_node_style(node);
    bool is_string = tag == YAML_TAG_STR || tag == YAML_TAG_NONE;
    if (is_string && is_lost_block(text, style)) {
        *error = SLICE("yaml: line 2: found a tab character where an indentation space is expected");
        return false;
    }
    if (style == YAML_FOLDED && is_string)
        text = folded_text(a, text);
    if (tag == YAML_TAG_STR || (tag == YAML_TAG_NONE && style != YAML_PLAIN) ||
        (tag == YAML_TAG_NONE && slice_find_char(text, '\n') < text.len)) {
        *out = value_from(value_string(text), node.origin);
        return true;
    }
    enum yaml_tag found = yaml_node_resolve(text);
    if (tag != YAML_TAG_NONE && tag != found) {
        if (!by_tag(a, text, tag, found, out, error))
            return false;
    } else if (style != YAML_PLAIN) {
        *out = value_string(text);
    } else if (!by_text(a, text, found, out, error)) {
        return false;
    }
    *out = value_from(*out, node.origin);
    return true;
}

static bool plain_at(struct arena *a, struct value node, struct value *out, unsigned depth, struct slice *error);

static bool plain_list(struct arena *a, struct value node, struct value *out, unsigned depth, struct slice *error)
{
    struct list *list = list_new(a, node.list->len);
    for (uint32_t i = 0; i < node.list->len; i++) {
        if (!plain_at(a, node.list->items[i], &list->items[i], depth, error))
            return false;
    }
    list->len = node.list->len;
    *out = value_from(value_list(list), node.origin);
    return true;
}

static bool plain_map(struct arena *a, struct value node, struct value *out, unsigned depth, struct slice *error)
{
    if (node.map->flags & MAP_KEY_TWICE) {
        *error = SLICE("yaml: unmarshal errors:\n  mapping key already defined");
        return false;
    }
    if (node.map->flags & MAP_ODD_KEYS && depth > 1) {
        *error = SLICE("json: unsupported type: map[interface {}]interface {}");
        return false;
    }
    struct map *map = map_new(a, node.map->len);
    for (uint32_t i = 0; i < node.map->len; i++) {
        map->entries[i].key = node.map->entries[i].key;
        if (!plain_at(a, node.map->entries[i].value, &map->entries[i].value, depth, error))
            return false;
    }
    map->len = node.map->len;
    *out = value_from(value_map(map), node.origin);
    return true;
}

static bool plain_at(struct arena *a, struct value node, struct value *out, unsigned depth, struct slice *error)
{
    if (depth > LIMIT_VALUE_DEPTH) {
        *error = SLICE("yaml: document is nested too deeply");
        return false;
    }
    switch (node.kind) {
    case VALUE_STRING:
        return yaml_node_scalar(a, node, out, error);
    case VALUE_LIST:
        return plain_list(a, node, out, depth + 1, error);
    case VALUE_MAP:
        return plain_map(a, node, out, depth + 1, error);
    default:
        *out = node;
        return true;
    }
}

bool yaml_node_plain(struct arena *a, struct value node, struct value *out, struct slice *error)
{
    return plain_at(a, node, out, 0, error);
}

/* --- from data ---------------------------------------------------------------------------------------------------- */

static struct value number_node(struct arena *a, struct value v)
{
    struct buffer text = BUFFER_INIT;
    if (v.kind == VALUE_INT)
        go_format_int(&text, v.i, 10);
    else if (v.kind == VALUE_UINT)
        go_format_uint(&text, v.u, 10);
    else
        go_format_float(&text, v.f, 'g', -1, 64);
    struct slice moved = buffer_move(&text, a);
    return yaml_node(moved, yaml_node_resolve(moved), YAML_PLAIN);
}

static struct value string_node(struct slice text)
{
    struct yaml_scalar_look look;
    enum yaml_style style = YAML_PLAIN;
    yaml_scalar_look_at(&look, text, YAML_GO_V3);
    if (look.has_newline)
        style = look.block_allowed ? YAML_LITERAL : YAML_DOUBLE_QUOTED;
    else if (text.len == 0 || yaml_node_is_ambiguous(text) || yaml_node_resolve(text) != YAML_TAG_STR)
        style = YAML_DOUBLE_QUOTED;
    else if (!look.plain_allowed)
        style = look.single_allowed ? YAML_SINGLE_QUOTED : YAML_DOUBLE_QUOTED;
    return yaml_node(text, YAML_TAG_STR, style);
}

struct value yaml_node_of(struct arena *a, struct value plain)
{
    switch (plain.kind) {
    case VALUE_NIL:
        return value_from(yaml_node(SLICE("null"), YAML_TAG_NULL, YAML_PLAIN), plain.origin);
    case VALUE_BOOL:
        return value_from(yaml_node(plain.b ? SLICE("true") : SLICE("false"), YAML_TAG_BOOL, YAML_PLAIN),
                          plain.origin);
    case VALUE_INT:
    case VALUE_UINT:
    case VALUE_FLOAT:
        return value_from(number_node(a, plain), plain.origin);
    case VALUE_STRING:
        return value_from(string_node(value_slice(plain)), plain.origin);
    case VALUE_LIST: {
        struct list *list = list_new(a, plain.list->len);
        for (uint32_t i = 0; i < plain.list->len; i++)
            list_add(a, list, yaml_node_of(a, plain.list->items[i]));
        return value_from(value_list(list), plain.origin);
    }
    case VALUE_MAP: {
        struct map *map = map_new(a, plain.map->len);
        for (uint32_t i = 0; i < plain.map->len; i++)
            map_append(map, plain.map->entries[i].key, yaml_node_of(a, plain.map->entries[i].value));
        return value_from(value_map(map), plain.origin);
    }
    default:
        return plain;
    }
}
