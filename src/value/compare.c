/*
 * compare.c - reflect.DeepEqual over values
 *
 * As in Go a list or map is equal to itself without a look inside. Two values that hold themselves are taken for equal
 * once the depth limit is met, and the walk ends there.
 */
#include "value/compare.h"

#include "base/limits.h"
#include "value/object.h"

struct comparer {
    unsigned depth;
    bool stopped;
};

static bool equal(struct comparer *c, struct value a, struct value b);

static bool equal_lists(struct comparer *c, const struct list *a, const struct list *b)
{
    if (a->len != b->len || (a->flags & VALUE_NIL_REF) != (b->flags & VALUE_NIL_REF))
        return false;
    if (a->items == b->items)
        return true;
    for (uint32_t i = 0; i < a->len; i++) {
        if (!equal(c, a->items[i], b->items[i]))
            return false;
    }
    return true;
}

static bool equal_maps(struct comparer *c, const struct map *a, const struct map *b)
{
    if (a->len != b->len || (a->flags & VALUE_NIL_REF) != (b->flags & VALUE_NIL_REF))
        return false;
    if (a == b)
        return true;
    for (uint32_t i = 0; i < a->len; i++) {
        if (!slice_equal(a->entries[i].key, b->entries[i].key) ||
            !equal(c, a->entries[i].value, b->entries[i].value))
            return false;
    }
    return true;
}

static bool equal_objects(struct object *a, struct object *b)
{
    if (a == b)
        return true;
    return a->type == b->type && a->type->equal && a->type->equal(value_object(a), value_object(b));
}

static bool equal_content(struct comparer *c, struct value a, struct value b)
{
    switch ((enum value_kind)a.kind) {
    case VALUE_BOOL:
        return a.b == b.b;
    case VALUE_INT:
        return a.i == b.i;
    case VALUE_UINT:
        return a.u == b.u;
    case VALUE_FLOAT:
        return a.f == b.f;
    case VALUE_STRING:
    case VALUE_BYTES:
        return slice_equal(value_slice(a), value_slice(b));
    case VALUE_LIST:
        return equal_lists(c, a.list, b.list);
    case VALUE_MAP:
        return equal_maps(c, a.map, b.map);
    case VALUE_OBJECT:
        return equal_objects(a.object, b.object);
    case VALUE_NIL:
    case VALUE_KINDS:
        break;
    }
    return true;
}

static bool equal(struct comparer *c, struct value a, struct value b)
{
    if (c->depth == LIMIT_VALUE_DEPTH)
        c->stopped = true;
    if (c->stopped)
        return true;
    if (a.kind != b.kind || a.type != b.type)
        return false;
    c->depth++;
    bool same = equal_content(c, a, b);
    c->depth--;
    return same;
}

bool value_deep_equal(struct value a, struct value b)
{
    struct comparer c = {0, false};
    return equal(&c, a, b);
}
