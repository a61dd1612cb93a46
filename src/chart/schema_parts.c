/*
 * schema_parts.c - the keywords about objects, arrays, strings and numbers
 *
 * Members are visited in the order of their names, so that faults come in one order; the library that Helm uses visits
 * them at random.
 */
#include "chart/schema_check.h"

#include "base/limits.h"
#include "golang/unicode.h"

/* --- objects ------------------------------------------------------------------------------------------------ */

static void fail_size(struct schema_check *check, enum schema_error_kind kind, size_t got, int64_t want)
{
    struct schema_error *error = schema_check_fail(check, kind);
    error->got = (int64_t)got;
    error->want = want;
}

static void names_add(struct schema_names *names, struct arena *a, struct slice name)
{
    if ((names->count & (names->count - 1)) == 0) {
        size_t cap = names->count ? names->count * 2 : 1;
        names->items = arena_resize(a, names->items, names->count * sizeof(name), cap * sizeof(name));
    }
    names->items[names->count++] = name;
}

/* The wanted keys that the map does not have. */
static struct schema_names find_missing(struct schema_check *check, const struct schema_names *wanted)
{
    struct schema_names missing = {NULL, 0};
    for (size_t i = 0; i < wanted->count; i++) {
        if (map_find(check->value.map, wanted->items[i]))
            continue;
        names_add(&missing, check->run->arena, wanted->items[i]);
        if (check->quiet)
            break;
    }
    return missing;
}

static void check_required(struct schema_check *check, const struct schema_names *wanted)
{
    struct schema_names missing = find_missing(check, wanted);
    if (missing.count)
        schema_check_fail(check, SCHEMA_ERROR_REQUIRED)->names = missing;
}

static void check_same(struct schema_check *check, const struct schema_node *node)
{
    struct schema_error *error;
    if (!schema_check_self(check, node, NULL, false, &error))
        schema_check_add(check, error);
}

static void check_dependencies(struct schema_check *check, const struct schema_dependencies *dependencies)
{
    for (size_t i = 0; i < dependencies->count; i++) {
        const struct schema_dependency *dependency = &dependencies->items[i];
        if (!map_find(check->value.map, dependency->name))
            continue;
        if (dependency->node) {
            check_same(check, dependency->node);
            continue;
        }
        struct schema_names missing = find_missing(check, &dependency->required);
        if (missing.count) {
            struct schema_error *error = schema_check_fail(check, SCHEMA_ERROR_DEPENDENCY);
            error->names = missing;
            error->text = dependency->name;
        }
    }
}

/* Applies what the schema says of one member; true: it says something. */
static bool check_property(struct schema_check *check, const struct schema_object_part *part,
                           const struct entry *member, struct schema_names *forbidden)
{
    bool evaluated = false;
    const struct schema_node *node = schema_members_find(&part->properties, member->key);
    if (node) {
        evaluated = true;
        schema_check_member(check, node, member);
    }
    for (size_t i = 0; i < part->pattern_count; i++) {
        if (schema_pattern_matches(part->patterns[i].pattern, member->key)) {
            evaluated = true;
            schema_check_member(check, part->patterns[i].node, member);
        }
    }
    if (evaluated || !part->additional.given)
        return evaluated;
    if (part->additional.forbidden)
        names_add(forbidden, check->run->arena, member->key);
    else if (part->additional.node)
        schema_check_member(check, part->additional.node, member);
    return true;
}

static bool gives_up(const struct schema_check *check)
{
    return check->quiet && check->count;
}

static void check_properties(struct schema_check *check, const struct schema_object_part *part)
{
    const struct map *map = check->value.map;
    struct schema_names forbidden = {NULL, 0};
    for (uint32_t i = 0; i < map->len && !gives_up(check); i++) {
        if (check_property(check, part, &map->entries[i], &forbidden))
            schema_unevaluated_remove(&check->unevaluated, i);
    }
    if (forbidden.count)
        schema_check_fail(check, SCHEMA_ERROR_ADDITIONAL_PROPERTIES)->names = forbidden;
}

void schema_check_object(struct schema_check *check, const struct schema_object_part *part)
{
    const struct map *map = check->value.map;
    if (map->len < part->min_properties)
        fail_size(check, SCHEMA_ERROR_MIN_PROPERTIES, map->len, part->min_properties);
    if (map->len > part->max_properties)
        fail_size(check, SCHEMA_ERROR_MAX_PROPERTIES, map->len, part->max_properties);
    check_required(check, &part->required);
    if (gives_up(check))
        return;
    check_dependencies(check, &part->dependencies);
    check_properties(check, part);
    for (uint32_t i = 0; part->property_names && i < map->len; i++)
        schema_check_key(check, part->property_names, map->entries[i].key);
    for (size_t i = 0; i < part->dependent_schemas.count; i++) {
        if (map_find(map, part->dependent_schemas.items[i].name))
            check_same(check, part->dependent_schemas.items[i].node);
    }
    check_dependencies(check, &part->dependent_required);
}

/* --- arrays ------------------------------------------------------------------------------------------------- */

static void check_unique(struct schema_check *check)
{
    size_t first, second;
    struct schema_run *run = check->run;
    if (!schema_find_duplicates(run->arena, check->value.list, &first, &second, &run->work, LIMIT_SCHEMA_WORK))
        return;
    struct schema_error *error = schema_check_fail(check, SCHEMA_ERROR_UNIQUE);
    error->got = (int64_t)first;
    error->want = (int64_t)second;
}

/* The library counts the items after the prefix from 0 again when it says where a fault is. */
static void check_items(struct schema_check *check, const struct schema_array_part *part)
{
    size_t len = check->value.list->len;
    size_t prefix = part->prefix.count < len ? part->prefix.count : len;
    for (size_t i = 0; i < prefix; i++)
        schema_check_item(check, part->prefix.items[i], i, i);
    const struct schema_node *rest = part->items ? part->items : part->additional.node;
    if (!rest && part->additional.forbidden && prefix < len)
        schema_check_fail(check, SCHEMA_ERROR_ADDITIONAL_ITEMS)->got = (int64_t)(len - prefix);
    for (size_t i = prefix; rest && i < len; i++)
        schema_check_item(check, rest, i, i - prefix);
}

static void check_contains(struct schema_check *check, const struct schema_array_part *part)
{
    struct schema_error faults = {.next = NULL};
    struct schema_names matched = {NULL, 0};
    for (size_t i = 0; i < check->value.list->len; i++) {
        struct schema_error *fault;
        if (schema_check_item_apart(check, part->contains, i, i, &fault)) {
            names_add(&matched, check->run->arena, arena_printf(check->run->arena, "%zu", i));
            if (check->node->draft >= DRAFT_2020)
                schema_unevaluated_remove(&check->unevaluated, i);
        } else
            schema_error_add_cause(&faults, fault);
    }
    int64_t count = (int64_t)matched.count;
    if (count < part->min_contains || (part->min_contains < 0 && count == 0)) {
        bool counted = part->min_contains >= 0;
        struct schema_error *error =
            schema_check_fail(check, counted ? SCHEMA_ERROR_MIN_CONTAINS : SCHEMA_ERROR_CONTAINS);
        error->names = matched;
        error->want = part->min_contains;
        error->causes = faults.causes;
    }
    if (count > part->max_contains) {
        struct schema_error *error = schema_check_fail(check, SCHEMA_ERROR_MAX_CONTAINS);
        error->names = matched;
        error->want = part->max_contains;
    }
}

void schema_check_array(struct schema_check *check, const struct schema_array_part *part)
{
    size_t len = check->value.list->len;
    if ((int64_t)len < part->min_items)
        fail_size(check, SCHEMA_ERROR_MIN_ITEMS, len, part->min_items);
    if ((int64_t)len > part->max_items)
        fail_size(check, SCHEMA_ERROR_MAX_ITEMS, len, part->max_items);
    if (part->unique_items)
        check_unique(check);
    check_items(check, part);
    if (part->contains)
        check_contains(check, part);
}

/* --- strings and numbers ------------------------------------------------------------------------------------ */

void schema_check_string(struct schema_check *check, const struct schema_string_part *part)
{
    struct slice s = value_slice(check->value);
    size_t len = go_rune_count(s);
    if ((int64_t)len < part->min_length)
        fail_size(check, SCHEMA_ERROR_MIN_LENGTH, len, part->min_length);
    if ((int64_t)len > part->max_length)
        fail_size(check, SCHEMA_ERROR_MAX_LENGTH, len, part->max_length);
    if (part->pattern && !schema_pattern_matches(part->pattern, s))
        schema_check_fail(check, SCHEMA_ERROR_PATTERN)->value = check->value;
}

static void fail_bound(struct schema_check *check, enum schema_error_kind kind, const struct schema_number *n,
                       const struct schema_number *bound)
{
    struct schema_error *error = schema_check_fail(check, kind);
    error->number = n;
    error->bound = bound;
}

void schema_check_number(struct schema_check *check, const struct schema_number_part *part)
{
    struct schema_number *n = ARENA_NEW(check->run->arena, struct schema_number);
    if (!schema_value_number(check->run->arena, check->value, n))
        return;
    if (part->minimum && schema_number_compare(n, part->minimum) < 0)
        fail_bound(check, SCHEMA_ERROR_MINIMUM, n, part->minimum);
    if (part->maximum && schema_number_compare(n, part->maximum) > 0)
        fail_bound(check, SCHEMA_ERROR_MAXIMUM, n, part->maximum);
    if (part->exclusive_minimum && schema_number_compare(n, part->exclusive_minimum) <= 0)
        fail_bound(check, SCHEMA_ERROR_EXCLUSIVE_MINIMUM, n, part->exclusive_minimum);
    if (part->exclusive_maximum && schema_number_compare(n, part->exclusive_maximum) >= 0)
        fail_bound(check, SCHEMA_ERROR_EXCLUSIVE_MAXIMUM, n, part->exclusive_maximum);
    if (part->multiple_of && !schema_number_is_multiple(n, part->multiple_of))
        fail_bound(check, SCHEMA_ERROR_MULTIPLE_OF, n, part->multiple_of);
}
