/*
 * resource_read.c - resources from a text
 *
 * The text is cut at lines that begin with "---" before anything is parsed, and of every piece only the first document
 * counts. Objects whose kind ends in List give way to their items, which come behind the other documents and are no
 * longer what was written, but what JSON makes of it.
 */
#include "codec/json_write.h"
#include "kustomize/resource_map.h"
#include "value/format.h"

/* --- pieces ------------------------------------------------------------------------------------------------------- */

static bool has_carriage_return(struct slice text)
{
    return slice_find(text, SLICE("\r\n")) < text.len;
}

static struct slice without_carriage_returns(struct arena *a, struct slice text)
{
    struct buffer out = BUFFER_INIT;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] != '\r' || i + 1 == text.len || text.ptr[i + 1] != '\n')
            buffer_add_char(&out, text.ptr[i]);
    }
    return buffer_move(&out, a);
}

struct separator {
    size_t start; /* of the newline before it */
    size_t end;   /* behind its line */
};

/* The next line that begins with "---" and has a line before and behind it, at or after `from`. */
static bool next_separator(struct slice text, size_t from, struct separator *out)
{
    while (from < text.len) {
        size_t at = from + slice_find(slice_after(text, from), SLICE("\n---"));
        if (at >= text.len)
            return false;
        size_t line = at + 4;
        size_t end = line + slice_find_char(slice_after(text, line), '\n');
        if (end >= text.len)
            return false;
        *out = (struct separator){at, end + 1};
        return true;
    }
    return false;
}

/* --- documents ---------------------------------------------------------------------------------------------------- */

struct reading {
    struct arena *arena;
    const char *file;
    const struct source *source; /* null: unknown */
    struct list *nodes; /* in the order they are to be looked at */
    struct diag *diag;
};

static bool read_piece(struct reading *r, const struct placed_text *piece, struct value *out)
{
    if (node_read(r->arena, piece, out, r->diag))
        return true;
    diag_prefix(r->diag, "MalformedYAMLError: ");
    return false;
}

/* A text that is one List is replaced by its items. */
static bool unwrap_list(struct reading *r, struct value node)
{
    struct slice kind = node_text(node, "kind");
    if (!slice_is(kind, "List") && !slice_is(kind, "ResourceList"))
        return false;
    const struct value *items = node_field(node, "items");
    if (!items && !node_field(node, "functionConfig"))
        return false;
    for (uint32_t i = 0; items && items->kind == VALUE_LIST && i < items->list->len; i++)
        list_add(r->arena, r->nodes, items->list->items[i]);
    return true;
}

static bool check_separator(struct reading *r, struct slice line)
{
    struct slice rest = slice_trim(line);
    if (rest.len == 0 || rest.ptr[0] == '#')
        return true;
    return diag_error(r->diag, "invalid document separator: ---%.*s", SLICE_ARG(slice_part(line, 0, line.len - 1)));
}

static bool split_documents(struct reading *r, const struct placed_text *from)
{
    struct slice text = from->text;
    struct separator cut;
    bool more = text.len > 0;
    bool single = !next_separator(text, 0, &cut);
    size_t start = 0;
    struct placed_text piece = *from;
    while (more) {
        struct value node;
        more = next_separator(text, start, &cut);
        piece.text = more ? slice_part(text, start, cut.start + 1) : slice_after(text, start);
        if (more && !check_separator(r, slice_part(text, cut.start + 4, cut.end)))
            return false;
        if (!read_piece(r, &piece, &node))
            return false;
        if (!yaml_node_is_null(node) && !(single && unwrap_list(r, node)))
            list_add(r->arena, r->nodes, node);
        if (!more)
            break;
        piece.lines_before += slice_count_char(slice_part(text, start, cut.end), '\n');
        start = cut.end;
    }
    return true;
}

/* --- checks ------------------------------------------------------------------------------------------------------- */

/* The metadata as Go prints it. */
static struct slice metadata_text(struct arena *a, const struct resource *r)
{
    struct buffer out = BUFFER_INIT;
    struct slice namespace = resource_namespace(r);
    struct slice name = resource_name(r);
    buffer_printf(&out, "{{%.*s %.*s} {{%.*s %.*s} ", SLICE_ARG(node_text(r->node, "apiVersion")),
                  SLICE_ARG(node_text(r->node, "kind")), SLICE_ARG(name), SLICE_ARG(namespace));
    format_value(&out, value_map(node_texts(a, resource_metadata_map(r, "labels"))));
    buffer_add_char(&out, ' ');
    format_value(&out, value_map(node_texts(a, resource_metadata_map(r, "annotations"))));
    buffer_add_text(&out, "}}");
    return buffer_move(&out, a);
}

bool resource_check(struct arena *a, const struct resource *r, struct diag *diag)
{
    struct slice kind = node_text(r->node, "kind");
    const struct value *metadata = node_field(r->node, "metadata");
    if (node_text(r->node, "apiVersion").len == 0 && kind.len == 0 && (!metadata || node_is_empty(*metadata)))
        return diag_error(diag, "missing Resource metadata");
    if (kind.len && (slice_ends(kind, SLICE("List")) || resource_name(r).len))
        return true;
    struct slice text = metadata_text(a, r);
    return diag_error(diag, "missing %s in object %.*s", kind.len ? "metadata.name" : "kind", SLICE_ARG(text));
}

static bool check_node(struct reading *r, struct value node)
{
    const struct resource resource = {.node = node};
    if (resource_check(r->arena, &resource, r->diag))
        return true;
    if (r->source && node.origin.line)
        diag_locate_origin(r->diag, r->source, node.origin);
    return false;
}

/* The places of a tree that says the same. */
static void copy_places(struct value *node, struct value from)
{
    node->origin = from.origin;
    for (uint32_t i = 0; value_is_map(*node) && value_is_map(from) && i < node->map->len; i++) {
        const struct value *field = map_find(from.map, node->map->entries[i].key);
        if (field)
            copy_places(&node->map->entries[i].value, *field);
    }
    for (uint32_t i = 0; value_is_list(*node) && value_is_list(from) && i < node->list->len && i < from.list->len; i++)
        copy_places(&node->list->items[i], from.list->items[i]);
}

/* An item as it is when it was written as JSON and read again. */
static bool add_item(struct reading *r, struct value item)
{
    struct value plain;
    struct value node;
    struct slice error;
    struct buffer json = BUFFER_INIT;
    if (!yaml_node_plain(r->arena, item, &plain, &error) || !json_write(&json, plain, NULL, r->arena, &error)) {
        buffer_release(&json);
        return diag_error_slice(r->diag, error);
    }
    const struct placed_text text = {buffer_move(&json, r->arena), NULL, 0};
    if (!read_piece(r, &text, &node))
        return false;
    copy_places(&node, item);
    if (node_is_empty(node))
        return true;
    list_add(r->arena, r->nodes, node);
    return check_node(r, node);
}

/* Puts the items of a FooList at the end of what is still to be looked at; *is_list: it is one. */
static bool expand_list(struct reading *r, struct value node, bool *is_list)
{
    struct slice kind = node_text(node, "kind");
    const struct value *items = node_field(node, "items");
    *is_list = slice_ends(kind, SLICE("List")) && items;
    if (!*is_list || yaml_node_is_null(*items))
        return true;
    if (items->kind != VALUE_LIST)
        return diag_error(r->diag, "expected array in %.*s/items, but found %s", SLICE_ARG(kind),
                          items->kind == VALUE_MAP ? "map[string]interface {}" : "string");
    const struct list *list = items->list;
    for (uint32_t i = 0; i < list->len; i++) {
        if (!add_item(r, list->items[i]))
            return false;
    }
    return true;
}

static void add_resource(struct reading *r, struct value node, struct resource_map *out)
{
    struct resource *resource = ARENA_NEW(r->arena, struct resource);
    resource->node = node;
    resource->file = r->file;
    resource_map_push(r->arena, out, resource);
}

bool resource_map_read_placed(struct arena *a, const struct placed_text *from, const char *file,
                              struct resource_map *out, struct diag *diag)
{
    struct reading r = {a, file, from->source, list_new(a, 8), diag};
    struct placed_text text = *from;
    if (has_carriage_return(text.text))
        text.text = without_carriage_returns(a, text.text);
    if (!split_documents(&r, &text))
        return false;
    for (uint32_t i = 0; i < r.nodes->len; i++) {
        if (!node_is_empty(r.nodes->items[i]) && !check_node(&r, r.nodes->items[i]))
            return false;
    }
    for (uint32_t i = 0; i < r.nodes->len; i++) {
        struct value node = r.nodes->items[i];
        bool is_list = false;
        if (node_is_empty(node))
            continue;
        if (!expand_list(&r, node, &is_list))
            return false;
        if (!is_list)
            add_resource(&r, node, out);
    }
    return true;
}

bool resource_map_read(struct arena *a, struct source_set *sources, struct slice text, const char *file,
                       struct resource_map *out, struct diag *diag)
{
    struct placed_text placed = {text, NULL, 0};
    if (sources && file)
        placed.source = source_set_keep(sources, slice_text(file), text);
    return resource_map_read_placed(a, &placed, file, out, diag);
}
