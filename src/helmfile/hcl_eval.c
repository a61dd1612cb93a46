/*
 * hcl_eval.c - HCL files to values
 *
 * An expression is a tree that is walked with a chain of names: loop variables before `hv` and `local`, whose attributes
 * are evaluated when they are first asked for and kept.
 */
#include "helmfile/hcl.h"

#include "base/limits.h"
#include "helmfile/hcl_node.h"
#include "value/compare.h"

#include <math.h>

enum {
    DEEPEST = 1000
};

/* An attribute, perhaps defined several times. */
struct variable {
    struct slice name;
    const struct hcl_attribute **definitions; /* in the order of files */
    size_t count;
    struct value value;
    bool is_done;
    bool is_running;
    struct variable *asker; /* while it is running: whose evaluation asked for it */
};

struct variables {
    struct variable *items;
    size_t count;
};

struct name_chain {
    const struct name_chain *outer;
    struct slice name; /* empty: the item of a splat */
    struct value value;
};

struct evaluating {
    struct arena *arena;
    struct variables values;
    struct variables *locals; /* one a file */
    const struct source *source; /* of the expression at hand */
    size_t file;
    bool in_locals;
    struct variable *current;
    bool is_told; /* the error names the variable already */
    int depth;
    struct diag *diag;
};

static bool evaluate(struct evaluating *e, const struct hcl_node *node, const struct name_chain *names,
                     struct value *out);

static bool fail(struct evaluating *e, const struct hcl_node *node, const char *what)
{
    return hcl_fail(e->source, node->offset, e->diag, "%s", what);
}

/* --- variables ------------------------------------------------------------------------------------------------ */

static struct variable *find_variable(struct variables *variables, struct slice name)
{
    for (size_t i = 0; i < variables->count; i++) {
        if (slice_equal(variables->items[i].name, name))
            return &variables->items[i];
    }
    return NULL;
}

/* Objects are merged, anything else is replaced; null does not replace. */
static struct value merge(struct arena *a, struct value low, struct value high)
{
    if (high.kind == VALUE_NIL)
        return low;
    if (low.kind != VALUE_MAP || high.kind != VALUE_MAP)
        return high;
    struct map *map = map_copy(a, low.map);
    for (uint32_t i = 0; i < high.map->len; i++) {
        const struct entry *entry = &high.map->entries[i];
        const struct value *below = map_find(map, entry->key);
        map_set(map, entry->key, below ? merge(a, *below, entry->value) : entry->value);
    }
    return value_map(map);
}

static bool evaluate_variable(struct evaluating *e, struct variable *v, bool is_local)
{
    struct evaluating before = *e;
    v->is_running = true;
    v->asker = e->current;
    e->current = v;
    v->value = value_nil();
    e->in_locals = is_local;
    for (size_t i = 0; i < v->count; i++) {
        const struct hcl_attribute *definition = v->definitions[i];
        struct value read;
        e->source = definition->source;
        e->file = definition->file;
        if (!evaluate(e, definition->expression, NULL, &read))
            return false;
        v->value = i == 0 ? read : merge(e->arena, v->value, read);
        v->value.origin = origin_at(definition->source, diag_place_at(definition->source, definition->offset, 1).line,
                                    diag_place_at(definition->source, definition->offset, 1).column);
    }
    e->source = before.source;
    e->file = before.file;
    e->in_locals = before.in_locals;
    e->current = before.current;
    v->is_running = false;
    v->is_done = true;
    return true;
}

static bool fail_undefined(struct evaluating *e, const struct hcl_node *node, struct slice name)
{
    struct slice asker = e->current ? e->current->name : SLICE("");
    e->is_told = true;
    diag_error(e->diag, "variables \"%.*s\" depend(s) on undefined vars \"%.*s\"", SLICE_ARG(asker), SLICE_ARG(name));
    diag_locate(e->diag, diag_place_at(e->source, node->offset, 1));
    return false;
}

static bool fail_circle(struct evaluating *e, const struct hcl_node *node, const struct variable *v)
{
    struct buffer path = BUFFER_INIT;
    e->is_told = true;
    buffer_add(&path, v->name);
    for (const struct variable *at = e->current; at && at != v; at = at->asker)
        buffer_printf(&path, " -> %.*s", SLICE_ARG(at->name));
    diag_error(e->diag, "error while building the DAG variable graph : cycle detected: %.*s -> %.*s",
               SLICE_ARG(buffer_slice(&path)), SLICE_ARG(v->name));
    diag_locate(e->diag, diag_place_at(e->source, node->offset, 1));
    buffer_release(&path);
    return false;
}

static bool look_up(struct evaluating *e, const struct hcl_node *node, struct variables *variables, bool is_local,
                    struct slice name, struct value *out)
{
    struct variable *v = find_variable(variables, name);
    if (!v)
        return fail_undefined(e, node, name);
    if (v->is_running)
        return fail_circle(e, node, v);
    if (!v->is_done && !evaluate_variable(e, v, is_local))
        return false;
    *out = v->value;
    return true;
}

/* All locals as an object. */
static bool all_of(struct evaluating *e, struct variables *variables, bool is_local, struct value *out)
{
    struct map *map = map_new(e->arena, (uint32_t)variables->count);
    for (size_t i = 0; i < variables->count; i++) {
        struct variable *v = &variables->items[i];
        if (!v->is_done && (v->is_running || !evaluate_variable(e, v, is_local)))
            return false;
        map_set(map, v->name, v->value);
    }
    *out = value_map(map);
    return true;
}

static bool evaluate_name(struct evaluating *e, const struct hcl_node *node, const struct name_chain *names,
                          struct value *out)
{
    for (const struct name_chain *n = names; n; n = n->outer) {
        if (n->name.len && slice_equal(n->name, node->name)) {
            *out = n->value;
            return true;
        }
    }
    if (slice_is(node->name, "local") && !e->in_locals)
        return all_of(e, &e->locals[e->file], true, out);
    e->is_told = true;
    return hcl_fail(e->source, node->offset, e->diag,
                    "Invalid reference; The \"%.*s\" object cannot be accessed directly. Instead, access it from one of "
                    "its root.",
                    SLICE_ARG(node->name));
}

/* --- access --------------------------------------------------------------------------------------------------- */

static bool attribute_of(struct evaluating *e, const struct hcl_node *node, struct value in, struct slice name,
                         struct value *out)
{
    const struct value *found = in.kind == VALUE_MAP ? map_find(in.map, name) : NULL;
    if (!found)
        return hcl_fail(e->source, node->offset, e->diag,
                        "Unsupported attribute; This object does not have an attribute named \"%.*s\".",
                        SLICE_ARG(name));
    *out = *found;
    return true;
}

static bool evaluate_attribute(struct evaluating *e, const struct hcl_node *node, const struct name_chain *names,
                               struct value *out)
{
    const struct hcl_node *root = node->parts[0];
    struct value in;
    if (root->kind == HCL_VARIABLE && slice_is(root->name, "hv") && !e->in_locals)
        return look_up(e, node, &e->values, false, node->name, out);
    if (root->kind == HCL_VARIABLE && slice_is(root->name, "local"))
        return look_up(e, node, &e->locals[e->file], true, node->name, out);
    return evaluate(e, root, names, &in) && attribute_of(e, node, in, node->name, out);
}

static bool evaluate_index(struct evaluating *e, const struct hcl_node *node, const struct name_chain *names,
                           struct value *out)
{
    struct value in;
    struct value key;
    struct slice name;
    double number;
    if (!evaluate(e, node->parts[0], names, &in) || !evaluate(e, node->parts[1], names, &key))
        return false;
    if (in.kind == VALUE_MAP && hcl_text(e->arena, key, &name))
        return attribute_of(e, node, in, name, out);
    if (in.kind != VALUE_LIST || !hcl_number(key, &number) || number < 0 || number >= in.list->len)
        return fail(e, node, "Invalid index; The given key does not identify an element in this collection value.");
    *out = in.list->items[(size_t)number];
    return true;
}

static bool evaluate_splat(struct evaluating *e, const struct hcl_node *node, const struct name_chain *names,
                           struct value *out)
{
    struct value in;
    struct list *list;
    if (!evaluate(e, node->parts[0], names, &in))
        return false;
    uint32_t count = in.kind == VALUE_LIST ? in.list->len : in.kind != VALUE_NIL;
    list = list_new(e->arena, count);
    for (uint32_t i = 0; i < count; i++) {
        struct name_chain each = {names, SLICE(""), in.kind == VALUE_LIST ? in.list->items[i] : in};
        struct value item;
        if (!evaluate(e, node->parts[1], &each, &item))
            return false;
        list_add(e->arena, list, item);
    }
    *out = value_list(list);
    return true;
}

static struct value splat_item(const struct name_chain *names)
{
    while (names && names->name.len)
        names = names->outer;
    return names ? names->value : value_nil();
}

/* --- operators ------------------------------------------------------------------------------------------------ */

static bool as_bool(struct evaluating *e, const struct hcl_node *node, struct value v, bool *out)
{
    bool is_text = v.kind == VALUE_STRING && (slice_is(value_slice(v), "true") || slice_is(value_slice(v), "false"));
    if (v.kind != VALUE_BOOL && !is_text)
        return fail(e, node, "Unsuitable value type; a bool is required");
    *out = v.kind == VALUE_BOOL ? v.b : slice_is(value_slice(v), "true");
    return true;
}

static bool arithmetic(struct evaluating *e, const struct hcl_node *node, double x, double y, struct value *out)
{
    switch (node->op) {
    case HCL_ADD:
        *out = hcl_make_number(x + y);
        return true;
    case HCL_SUBTRACT:
        *out = hcl_make_number(x - y);
        return true;
    case HCL_MULTIPLY:
        *out = hcl_make_number(x * y);
        return true;
    case HCL_DIVIDE:
    case HCL_REMAINDER:
        if (y == 0)
            return fail(e, node, "Division by zero");
        *out = hcl_make_number(node->op == HCL_DIVIDE ? x / y : fmod(x, y));
        return true;
    case HCL_LESS:
        *out = value_bool(x < y);
        return true;
    case HCL_LESS_EQUAL:
        *out = value_bool(x <= y);
        return true;
    case HCL_GREATER:
        *out = value_bool(x > y);
        return true;
    default:
        *out = value_bool(x >= y);
        return true;
    }
}

static bool evaluate_binary(struct evaluating *e, const struct hcl_node *node, const struct name_chain *names,
                            struct value *out)
{
    struct value x;
    struct value y;
    if (!evaluate(e, node->parts[0], names, &x) || !evaluate(e, node->parts[1], names, &y))
        return false;
    if (node->op == HCL_AND || node->op == HCL_OR) {
        bool p;
        bool q;
        if (!as_bool(e, node->parts[0], x, &p) || !as_bool(e, node->parts[1], y, &q))
            return false;
        *out = value_bool(node->op == HCL_AND ? p && q : p || q);
        return true;
    }
    if (node->op == HCL_EQUAL || node->op == HCL_UNEQUAL) {
        *out = value_bool(value_deep_equal(x, y) == (node->op == HCL_EQUAL));
        return true;
    }
    double a;
    double b;
    if (!hcl_number(x, &a) || !hcl_number(y, &b))
        return fail(e, node, "Invalid operand; a number is required");
    return arithmetic(e, node, a, b, out);
}

static bool evaluate_unary(struct evaluating *e, const struct hcl_node *node, const struct name_chain *names,
                           struct value *out)
{
    struct value v;
    bool b;
    double d;
    if (!evaluate(e, node->parts[0], names, &v))
        return false;
    if (node->op == HCL_NOT) {
        if (!as_bool(e, node, v, &b))
            return false;
        *out = value_bool(!b);
        return true;
    }
    if (!hcl_number(v, &d))
        return fail(e, node, "Invalid operand; a number is required");
    *out = hcl_make_number(-d);
    return true;
}

static bool evaluate_condition(struct evaluating *e, const struct hcl_node *node, const struct name_chain *names,
                               struct value *out)
{
    struct value v;
    bool b;
    return evaluate(e, node->parts[0], names, &v) && as_bool(e, node->parts[0], v, &b) &&
           evaluate(e, node->parts[b ? 1 : 2], names, out);
}

/* --- loops ---------------------------------------------------------------------------------------------------- */

/* What a loop does with each item. */
typedef bool each_fn(struct evaluating *e, const struct hcl_node *node, const struct name_chain *names, void *context);

static bool each_item(struct evaluating *e, const struct hcl_node *node, const struct name_chain *names,
                      each_fn *each, void *context)
{
    struct value over;
    if (!evaluate(e, node->parts[0], names, &over))
        return false;
    if (over.kind != VALUE_LIST && over.kind != VALUE_MAP)
        return fail(e, node, "Iteration over non-iterable value");
    bool is_list = over.kind == VALUE_LIST;
    uint32_t count = is_list ? over.list->len : over.map->len;
    for (uint32_t i = 0; i < count; i++) {
        struct value key = is_list ? value_float(i) : value_string(over.map->entries[i].key);
        struct value item = is_list ? over.list->items[i] : over.map->entries[i].value;
        struct name_chain first = {names, node->name, node->second.len ? key : item};
        struct name_chain second = {&first, node->second, item};
        if (!each(e, node, node->second.len ? &second : &first, context))
            return false;
    }
    return true;
}

static bool wants_item(struct evaluating *e, const struct hcl_node *node, const struct name_chain *names, bool *out)
{
    struct value v;
    *out = true;
    return !node->parts[3] || (evaluate(e, node->parts[3], names, &v) && as_bool(e, node->parts[3], v, out));
}

static bool add_to_list(struct evaluating *e, const struct hcl_node *node, const struct name_chain *names,
                        void *context)
{
    struct value v;
    bool wanted;
    if (!wants_item(e, node, names, &wanted))
        return false;
    if (wanted && !evaluate(e, node->parts[2], names, &v))
        return false;
    if (wanted)
        list_add(e->arena, context, v);
    return true;
}

static bool add_to_map(struct evaluating *e, const struct hcl_node *node, const struct name_chain *names, void *context)
{
    struct map *map = context;
    struct value key;
    struct value v;
    struct slice name;
    bool wanted;
    if (!wants_item(e, node, names, &wanted))
        return false;
    if (!wanted)
        return true;
    if (!evaluate(e, node->parts[1], names, &key) || !evaluate(e, node->parts[2], names, &v))
        return false;
    if (!hcl_text(e->arena, key, &name))
        return fail(e, node, "Invalid object key");
    if (!node->spread) {
        map_set(map, name, v);
        return true;
    }
    struct value *group = map_find(map, name);
    struct list *list = group ? group->list : list_new(e->arena, 2);
    list_add(e->arena, list, v);
    if (!group)
        map_set(map, name, value_list(list));
    return true;
}

static bool evaluate_for(struct evaluating *e, const struct hcl_node *node, const struct name_chain *names,
                         struct value *out)
{
    if (node->parts[1]) {
        struct map *map = map_new(e->arena, 4);
        *out = value_map(map);
        return each_item(e, node, names, add_to_map, map);
    }
    struct list *list = list_new(e->arena, 4);
    *out = value_list(list);
    return each_item(e, node, names, add_to_list, list);
}

/* --- texts ---------------------------------------------------------------------------------------------------- */

static bool add_piece(struct evaluating *e, const struct hcl_node *node, const struct name_chain *names,
                      struct buffer *out)
{
    struct value v;
    struct slice text;
    if (!evaluate(e, node, names, &v))
        return false;
    if (!hcl_text(e->arena, v, &text))
        return fail(e, node, "Invalid template interpolation value");
    buffer_add(out, text);
    return true;
}

static bool add_body(struct evaluating *e, const struct hcl_node *node, const struct name_chain *names, void *context)
{
    return add_piece(e, node->parts[1], names, context);
}

/* A template that is one interpolation is its value. */
static bool evaluate_template(struct evaluating *e, const struct hcl_node *node, const struct name_chain *names,
                              struct value *out)
{
    struct buffer text = BUFFER_INIT;
    bool ok = true;
    if (node->count == 1)
        return evaluate(e, node->parts[0], names, out);
    for (size_t i = 0; ok && i < node->count; i++)
        ok = add_piece(e, node->parts[i], names, &text);
    *out = value_string(buffer_move(&text, e->arena));
    return ok;
}

static bool evaluate_for_text(struct evaluating *e, const struct hcl_node *node, const struct name_chain *names,
                              struct value *out)
{
    struct buffer text = BUFFER_INIT;
    bool ok = each_item(e, node, names, add_body, &text);
    *out = value_string(buffer_move(&text, e->arena));
    return ok;
}

/* --- collections and calls ------------------------------------------------------------------------------------ */

static bool evaluate_tuple(struct evaluating *e, const struct hcl_node *node, const struct name_chain *names,
                           struct value *out)
{
    struct list *list = list_new(e->arena, (uint32_t)node->count);
    for (size_t i = 0; i < node->count; i++) {
        struct value item;
        if (!evaluate(e, node->parts[i], names, &item))
            return false;
        list_add(e->arena, list, item);
    }
    *out = value_list(list);
    return true;
}

static bool evaluate_object(struct evaluating *e, const struct hcl_node *node, const struct name_chain *names,
                            struct value *out)
{
    struct map *map = map_new(e->arena, (uint32_t)(node->count / 2));
    for (size_t i = 0; i + 1 < node->count; i += 2) {
        struct value key;
        struct value v;
        struct slice name;
        if (!evaluate(e, node->parts[i], names, &key) || !evaluate(e, node->parts[i + 1], names, &v))
            return false;
        if (!hcl_text(e->arena, key, &name))
            return fail(e, node, "Invalid object key");
        map_set(map, name, v);
    }
    *out = value_map(map);
    return true;
}

/* try and can take what fails. */
static bool evaluate_try(struct evaluating *e, const struct hcl_node *node, const struct name_chain *names,
                         struct value *out)
{
    bool is_can = slice_is(node->name, "can");
    for (size_t i = 0; i < node->count; i++) {
        struct evaluating attempt = *e;
        struct diag ignored;
        diag_init(&ignored);
        attempt.diag = &ignored;
        bool ok = evaluate(&attempt, node->parts[i], names, out);
        diag_release(&ignored);
        if (is_can)
            *out = value_bool(ok);
        if (ok || is_can)
            return true;
    }
    return fail(e, node, "no expression succeeded");
}

static bool evaluate_call(struct evaluating *e, const struct hcl_node *node, const struct name_chain *names,
                          struct value *out)
{
    struct value given;
    struct slice error = SLICE("");
    if (slice_is(node->name, "try") || slice_is(node->name, "can"))
        return evaluate_try(e, node, names, out);
    if (!evaluate_tuple(e, node, names, &given))
        return false;
    struct list *args = given.list;
    if (node->spread && args->len && args->items[args->len - 1].kind == VALUE_LIST) {
        struct list *last = args->items[--args->len].list;
        for (uint32_t i = 0; i < last->len; i++)
            list_add(e->arena, args, last->items[i]);
    }
    if (hcl_call(e->arena, node->name, args->items, args->len, out, &error))
        return true;
    return hcl_fail(e->source, node->offset, e->diag, "Error in function call; Call to function \"%.*s\" failed%s%.*s.",
                    SLICE_ARG(node->name), error.len ? ": " : "", SLICE_ARG(error));
}

static bool evaluate_kind(struct evaluating *e, const struct hcl_node *node, const struct name_chain *names,
                          struct value *out)
{
    switch (node->kind) {
    case HCL_LITERAL:
        *out = node->literal;
        return true;
    case HCL_TEMPLATE:
        return evaluate_template(e, node, names, out);
    case HCL_VARIABLE:
        return evaluate_name(e, node, names, out);
    case HCL_ATTRIBUTE:
        return evaluate_attribute(e, node, names, out);
    case HCL_INDEX:
        return evaluate_index(e, node, names, out);
    case HCL_SPLAT:
        return evaluate_splat(e, node, names, out);
    case HCL_EACH:
        *out = splat_item(names);
        return true;
    case HCL_TUPLE:
        return evaluate_tuple(e, node, names, out);
    case HCL_OBJECT:
        return evaluate_object(e, node, names, out);
    case HCL_CALL:
        return evaluate_call(e, node, names, out);
    case HCL_UNARY:
        return evaluate_unary(e, node, names, out);
    case HCL_BINARY:
        return evaluate_binary(e, node, names, out);
    case HCL_CONDITION:
        return evaluate_condition(e, node, names, out);
    case HCL_FOR:
        return evaluate_for(e, node, names, out);
    case HCL_FOR_TEMPLATE:
        return evaluate_for_text(e, node, names, out);
    }
    return false;
}

static bool evaluate(struct evaluating *e, const struct hcl_node *node, const struct name_chain *names,
                     struct value *out)
{
    if (e->depth >= DEEPEST)
        return fail(e, node, "expressions are nested too deep");
    e->depth++;
    bool ok = evaluate_kind(e, node, names, out);
    e->depth--;
    return ok;
}

/* --- entry ---------------------------------------------------------------------------------------------------- */

static struct variables group(struct arena *a, const struct hcl_attributes *attributes)
{
    struct variables all = {ARENA_ARRAY(a, struct variable, attributes->count), 0};
    for (size_t i = 0; i < attributes->count; i++) {
        const struct hcl_attribute *attribute = &attributes->items[i];
        struct variable *v = find_variable(&all, attribute->name);
        if (!v) {
            v = &all.items[all.count++];
            v->name = attribute->name;
        }
        size_t old = v->count * sizeof attribute;
        v->definitions = arena_resize(a, v->definitions, old, old + sizeof attribute);
        v->definitions[v->count++] = attribute;
    }
    return all;
}

/* Numbers without a fraction are floats, too, and empty where there is nothing. */
bool hcl_read(struct arena *a, const struct source *const *files, size_t count, struct value *out, struct diag *diag)
{
    struct hcl_attributes values = {NULL, 0};
    struct evaluating e = {.arena = a, .locals = ARENA_ARRAY(a, struct variables, count), .diag = diag};
    for (size_t i = 0; i < count; i++) {
        struct hcl_attributes locals = {NULL, 0};
        if (!hcl_parse(a, files[i], i, &values, &locals, diag))
            return false;
        e.locals[i] = group(a, &locals);
    }
    e.values = group(a, &values);
    for (size_t i = 0; i < e.values.count; i++) {
        struct variable *v = &e.values.items[i];
        if (!v->is_done && !evaluate_variable(&e, v, false)) {
            if (!e.is_told)
                diag_prefix(diag, "error when trying to evaluate variable %.*s : ", SLICE_ARG(v->name));
            return false;
        }
    }
    return all_of(&e, &e.values, false, out);
}
