/*
 * schema_knows.c - which keys a schema describes
 *
 * The path is walked through every branch of the schema at once: references, allOf, anyOf, oneOf, both sides of a
 * condition. Whether a branch would apply to the values does not matter, since a key that any of them describes was
 * meant by whoever wrote the schema.
 */
#include "base/limits.h"
#include "chart/schema_node.h"
#include "golang/strconv.h"

struct key_walk {
    const struct slice *path;
    size_t count;
    size_t work;
};

/* The schemas on the way to one, the nearest first. */
struct key_scope {
    const struct key_scope *parent;
    const struct schema_node *node;
    size_t at;
    size_t depth;
};

static enum schema_knowledge walk(struct key_walk *w, const struct schema_node *node, size_t at,
                                  const struct key_scope *scope);

/* Known if either knows the key; forbidden if either forbids it and none knows it. */
static enum schema_knowledge join(enum schema_knowledge a, enum schema_knowledge b)
{
    if (a == SCHEMA_KEY_KNOWN || b == SCHEMA_KEY_KNOWN)
        return SCHEMA_KEY_KNOWN;
    return a == SCHEMA_KEY_FORBIDDEN || b == SCHEMA_KEY_FORBIDDEN ? SCHEMA_KEY_FORBIDDEN : SCHEMA_KEY_ALLOWED;
}

static enum schema_knowledge join_all(struct key_walk *w, enum schema_knowledge so_far,
                                      const struct schema_nodes *nodes, size_t at, const struct key_scope *scope)
{
    for (size_t i = 0; i < nodes->count; i++)
        so_far = join(so_far, walk(w, nodes->items[i], at, scope));
    return so_far;
}

static enum schema_knowledge join_one(struct key_walk *w, enum schema_knowledge so_far,
                                      const struct schema_node *node, size_t at, const struct key_scope *scope)
{
    return node ? join(so_far, walk(w, node, at, scope)) : so_far;
}

static enum schema_knowledge walk_key(struct key_walk *w, const struct schema_object_part *part, size_t at,
                                      const struct key_scope *scope)
{
    struct slice key = w->path[at];
    enum schema_knowledge result = SCHEMA_KEY_ALLOWED;
    const struct schema_node *node = schema_members_find(&part->properties, key);
    bool found = node != NULL;
    result = join_one(w, result, node, at + 1, scope);
    for (size_t i = 0; i < part->pattern_count; i++) {
        if (schema_pattern_matches(part->patterns[i].pattern, key)) {
            found = true;
            result = join_one(w, result, part->patterns[i].node, at + 1, scope);
        }
    }
    if (!found && part->additional.forbidden)
        result = SCHEMA_KEY_FORBIDDEN;
    else if (!found)
        result = join_one(w, result, part->additional.node, at + 1, scope);
    for (size_t i = 0; i < part->dependent_schemas.count; i++)
        result = join_one(w, result, part->dependent_schemas.items[i].node, at, scope);
    for (size_t i = 0; i < part->dependencies.count; i++)
        result = join_one(w, result, part->dependencies.items[i].node, at, scope);
    return result;
}

static enum schema_knowledge walk_index(struct key_walk *w, const struct schema_array_part *part, size_t at,
                                        const struct key_scope *scope)
{
    int64_t index;
    if (go_parse_int(w->path[at], 10, 64, &index) != GO_NUMBER_OK || index < 0)
        return SCHEMA_KEY_ALLOWED;
    if ((uint64_t)index < part->prefix.count)
        return walk(w, part->prefix.items[index], at + 1, scope);
    if (part->additional.forbidden)
        return SCHEMA_KEY_FORBIDDEN;
    return join_one(w, SCHEMA_KEY_ALLOWED, part->items ? part->items : part->additional.node, at + 1, scope);
}

/* Whether the walk is at this node with the same key already. */
static bool is_circular(const struct schema_node *node, size_t at, const struct key_scope *scope)
{
    for (; scope && scope->at == at; scope = scope->parent) {
        if (scope->node == node)
            return true;
    }
    return false;
}

static enum schema_knowledge walk(struct key_walk *w, const struct schema_node *node, size_t at,
                                  const struct key_scope *outer)
{
    struct key_scope inner = {outer, node, at, outer ? outer->depth + 1 : 0};
    const struct key_scope *scope = &inner;
    if (at == w->count)
        return SCHEMA_KEY_KNOWN;
    if (node->constant == SCHEMA_FALSE)
        return SCHEMA_KEY_FORBIDDEN;
    if (is_circular(node, at, outer) || scope->depth > LIMIT_SCHEMA_DEPTH || ++w->work > LIMIT_SCHEMA_WORK)
        return SCHEMA_KEY_ALLOWED;
    enum schema_knowledge result = SCHEMA_KEY_ALLOWED;
    if (node->object)
        result = join(result, walk_key(w, node->object, at, scope));
    if (node->array)
        result = join(result, walk_index(w, node->array, at, scope));
    result = join_one(w, result, node->reference, at, scope);
    result = join_one(w, result, node->recursive_reference, at, scope);
    result = join_one(w, result, node->dynamic_reference, at, scope);
    result = join_all(w, result, &node->all_of, at, scope);
    result = join_all(w, result, &node->any_of, at, scope);
    result = join_all(w, result, &node->one_of, at, scope);
    result = join_one(w, result, node->if_, at, scope);
    result = join_one(w, result, node->then_, at, scope);
    result = join_one(w, result, node->else_, at, scope);
    return result;
}

enum schema_knowledge schema_knows(const struct schema *schema, const struct slice *path, size_t count)
{
    struct key_walk w = {.path = path, .count = count};
    return walk(&w, schema->root, 0, NULL);
}
