/*
 * json_path_run.c - JSONPath templates run
 *
 * Each node turns a list of values into another. A range runs the nodes up to its end once for each value; which node
 * ends what is found while running, as in the original, whose odd results for unbalanced templates follow from that.
 */
#include "codec/json_path_node.h"

#include "base/limits.h"
#include "codec/json_write.h"
#include "value/format.h"

struct found {
    struct value *items;
    size_t count;
    size_t cap;
};

/* What each node of a template gave, in order. */
struct printed {
    struct found *items;
    size_t count;
    size_t cap;
};

struct path_run {
    struct arena *arena;
    int begin_range;
    int in_range;
    int end_range;
    const struct path_node *last_end;
    struct slice *error;
};

static bool fail(struct path_run *r, const char *text)
{
    *r->error = slice_text(text);
    return false;
}

static void add(struct path_run *r, struct found *list, struct value v)
{
    list->items = arena_room(r->arena, list->items, list->count, &list->cap, sizeof v);
    list->items[list->count++] = v;
}

static void add_all(struct path_run *r, struct found *list, const struct found *more)
{
    for (size_t i = 0; i < more->count; i++)
        add(r, list, more->items[i]);
}

/* A nil that came out of the data is passed over; the nothing that an empty range runs with is not. */
static bool is_nil(struct value v)
{
    return v.kind == VALUE_NIL && !(v.bits & VALUE_BIT_INVALID);
}

static bool run_nodes(struct path_run *r, const struct found *in, const struct path_nodes *nodes, struct found *out);

static bool run_field(struct path_run *r, const struct found *in, const struct path_node *node, struct found *out)
{
    if (in->count == 0)
        return true;
    for (size_t i = 0; i < in->count; i++) {
        struct value v = in->items[i];
        const struct value *found = v.kind == VALUE_MAP ? map_find(v.map, node->text) : NULL;
        if (found)
            add(r, out, *found);
    }
    if (out->count)
        return true;
    *r->error = arena_printf(r->arena, "%.*s is not found", SLICE_ARG(node->text));
    return false;
}

static bool fail_bounds(struct path_run *r, int64_t index, int64_t length)
{
    *r->error = arena_printf(r->arena, "array index out of bounds: index %lld, length %lld", (long long)index,
                             (long long)length);
    return false;
}

static bool slice_list(struct path_run *r, const struct list *list, const struct path_node *node, struct found *out,
                       bool *stop)
{
    int64_t length = list->len;
    int64_t from = node->bounds[0].known ? node->bounds[0].value : 0;
    int64_t to = node->bounds[1].known ? node->bounds[1].value : length;
    int64_t step = node->bounds[2].known ? node->bounds[2].value : 1;
    if (from < 0)
        from += length;
    if (to < 0 || (to == 0 && node->bounds[1].derived))
        to += length;
    *stop = from == to;
    if (*stop)
        return true;
    if (from < 0 || from >= length)
        return fail_bounds(r, from, length);
    if (to < 0 || to > length)
        return fail_bounds(r, to - 1, length);
    if (from > to) {
        *r->error = arena_printf(r->arena, "starting index %lld is greater than ending index %lld", (long long)from,
                                 (long long)to);
        return false;
    }
    if (step <= 0)
        return fail(r, "step must be > 0");
    for (int64_t i = from; i < to; i += step < to ? step : to)
        add(r, out, list->items[i]);
    return true;
}

static bool run_slice(struct path_run *r, const struct found *in, const struct path_node *node, struct found *out)
{
    bool stop = false;
    for (size_t i = 0; i < in->count && !stop; i++) {
        struct value v = in->items[i];
        if (is_nil(v))
            continue;
        if (v.kind != VALUE_LIST) {
            *r->error = arena_printf(r->arena, "%s is not array or slice", value_type_name(v));
            return false;
        }
        if (!slice_list(r, v.list, node, out, &stop))
            return false;
    }
    return true;
}

/* What is directly below a value; of a text, its bytes. */
static void add_children(struct path_run *r, struct value v, struct found *out)
{
    if (v.kind == VALUE_MAP) {
        for (uint32_t i = 0; i < v.map->len; i++)
            add(r, out, v.map->entries[i].value);
    } else if (v.kind == VALUE_LIST) {
        for (uint32_t i = 0; i < v.list->len; i++)
            add(r, out, v.list->items[i]);
    } else if (v.kind == VALUE_STRING) {
        for (uint32_t i = 0; i < v.len; i++)
            add(r, out, value_uint_as(GO_UINT8, (unsigned char)v.s[i]));
    }
}

static bool run_descent(struct path_run *r, const struct found *in, int depth, struct found *out)
{
    if (depth > LIMIT_VALUE_DEPTH)
        return fail(r, "values are nested too deep");
    for (size_t i = 0; i < in->count; i++) {
        struct found children = {NULL, 0, 0};
        add_children(r, in->items[i], &children);
        if (children.count == 0)
            continue;
        add(r, out, in->items[i]);
        if (!run_descent(r, &children, depth + 1, out))
            return false;
    }
    return true;
}

/* --- comparing ---------------------------------------------------------------------------------------------- */

/* -1, 0, 1; `text` and `number` of Go's basic kinds. */
static bool compare(struct path_run *r, struct value left, struct value right, bool for_order, int *order)
{
    bool comparable = left.kind == VALUE_BOOL || left.kind == VALUE_INT || left.kind == VALUE_UINT ||
                      left.kind == VALUE_FLOAT || left.kind == VALUE_STRING;
    bool comparable_right = right.kind == VALUE_BOOL || right.kind == VALUE_INT || right.kind == VALUE_UINT ||
                            right.kind == VALUE_FLOAT || right.kind == VALUE_STRING;
    if (!comparable || !comparable_right)
        return fail(r, "invalid type for comparison");
    if (left.kind == VALUE_INT && right.kind == VALUE_UINT)
        *order = left.i < 0 || (uint64_t)left.i < right.u ? -1 : (uint64_t)left.i > right.u;
    else if (left.kind == VALUE_UINT && right.kind == VALUE_INT)
        *order = right.i < 0 || left.u > (uint64_t)right.i ? 1 : -(left.u < (uint64_t)right.i);
    else if (left.kind != right.kind)
        return fail(r, "incompatible types for comparison");
    else if (left.kind == VALUE_BOOL && for_order)
        return fail(r, "invalid type for comparison");
    else if (left.kind == VALUE_BOOL)
        *order = left.b - right.b;
    else if (left.kind == VALUE_INT)
        *order = (left.i > right.i) - (left.i < right.i);
    else if (left.kind == VALUE_UINT)
        *order = (left.u > right.u) - (left.u < right.u);
    else if (left.kind == VALUE_FLOAT)
        *order = (left.f > right.f) - (left.f < right.f);
    else
        *order = slice_compare(value_slice(left), value_slice(right));
    return true;
}

static bool apply_operator(struct path_run *r, struct slice name, struct value left, struct value right, bool *passes)
{
    bool equality = slice_is(name, "==") || slice_is(name, "!=");
    bool known = equality || slice_is(name, "<") || slice_is(name, ">") || slice_is(name, "<=") || slice_is(name, ">=");
    int order = 0;
    if (!known) {
        *r->error = arena_printf(r->arena, "unrecognized filter operator %.*s", SLICE_ARG(name));
        return false;
    }
    if (!compare(r, left, right, !equality, &order))
        return false;
    if (equality)
        *passes = (order == 0) == slice_is(name, "==");
    else
        *passes = name.ptr[0] == '<' ? order < 0 : order > 0;
    *passes = *passes || (!equality && name.len == 2 && order == 0);
    return true;
}

/* Whether an item passes the filter. */
static bool filter_item(struct path_run *r, const struct path_node *node, struct value item, bool *passes)
{
    struct found one = {&item, 1, 1};
    struct found left = {NULL, 0, 0};
    struct found right = {NULL, 0, 0};
    bool ok = run_nodes(r, &one, &node->nodes, &left);
    *passes = left.count > 0;
    if (slice_is(node->text, "exists"))
        return true;
    if (!ok || left.count == 0)
        return ok;
    if (left.count > 1)
        return fail(r, "can only compare one element at a time");
    if (!run_nodes(r, &one, &node->right, &right))
        return false;
    *passes = false;
    if (right.count == 0)
        return true;
    if (right.count > 1)
        return fail(r, "can only compare one element at a time");
    return apply_operator(r, node->text, left.items[0], right.items[0], passes);
}

static bool run_filter(struct path_run *r, const struct found *in, const struct path_node *node, struct found *out)
{
    for (size_t i = 0; i < in->count; i++) {
        struct value v = in->items[i];
        if (v.kind != VALUE_LIST) {
            struct buffer text = BUFFER_INIT;
            format_value(&text, v);
            buffer_add_text(&text, " is not array or slice and cannot be filtered");
            *r->error = buffer_move(&text, r->arena);
            return false;
        }
        for (uint32_t j = 0; j < v.list->len; j++) {
            bool passes = false;
            if (!filter_item(r, node, v.list->items[j], &passes))
                return false;
            if (passes)
                add(r, out, v.list->items[j]);
        }
    }
    return true;
}

/* --- running ------------------------------------------------------------------------------------------------ */

static bool run_identifier(struct path_run *r, const struct found *in, const struct path_node *node, struct found *out)
{
    if (slice_is(node->text, "range")) {
        r->begin_range++;
        add_all(r, out, in);
        return true;
    }
    if (!slice_is(node->text, "end")) {
        *r->error = arena_printf(r->arena, "unrecognized identifier %.*s", SLICE_ARG(node->text));
        return false;
    }
    if (r->in_range <= 0)
        return fail(r, "not in range, nothing to end");
    r->end_range++;
    return true;
}

static bool run_literal(struct path_run *r, const struct found *in, const struct path_node *node, struct found *out)
{
    size_t times = node->literal.kind == VALUE_STRING ? 1 : in->count;
    for (size_t i = 0; i < times; i++)
        add(r, out, node->literal);
    return true;
}

static bool run_node(struct path_run *r, const struct found *in, const struct path_node *node, struct found *out)
{
    switch (node->kind) {
    case PATH_LIST:
        return run_nodes(r, in, &node->nodes, out);
    case PATH_LITERAL:
        return run_literal(r, in, node, out);
    case PATH_FIELD:
        return run_field(r, in, node, out);
    case PATH_SLICE:
        return run_slice(r, in, node, out);
    case PATH_FILTER:
        return run_filter(r, in, node, out);
    case PATH_WILDCARD:
        for (size_t i = 0; i < in->count; i++)
            add_children(r, in->items[i], out);
        return true;
    case PATH_DESCENT:
        return run_descent(r, in, 0, out);
    case PATH_UNION:
        for (size_t i = 0; i < node->nodes.count; i++) {
            struct found part = {NULL, 0, 0};
            if (!run_nodes(r, in, &node->nodes.items[i].nodes, &part))
                return false;
            add_all(r, out, &part);
        }
        return true;
    case PATH_IDENTIFIER:
        return run_identifier(r, in, node, out);
    }
    return true;
}

/* One node after the other, each on what the one before gave. */
static bool run_nodes(struct path_run *r, const struct found *in, const struct path_nodes *nodes, struct found *out)
{
    struct found current = *in;
    for (size_t i = 0; i < nodes->count; i++) {
        struct found next = {NULL, 0, 0};
        if (!run_node(r, &current, &nodes->items[i], &next)) {
            *out = next;
            return false;
        }
        current = next;
    }
    *out = current;
    return true;
}

static void print_later(struct path_run *r, struct printed *out, struct found found)
{
    out->items = arena_room(r->arena, out->items, out->count, &out->cap, sizeof found);
    out->items[out->count++] = found;
}

static bool run_template(struct path_run *r, const struct path_node *nodes, size_t count, struct value data, int depth,
                         struct printed *out);

/* Runs what follows a range for each value; with no value once for nothing, to find its end. */
static bool run_range(struct path_run *r, const struct path_node *nodes, size_t count, const struct found *values,
                      int depth, struct printed *out)
{
    struct printed ignored = {NULL, 0, 0};
    struct value nothing = value_nil();
    nothing.bits = VALUE_BIT_INVALID;
    if (values->count == 0)
        return run_template(r, nodes, count, nothing, depth + 1, &ignored);
    for (size_t i = 0; i < values->count; i++) {
        if (!run_template(r, nodes, count, values->items[i], depth + 1, out))
            return false;
    }
    return true;
}

static bool run_template(struct path_run *r, const struct path_node *nodes, size_t count, struct value data, int depth,
                         struct printed *out)
{
    struct found start = {&data, 1, 1};
    if (depth > LIMIT_VALUE_DEPTH)
        return fail(r, "ranges are nested too deep");
    for (size_t i = 0; i < count; i++) {
        struct found found = {NULL, 0, 0};
        if (!run_node(r, &start, &nodes[i], &found))
            return false;
        if (r->end_range > 0 && r->end_range <= r->in_range) {
            r->end_range--;
            r->last_end = &nodes[i];
            return true;
        }
        if (r->begin_range <= 0) {
            print_later(r, out, found);
            continue;
        }
        r->begin_range--;
        r->in_range++;
        if (!run_range(r, nodes + i + 1, count - i - 1, &found, depth, out))
            return false;
        r->in_range--;
        for (size_t k = i + 1; k < count; k++) {
            if (&nodes[k] == r->last_end)
                i = k;
        }
    }
    return true;
}

/* Lists and maps as JSON, the rest as fmt prints it. */
static bool print(struct path_run *r, const struct found *found, struct buffer *out)
{
    const struct json_write_options options = {.indent = NULL};
    for (size_t i = 0; i < found->count; i++) {
        struct value v = found->items[i];
        if (i)
            buffer_add_char(out, ' ');
        if (v.kind == VALUE_NIL)
            buffer_add_text(out, v.bits & VALUE_BIT_INVALID ? "<no value>" : "null");
        else if (v.kind != VALUE_MAP && v.kind != VALUE_LIST)
            format_value(out, v);
        else if (!json_write(out, v, &options, r->arena, r->error))
            return false;
    }
    return true;
}

bool json_path_run(const struct json_path *path, struct value data, struct arena *a, struct buffer *out,
                   struct slice *error)
{
    struct path_run r = {.arena = a, .error = error};
    struct printed results = {NULL, 0, 0};
    if (!run_template(&r, path->nodes.items, path->nodes.count, data, 0, &results))
        return false;
    for (size_t i = 0; i < results.count; i++) {
        if (!print(&r, &results.items[i], out))
            return false;
    }
    return true;
}
