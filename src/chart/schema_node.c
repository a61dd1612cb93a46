/*
 * schema_node.c - a compiled schema
 */
#include "chart/schema_node.h"

void schema_node_add_location(const struct schema_node *node, struct buffer *out)
{
    if (node->place)
        schema_place_add_location(node->place, out);
    else
        buffer_add(out, node->name);
}

bool schema_pattern_matches(struct schema_pattern *pattern, struct slice text)
{
    pthread_mutex_lock(&pattern->lock);
    bool matches = go_regexp_match(pattern->expression, text, 0, NULL);
    pthread_mutex_unlock(&pattern->lock);
    return matches;
}

struct schema_node *schema_members_find(const struct schema_members *members, struct slice name)
{
    size_t from = 0, to = members->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int order = slice_compare(members->items[middle].name, name);
        if (order == 0)
            return members->items[middle].node;
        if (order < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return NULL;
}
