/*
 * schema_helm3.c - validation as Helm 3 does it
 *
 * Helm 3.17 uses xeipuu/gojsonschema, which knows drafts 4 to 7, ignores what stands beside $ref, lists faults flat,
 * and of several branches shows those of the one that came farthest. How far is a score: each group of keywords that
 * was looked at counts one, each fault takes two away. Where Go walks a map in random order, members come sorted.
 */
#include "chart/schema_helm3.h"

#include "base/limits.h"
#include "codec/json_write.h"
#include "golang/strconv.h"
#include "golang/unicode.h"

/* Where a value is: members of objects and indexes, the newest first. */
struct context {
    const struct context *outer; /* null: the root */
    struct slice head;
};

struct outcome {
    struct slice *faults;
    size_t count;
    size_t cap;
    int score;
};

struct checking {
    struct arena *arena;
    size_t depth;
    uint64_t work;
    bool exhausted; /* a limit was passed */
};

static void check(struct checking *c, const struct schema_node *node, struct value v, const struct context *at,
                  struct outcome *out);

static void add_place(struct buffer *out, const struct context *at)
{
    if (!at->outer) {
        buffer_add(out, at->head);
        return;
    }
    if (at->outer->outer) {
        add_place(out, at->outer);
        buffer_add_char(out, '.');
    }
    buffer_add(out, at->head);
}

static struct slice place(struct checking *c, const struct context *at)
{
    struct buffer text = BUFFER_INIT;
    add_place(&text, at);
    return buffer_move(&text, c->arena);
}

static void add_fault(struct checking *c, struct outcome *out, struct slice fault)
{
    out->faults = arena_room(c->arena, out->faults, out->count, &out->cap, sizeof fault);
    out->faults[out->count++] = fault;
}

static void fail(struct checking *c, const struct context *at, struct outcome *out, struct slice what)
{
    struct slice where = place(c, at);
    add_fault(c, out, arena_printf(c->arena, "%.*s: %.*s", SLICE_ARG(where), SLICE_ARG(what)));
    out->score -= 2;
}

static void fail_text(struct checking *c, const struct context *at, struct outcome *out, const char *what)
{
    fail(c, at, out, slice_text(what));
}

static void fail_name(struct checking *c, const struct context *at, struct outcome *out, const char *before,
                      struct slice name, const char *after)
{
    fail(c, at, out, arena_printf(c->arena, "%s%.*s%s", before, SLICE_ARG(name), after));
}

static void fail_count(struct checking *c, const struct context *at, struct outcome *out, const char *before,
                       int64_t count, const char *after)
{
    fail(c, at, out, arena_printf(c->arena, "%s%lld%s", before, (long long)count, after));
}

static void fail_number(struct checking *c, const struct context *at, struct outcome *out, const char *before,
                        const struct schema_number *number)
{
    struct buffer text = BUFFER_INIT;
    buffer_add_text(&text, before);
    go_format_float(&text, schema_number_double(number), 'g', -1, 64);
    fail(c, at, out, buffer_move(&text, c->arena));
}

static void merge(struct checking *c, struct outcome *out, const struct outcome *other)
{
    for (size_t i = 0; i < other->count; i++)
        add_fault(c, out, other->faults[i]);
    out->score += other->score;
}

/* A node applied by itself. */
static struct outcome apart(struct checking *c, const struct schema_node *node, struct value v,
                            const struct context *at)
{
    struct outcome out = {.count = 0};
    check(c, node, v, at, &out);
    return out;
}

static bool holds(const struct outcome *outcome)
{
    return outcome->count == 0;
}

/* Keeps the outcome that came farther. */
static void keep_best(struct outcome *best, bool *any, struct outcome other)
{
    if (!*any || other.score > best->score)
        *best = other;
    *any = true;
}

/* --- types and constants ------------------------------------------------------------------------------------ */

static const char *given_type(struct checking *c, struct value v)
{
    switch (schema_type_of(v)) {
    case SCHEMA_NULL:
        return "null";
    case SCHEMA_BOOLEAN:
        return "boolean";
    case SCHEMA_NUMBER:
        return schema_value_is_integer(c->arena, v) ? "integer" : "number";
    case SCHEMA_STRING:
        return "string";
    case SCHEMA_ARRAY:
        return "array";
    default:
        return "object";
    }
}

static bool has_type(struct checking *c, const struct schema_node *node, struct value v)
{
    unsigned type = schema_type_of(v);
    return !node->types || (node->types & type) ||
           (type == SCHEMA_NUMBER && (node->types & SCHEMA_INTEGER) && schema_value_is_integer(c->arena, v));
}

/* The types as the schema lists them: "string", "[string,null]". */
static struct slice wanted_types(struct checking *c, const struct schema_node *node)
{
    struct buffer text = BUFFER_INIT;
    const struct value *schema = node->place ? node->place->value : NULL;
    const struct value *type = schema && value_is_map(*schema) ? map_find_text(schema->map, "type") : NULL;
    if (!type || !value_is_list(*type))
        return type && value_is_string(*type) ? value_slice(*type) : SLICE("");
    for (uint32_t i = 0; i < type->list->len; i++) {
        buffer_add_char(&text, i ? ',' : '[');
        if (value_is_string(type->list->items[i]))
            buffer_add(&text, value_slice(type->list->items[i]));
    }
    struct slice list = buffer_move(&text, c->arena);
    return type->list->len == 1 ? slice_after(list, 1) : arena_concat(c->arena, list, SLICE("]"));
}

/* Exact numbers of the schema as the float64 that Go makes of them. */
static struct value plain(struct checking *c, struct value v)
{
    double number;
    if (v.kind == VALUE_STRING && (v.bits & VALUE_BIT_NUMBER))
        return go_parse_float(value_slice(v), 64, &number) == GO_NUMBER_OK ? value_float(number) : v;
    if (v.kind == VALUE_LIST) {
        struct list *list = list_new(c->arena, v.list->len);
        for (uint32_t i = 0; i < v.list->len; i++)
            list_add(c->arena, list, plain(c, v.list->items[i]));
        return value_list(list);
    }
    if (v.kind == VALUE_MAP) {
        struct map *map = map_copy(c->arena, v.map);
        for (uint32_t i = 0; i < map->len; i++)
            map->entries[i].value = plain(c, map->entries[i].value);
        return value_map(map);
    }
    return v;
}

static void add_json(struct checking *c, struct buffer *out, struct value v)
{
    const struct json_write_options options = {.indent = NULL};
    struct slice ignored;
    json_write(out, plain(c, v), &options, c->arena, &ignored);
}

static void check_constants(struct checking *c, const struct schema_node *node, struct value v,
                            const struct context *at, struct outcome *out)
{
    struct buffer allowed = BUFFER_INIT;
    struct slice where = place(c, at);
    if (node->constant_value && !schema_value_equal(c->arena, v, *node->constant_value, &c->work)) {
        add_json(c, &allowed, *node->constant_value);
        fail(c, at, out, arena_printf(c->arena, "%.*s does not match: %.*s", SLICE_ARG(where),
                                      SLICE_ARG(buffer_slice(&allowed))));
    }
    bool found = !node->enumeration || node->enumeration->len == 0;
    for (uint32_t i = 0; !found && i < node->enumeration->len; i++)
        found = schema_value_equal(c->arena, v, node->enumeration->items[i], &c->work);
    buffer_clear(&allowed);
    for (uint32_t i = 0; !found && i < node->enumeration->len; i++) {
        if (i)
            buffer_add_text(&allowed, ", ");
        add_json(c, &allowed, node->enumeration->items[i]);
    }
    if (!found)
        fail(c, at, out, arena_printf(c->arena, "%.*s must be one of the following: %.*s", SLICE_ARG(where),
                                      SLICE_ARG(buffer_slice(&allowed))));
    buffer_release(&allowed);
    out->score++;
}

/* --- schemas within schemas --------------------------------------------------------------------------------- */

static void check_any_of(struct checking *c, const struct schema_node *node, struct value v, const struct context *at,
                         struct outcome *out)
{
    struct outcome best = {.count = 0};
    bool any = false;
    for (size_t i = 0; i < node->any_of.count; i++) {
        struct outcome one = apart(c, node->any_of.items[i], v, at);
        if (holds(&one))
            return;
        keep_best(&best, &any, one);
    }
    fail_text(c, at, out, "Must validate at least one schema (anyOf)");
    merge(c, out, &best);
}

static void check_one_of(struct checking *c, const struct schema_node *node, struct value v, const struct context *at,
                         struct outcome *out)
{
    struct outcome best = {.count = 0};
    bool any = false;
    size_t matched = 0;
    for (size_t i = 0; i < node->one_of.count; i++) {
        struct outcome one = apart(c, node->one_of.items[i], v, at);
        if (holds(&one))
            matched++;
        else if (matched == 0)
            keep_best(&best, &any, one);
    }
    if (matched == 1)
        return;
    fail_text(c, at, out, "Must validate one and only one schema (oneOf)");
    if (matched == 0)
        merge(c, out, &best);
}

static void check_all_of(struct checking *c, const struct schema_node *node, struct value v, const struct context *at,
                         struct outcome *out)
{
    size_t matched = 0;
    for (size_t i = 0; i < node->all_of.count; i++) {
        struct outcome one = apart(c, node->all_of.items[i], v, at);
        matched += holds(&one);
        merge(c, out, &one);
    }
    if (matched != node->all_of.count)
        fail_text(c, at, out, "Must validate all the schemas (allOf)");
}

static void check_dependencies(struct checking *c, const struct schema_node *node, struct value v,
                               const struct context *at, struct outcome *out)
{
    const struct schema_dependencies *dependencies = &node->object->dependencies;
    for (size_t i = 0; i < dependencies->count; i++) {
        const struct schema_dependency *dependency = &dependencies->items[i];
        if (!map_find(v.map, dependency->name))
            continue;
        if (dependency->node)
            check(c, dependency->node, v, at, out);
        for (size_t j = 0; j < dependency->required.count; j++) {
            if (!map_find(v.map, dependency->required.items[j]))
                fail_name(c, at, out, "Has a dependency on ", dependency->required.items[j], "");
        }
    }
}

static void check_condition(struct checking *c, const struct schema_node *node, struct value v,
                            const struct context *at, struct outcome *out)
{
    struct outcome condition = apart(c, node->if_, v, at);
    const struct schema_node *branch = holds(&condition) ? node->then_ : node->else_;
    struct outcome outcome = {.count = 0};
    if (branch)
        outcome = apart(c, branch, v, at);
    if (holds(&outcome))
        return;
    fail_text(c, at, out,
              holds(&condition) ? "Must validate \"then\" as \"if\" was valid"
                                : "Must validate \"else\" as \"if\" was not valid");
    merge(c, out, &outcome);
}

static void check_combined(struct checking *c, const struct schema_node *node, struct value v,
                           const struct context *at, struct outcome *out)
{
    if (node->any_of.count)
        check_any_of(c, node, v, at, out);
    if (node->one_of.count)
        check_one_of(c, node, v, at, out);
    if (node->all_of.count)
        check_all_of(c, node, v, at, out);
    if (node->not_) {
        struct outcome outcome = apart(c, node->not_, v, at);
        if (holds(&outcome))
            fail_text(c, at, out, "Must not validate the schema (not)");
    }
    if (value_is_map(v) && node->object)
        check_dependencies(c, node, v, at, out);
    if (node->if_)
        check_condition(c, node, v, at, out);
    out->score++;
}

/* --- arrays ------------------------------------------------------------------------------------------------- */

static struct context index_context(struct checking *c, const struct context *at, uint32_t index)
{
    return (struct context){at, arena_printf(c->arena, "%u", (unsigned)index)};
}

static void check_item(struct checking *c, const struct schema_node *node, struct value v, uint32_t index,
                       const struct context *at, struct outcome *out)
{
    struct context inner = index_context(c, at, index);
    struct outcome outcome = apart(c, node, v.list->items[index], &inner);
    merge(c, out, &outcome);
}

static void check_items(struct checking *c, const struct schema_array_part *part, struct value v,
                        const struct context *at, struct outcome *out)
{
    size_t listed = part->prefix.count;
    for (uint32_t i = 0; i < v.list->len; i++) {
        const struct schema_node *node = i < listed ? part->prefix.items[i]
                                         : listed   ? part->additional.node
                                                    : part->items;
        if (node)
            check_item(c, node, v, i, at, out);
    }
    if (listed && v.list->len > listed && part->additional.forbidden)
        fail_text(c, at, out, "No additional items allowed on array");
}

static void check_unique(struct checking *c, struct value v, const struct context *at, struct outcome *out)
{
    for (uint32_t j = 1; j < v.list->len; j++) {
        for (uint32_t i = j; i-- > 0;) {
            if (!schema_value_equal(c->arena, v.list->items[i], v.list->items[j], &c->work))
                continue;
            fail(c, at, out, arena_printf(c->arena, "array items[%u,%u] must be unique", (unsigned)i, (unsigned)j));
            break;
        }
        if (c->work > LIMIT_SCHEMA_WORK)
            c->exhausted = true;
        if (c->exhausted)
            return;
    }
}

static void check_contains(struct checking *c, const struct schema_node *node, struct value v,
                           const struct context *at, struct outcome *out)
{
    struct outcome best = {.count = 0};
    bool any = false;
    for (uint32_t i = 0; i < v.list->len; i++) {
        struct context inner = index_context(c, at, i);
        struct outcome one = apart(c, node, v.list->items[i], &inner);
        if (holds(&one))
            return;
        keep_best(&best, &any, one);
    }
    fail_text(c, at, out, "At least one of the items must match");
    merge(c, out, &best);
}

static void check_array(struct checking *c, const struct schema_array_part *part, struct value v,
                        const struct context *at, struct outcome *out)
{
    if (part) {
        check_items(c, part, v, at, out);
        if (v.list->len < part->min_items)
            fail_count(c, at, out, "Array must have at least ", part->min_items, " items");
        if (v.list->len > part->max_items)
            fail_count(c, at, out, "Array must have at most ", part->max_items, " items");
        if (part->unique_items)
            check_unique(c, v, at, out);
        if (part->contains)
            check_contains(c, part->contains, v, at, out);
    }
    out->score++;
}

/* --- objects ------------------------------------------------------------------------------------------------ */

/* Whether some pattern matches the key; the schemas of all that do are applied. */
static bool check_patterns(struct checking *c, const struct schema_object_part *part, const struct entry *member,
                           const struct context *at, struct outcome *out)
{
    struct context inner = {at, member->key};
    bool matched = false;
    for (size_t i = 0; i < part->pattern_count; i++) {
        if (!schema_pattern_matches(part->patterns[i].pattern, member->key))
            continue;
        struct outcome outcome = apart(c, part->patterns[i].node, member->value, &inner);
        merge(c, out, &outcome);
        matched = true;
    }
    out->score += matched;
    return matched;
}

static void check_other_members(struct checking *c, const struct schema_object_part *part, struct value v,
                                const struct context *at, struct outcome *out)
{
    for (uint32_t i = 0; i < v.map->len; i++) {
        const struct entry *member = &v.map->entries[i];
        bool matched = check_patterns(c, part, member, at, out);
        if (matched || schema_members_find(&part->properties, member->key))
            continue;
        if (part->additional.forbidden)
            fail_name(c, at, out, "Additional property ", member->key, " is not allowed");
        if (part->additional.node) {
            struct context inner = {at, member->key};
            struct outcome outcome = apart(c, part->additional.node, member->value, &inner);
            merge(c, out, &outcome);
        }
    }
}

static void check_names(struct checking *c, const struct schema_node *node, struct value v, const struct context *at,
                        struct outcome *out)
{
    for (uint32_t i = 0; i < v.map->len; i++) {
        struct outcome outcome = apart(c, node, value_string(v.map->entries[i].key), at);
        if (holds(&outcome))
            continue;
        fail_name(c, at, out, "Property name of \"", v.map->entries[i].key, "\" does not match");
        merge(c, out, &outcome);
    }
}

static void check_object(struct checking *c, const struct schema_object_part *part, struct value v,
                         const struct context *at, struct outcome *out)
{
    if (part) {
        if (v.map->len < part->min_properties)
            fail_count(c, at, out, "Must have at least ", part->min_properties, " properties");
        if (v.map->len > part->max_properties)
            fail_count(c, at, out, "Must have at most ", part->max_properties, " properties");
        for (size_t i = 0; i < part->required.count; i++) {
            if (map_find(v.map, part->required.items[i]))
                out->score++;
            else
                fail_name(c, at, out, "", part->required.items[i], " is required");
        }
        check_other_members(c, part, v, at, out);
        if (part->property_names)
            check_names(c, part->property_names, v, at, out);
    }
    out->score++;
}

static void check_members(struct checking *c, const struct schema_object_part *part, struct value v,
                          const struct context *at, struct outcome *out)
{
    for (size_t i = 0; part && i < part->properties.count; i++) {
        const struct schema_member *member = &part->properties.items[i];
        const struct value *found = map_find(v.map, member->name);
        struct context inner = {at, member->name};
        if (found)
            check(c, member->node, *found, &inner, out);
    }
}

/* --- strings and numbers ------------------------------------------------------------------------------------ */

static void check_string(struct checking *c, const struct schema_node *node, struct value v, const struct context *at,
                         struct outcome *out)
{
    const struct schema_string_part *part = node->string;
    int64_t length = (int64_t)go_rune_count(value_slice(v));
    struct slice ignored;
    if (part && length < part->min_length)
        fail_count(c, at, out, "String length must be greater than or equal to ", part->min_length, "");
    if (part && length > part->max_length)
        fail_count(c, at, out, "String length must be less than or equal to ", part->max_length, "");
    if (part && part->pattern && !schema_pattern_matches(part->pattern, value_slice(v)))
        fail_name(c, at, out, "Does not match pattern '", part->pattern->text, "'");
    if (node->format && !slice_is(node->format->name, "duration") &&
        !node->format->check(c->arena, value_slice(v), &ignored))
        fail_name(c, at, out, "Does not match format '", node->format->name, "'");
    out->score++;
}

static void check_number(struct checking *c, const struct schema_number_part *part, struct value v,
                         const struct context *at, struct outcome *out)
{
    struct schema_number number;
    if (part && schema_value_number(c->arena, v, &number)) {
        if (part->multiple_of && !schema_number_is_multiple(&number, part->multiple_of))
            fail_number(c, at, out, "Must be a multiple of ", part->multiple_of);
        if (part->maximum && schema_number_compare(&number, part->maximum) > 0)
            fail_number(c, at, out, "Must be less than or equal to ", part->maximum);
        if (part->exclusive_maximum && schema_number_compare(&number, part->exclusive_maximum) >= 0)
            fail_number(c, at, out, "Must be less than ", part->exclusive_maximum);
        if (part->minimum && schema_number_compare(&number, part->minimum) < 0)
            fail_number(c, at, out, "Must be greater than or equal to ", part->minimum);
        if (part->exclusive_minimum && schema_number_compare(&number, part->exclusive_minimum) <= 0)
            fail_number(c, at, out, "Must be greater than ", part->exclusive_minimum);
    }
    out->score++;
}

/* --- the whole ---------------------------------------------------------------------------------------------- */

static void check_keywords(struct checking *c, const struct schema_node *node, struct value v,
                           const struct context *at, struct outcome *out)
{
    check_combined(c, node, v, at, out);
    switch (schema_type_of(v)) {
    case SCHEMA_NUMBER:
        check_number(c, node->number, v, at, out);
        check_constants(c, node, v, at, out);
        break;
    case SCHEMA_ARRAY:
        check_array(c, node->array, v, at, out);
        check_constants(c, node, v, at, out);
        break;
    case SCHEMA_OBJECT:
        check_object(c, node->object, v, at, out);
        check_constants(c, node, v, at, out);
        check_members(c, node->object, v, at, out);
        break;
    case SCHEMA_STRING:
        check_constants(c, node, v, at, out);
        check_string(c, node, v, at, out);
        break;
    default:
        check_constants(c, node, v, at, out);
        break;
    }
    out->score++;
}

static void check(struct checking *c, const struct schema_node *node, struct value v, const struct context *at,
                  struct outcome *out)
{
    if (c->depth >= LIMIT_SCHEMA_DEPTH || ++c->work > LIMIT_SCHEMA_WORK)
        c->exhausted = true;
    if (c->exhausted || node->constant == SCHEMA_TRUE)
        return;
    c->depth++;
    if (node->constant == SCHEMA_FALSE) {
        fail_text(c, at, out, "False always fails validation");
    } else if (node->reference) {
        check(c, node->reference, v, at, out);
    } else if (!has_type(c, node, v)) {
        struct slice wanted = wanted_types(c, node);
        fail(c, at, out, arena_printf(c->arena, "Invalid type. Expected: %.*s, given: %s", SLICE_ARG(wanted),
                                      given_type(c, v)));
    } else {
        check_keywords(c, node, v, at, out);
    }
    c->depth--;
}

bool schema_validate_helm3(const struct schema_node *root, struct value instance, struct arena *scratch,
                           struct buffer *errors)
{
    struct checking c = {.arena = scratch};
    const struct context at = {NULL, SLICE_INIT("(root)")};
    struct outcome outcome = apart(&c, root, instance, &at);
    if (c.exhausted) {
        buffer_add_text(errors, "schema validation takes too many steps\n");
        return false;
    }
    for (size_t i = 0; i < outcome.count; i++) {
        buffer_add_text(errors, "- ");
        buffer_add(errors, outcome.faults[i]);
        buffer_add_char(errors, '\n');
    }
    return holds(&outcome);
}
