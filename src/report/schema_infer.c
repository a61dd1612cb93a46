/*
 * schema_infer.c - a JSON Schema for a chart's values, from its defaults and from what its templates do
 */
#include "report/schema_infer.h"

#include "base/limits.h"
#include "template/trace.h"

#include <math.h>

struct inferring {
    struct arena *arena;
    struct source_set *sources;
    const struct flow *flow;
    uint32_t *children; /* by path: the newest path below it; chained by `next` */
    uint32_t *next;
};

/* Which paths lie below which. */
static void read_flow(struct inferring *s)
{
    for (uint32_t id = 1; id < flow_count(s->flow); id++) {
        const struct flow_node *node = flow_node(s->flow, id);
        if (node->kind == FLOW_PATH && node->first) {
            s->next[id] = s->children[node->first];
            s->children[node->first] = id;
        }
    }
}

/* --- descriptions ------------------------------------------------------------------------------------------------- */

/* The text of a comment line, without what helm-docs puts in front. */
static struct slice comment_text(struct slice line)
{
    line = slice_trim(line);
    while (slice_starts(line, SLICE("#")))
        line = slice_after(line, 1);
    line = slice_trim(line);
    if (slice_starts(line, SLICE("--")))
        line = slice_trim(slice_after(line, 2));
    return line;
}

/* The comment right above the key. */
static struct slice description_of(const struct inferring *s, struct value v)
{
    const struct source *source = source_set_find(s->sources, (uint32_t)v.origin.source);
    struct buffer text = BUFFER_INIT;
    size_t first = v.origin.line;
    if (!source || v.origin.line < 2)
        return SLICE("");
    while (first > 1 && slice_starts(slice_trim(source_line(source, first - 1)), SLICE("#")))
        first--;
    for (size_t line = first; line < v.origin.line; line++) {
        struct slice words = comment_text(source_line(source, line));
        if (words.len == 0 || slice_starts(words, SLICE("@")))
            continue;
        if (text.len)
            buffer_add_char(&text, ' ');
        buffer_add(&text, words);
    }
    return buffer_move(&text, s->arena);
}

/* --- types -------------------------------------------------------------------------------------------------------- */

static const char *type_of(struct value v)
{
    switch (v.kind) {
    case VALUE_BOOL:
        return "boolean";
    case VALUE_INT:
    case VALUE_UINT:
        return "integer";
    case VALUE_FLOAT:
        return isfinite(v.f) && floor(v.f) == v.f ? "integer" : "number";
    case VALUE_STRING:
        return "string";
    case VALUE_LIST:
        return "array";
    case VALUE_MAP:
        return "object";
    default:
        return NULL; /* null: anything may be set */
    }
}

static struct map *schema_of(struct inferring *s, uint32_t id, size_t depth);

/* Keys that have a default or are asked for. */
static struct map *properties_of(struct inferring *s, uint32_t id, size_t depth)
{
    struct map *properties = map_new(s->arena, 8);
    for (uint32_t child = s->children[id]; child; child = s->next[child]) {
        const struct flow_node *node = flow_node(s->flow, child);
        const struct value *known = node->key.ptr ? map_find(properties, node->key) : NULL;
        if (node->key.ptr && (!known || !node->is_missing))
            map_set(properties, node->key, value_map(schema_of(s, child, depth + 1)));
    }
    return properties;
}

/* One schema for all items where they are scalars of one type. */
static void add_items(struct inferring *s, struct map *schema, struct value list)
{
    const char *type = list.list->len ? type_of(list.list->items[0]) : NULL;
    for (uint32_t i = 1; i < list.list->len && type; i++) {
        const char *other = type_of(list.list->items[i]);
        if (!other || strcmp(other, type) != 0)
            type = NULL;
    }
    if (!type)
        return;
    struct map *items = map_new(s->arena, 1);
    map_set_text(items, "type", value_text(type));
    map_set_text(schema, "items", value_map(items));
}

static void add_default(struct map *schema, struct value v)
{
    bool is_scalar = v.kind != VALUE_MAP && v.kind != VALUE_LIST && v.kind != VALUE_NIL;
    if (is_scalar)
        map_set_text(schema, "default", flow_marked(v, 0));
}

static struct map *schema_of(struct inferring *s, uint32_t id, size_t depth)
{
    const struct flow_node *node = flow_node(s->flow, id);
    struct map *schema = map_new(s->arena, 4);
    struct slice description = description_of(s, node->value);
    const char *type = node->is_missing ? NULL : type_of(node->value);
    if (type)
        map_set_text(schema, "type", value_text(type));
    if (description.len)
        map_set_text(schema, "description", value_string(description));
    add_default(schema, node->value);
    if (node->value.kind == VALUE_LIST)
        add_items(s, schema, node->value);
    bool has_keys = node->value.kind == VALUE_MAP || (s->children[id] && node->value.kind != VALUE_LIST);
    if (has_keys && depth < LIMIT_SCHEMA_DEPTH) {
        struct map *properties = properties_of(s, id, depth);
        if (properties->len)
            map_set_text(schema, "properties", value_map(properties));
    }
    return schema;
}

struct value schema_infer(struct arena *a, struct source_set *sources, const struct rendered_release *rendered)
{
    const struct flow *flow = trace_flow(rendered->release->trace);
    uint32_t count = flow_count(flow);
    struct inferring s = {.arena = a, .sources = sources, .flow = flow};
    uint32_t root = 1;
    s.children = ARENA_ARRAY(a, uint32_t, count);
    s.next = ARENA_ARRAY(a, uint32_t, count);
    read_flow(&s);
    while (root < count && !(flow_node(flow, root)->kind == FLOW_PATH && !flow_node(flow, root)->first &&
                             slice_is(flow_node(flow, root)->key, "Values")))
        root++;
    struct map *schema = schema_of(&s, root, 0);
    map_set_text(schema, "$schema", value_text("http://json-schema.org/draft-07/schema#"));
    map_set_text(schema, "title", value_string(rendered->release->chart->metadata->name));
    return value_map(schema);
}
