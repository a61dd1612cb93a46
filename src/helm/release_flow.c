/*
 * release_flow.c - what templates read, marked before they run
 */
#include "helm/release_flow.h"

static const struct map *globals_of(const struct release_chart *chart)
{
    const struct value *globals = chart ? map_find_text(chart->values, "global") : NULL;
    return globals && value_is_map(*globals) ? globals->map : NULL;
}

static const struct release_chart *child_named(const struct release_chart *chart, struct slice name)
{
    for (size_t i = 0; i < chart->child_count; i++) {
        if (slice_equal(chart->children[i]->metadata->name, name))
            return chart->children[i];
    }
    return NULL;
}

/* Globals come first: what a parent shares with its subcharts is named after the parent. */
static void mark_values(struct flow *f, uint32_t id, const struct release_chart *chart)
{
    struct value *globals = map_find_text(chart->values, "global");
    if (globals)
        flow_mark_entry(f, id, SLICE("global"), globals, globals_of(chart->parent));
    for (uint32_t i = 0; i < chart->values->len; i++) {
        struct entry *entry = &chart->values->entries[i];
        const struct release_chart *child = child_named(chart, entry->key);
        if (child && value_is_map(entry->value) && !flow_mark(entry->value)) {
            flow_mark_alone(f, id, entry->key, &entry->value);
            mark_values(f, flow_mark(entry->value), child);
        } else {
            flow_mark_entry(f, id, entry->key, &entry->value, NULL);
        }
    }
}

/* The dot of a chart: everything but the values, which are marked already. `prefix` names the subchart: "Subcharts.a.". */
static void mark_context(struct flow *f, const struct release_chart *chart, struct map *context, uint32_t values,
                         struct slice prefix)
{
    for (uint32_t i = 0; i < context->len; i++) {
        struct entry *entry = &context->entries[i];
        if (slice_is(entry->key, "Values"))
            entry->value = flow_marked(entry->value, values);
        else if (!slice_is(entry->key, "Subcharts"))
            flow_mark_entry(f, 0, arena_concat(context->arena, prefix, entry->key), &entry->value, NULL);
    }
    struct value *subcharts = map_find_text(context, "Subcharts");
    for (size_t i = 0; subcharts && i < chart->child_count; i++) {
        const struct release_chart *child = chart->children[i];
        const struct value *below = map_find(subcharts->map, child->metadata->name);
        const struct value *own = map_find(chart->values, child->metadata->name);
        struct slice name = arena_printf(context->arena, "%.*sSubcharts.%.*s.", SLICE_ARG(prefix),
                                         SLICE_ARG(child->metadata->name));
        if (below && own)
            mark_context(f, child, below->map, flow_mark(*own), name);
    }
}

void release_flow_mark(struct flow *f, const struct release_chart *root, struct map *context)
{
    struct value values = value_map(root->values);
    flow_mark_alone(f, 0, SLICE("Values"), &values);
    mark_values(f, flow_mark(values), root);
    mark_context(f, root, context, flow_mark(values), SLICE(""));
}
