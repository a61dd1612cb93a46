/*
 * schema_validate.c - a schema applied to an instance
 *
 * The order of the keywords and the shape of the tree of faults follow santhosh-tekuri/jsonschema v6: a wrong type,
 * const, enum or format ends the check of a value, everything else is gathered. A schema that is applied to a value
 * while it is being applied to the same value is a cycle of references, and a fault.
 *
 * When the instance is itself a schema, its parts with a dialect of their own are checked by the metaschema of that
 * dialect (meta_of).
 */
#include "base/limits.h"
#include "chart/schema_check.h"
#include "chart/schema_helm3.h"
#include "chart/schema_url.h"

#include <stdio.h>

/* --- faults ------------------------------------------------------------------------------------------------- */

/* The position in the arena; every step is copied at most once. */
static const struct schema_path *keep_step(struct arena *a, struct schema_step *step)
{
    if (!step || step->kept)
        return step ? step->kept : NULL;
    struct schema_path *path = ARENA_NEW(a, struct schema_path);
    path->parent = keep_step(a, step->parent);
    path->token = step->token.ptr ? step->token : arena_printf(a, "%zu", step->index);
    step->kept = path;
    return path;
}

struct schema_error *schema_check_error(struct schema_check *check, enum schema_error_kind kind)
{
    struct schema_run *run = check->run;
    if (check->quiet)
        return &run->discarded;
    if (++run->errors > LIMIT_SCHEMA_ERRORS) {
        run->exhausted = true;
        return &run->discarded;
    }
    struct schema_error *error = ARENA_NEW(run->arena, struct schema_error);
    error->kind = kind;
    error->node = check->node;
    error->path = keep_step(run->arena, check->step);
    error->value = check->value;
    return error;
}

void schema_check_add(struct schema_check *check, struct schema_error *error)
{
    check->count++;
    if (!error || error == &check->run->discarded)
        return;
    if (check->last)
        check->last->next = error;
    else
        check->first = error;
    check->last = error;
}

struct schema_error *schema_check_fail(struct schema_check *check, enum schema_error_kind kind)
{
    struct schema_error *error = schema_check_error(check, kind);
    schema_check_add(check, error);
    return error;
}

/* The one fault that stands for all of the check's; null when quiet. */
static struct schema_error *only_fault(struct schema_check *check)
{
    if (check->quiet || check->first == check->last)
        return check->first;
    struct schema_error *group = schema_check_error(check, SCHEMA_ERROR_GROUP);
    schema_error_add_cause(group, check->first);
    return group;
}

/* --- metaschemas -------------------------------------------------------------------------------------------- */

static const struct schema_place *place_of(const struct schema_run *run, const struct schema_step *step)
{
    if (!step)
        return run->document->root;
    const struct schema_place *parent = place_of(run, step->parent);
    char digits[24];
    struct slice token = step->token;
    if (!token.ptr)
        token = slice_of(digits, (size_t)snprintf(digits, sizeof(digits), "%zu", step->index));
    return parent ? schema_table_get(&run->documents->places, parent, token) : NULL;
}

/* What a part of a schema has to conform to, when the node is the metaschema in force; else null. */
static const struct schema_node *meta_of(const struct schema_run *run, const struct schema_node *node,
                                         const struct schema_node *meta, const struct schema_step *step)
{
    if (node != meta || !run->documents)
        return NULL;
    const struct schema_place *place = place_of(run, step);
    return place && place->resource ? place->resource->meta : NULL;
}

/* --- applying nodes ----------------------------------------------------------------------------------------- */

static bool check_value(struct schema_check *check, struct schema_error **error);

/* Runs a check that is set up but for its metaschema and what it leaves unevaluated. */
static bool run_check(struct schema_check *check, bool wanted, struct schema_error **error)
{
    schema_unevaluated_init(&check->unevaluated, check->value, check->node, wanted);
    const struct schema_node *meta = meta_of(check->run, check->node, check->meta, check->step);
    if (meta)
        check->node = check->meta = meta;
    return check_value(check, error);
}

bool schema_check_self(struct schema_check *check, const struct schema_node *node, const char *keyword, bool quiet,
                       struct schema_error **error)
{
    struct schema_check self = {.run = check->run,
                                .value = check->value,
                                .step = check->step,
                                .scope = {&check->scope, node, keyword, check->scope.level},
                                .node = node,
                                .meta = check->meta,
                                .quiet = check->quiet || quiet};
    bool valid = run_check(&self, check->unevaluated.left != 0, error);
    if (valid)
        schema_unevaluated_keep(&check->unevaluated, &self.unevaluated);
    schema_unevaluated_release(&self.unevaluated);
    return valid;
}

static bool check_below(struct schema_check *check, const struct schema_node *node, struct value value,
                        struct schema_step *step, struct schema_error **error)
{
    struct schema_check below = {.run = check->run,
                                 .value = value,
                                 .step = step,
                                 .scope = {&check->scope, node, NULL, check->scope.level + 1},
                                 .node = node,
                                 .meta = check->meta,
                                 .quiet = check->quiet};
    bool valid = run_check(&below, false, error);
    schema_unevaluated_release(&below.unevaluated);
    return valid;
}

void schema_check_member(struct schema_check *check, const struct schema_node *node, const struct entry *member)
{
    struct schema_error *error;
    struct schema_step step = {.parent = check->step, .token = member->key};
    if (!step.token.ptr)
        step.token = SLICE("");
    if (!check_below(check, node, member->value, &step, &error))
        schema_check_add(check, error);
}

bool schema_check_item_apart(struct schema_check *check, const struct schema_node *node, size_t index, size_t shown,
                             struct schema_error **error)
{
    struct schema_step step = {.parent = check->step, .index = shown};
    return check_below(check, node, check->value.list->items[index], &step, error);
}

void schema_check_item(struct schema_check *check, const struct schema_node *node, size_t index, size_t shown)
{
    struct schema_error *error;
    if (!schema_check_item_apart(check, node, index, shown, &error))
        schema_check_add(check, error);
}

void schema_check_key(struct schema_check *check, const struct schema_node *node, struct slice key)
{
    struct schema_error *error;
    const struct schema_node *meta = meta_of(check->run, node, check->meta, check->step);
    struct schema_check name = {.run = check->run,
                                .value = value_string(key),
                                .scope = {NULL, meta ? meta : node, NULL, 0},
                                .node = meta ? meta : node,
                                .meta = meta ? meta : check->meta};
    if (check_value(&name, &error))
        return;
    struct schema_error *fault = schema_check_fail(check, SCHEMA_ERROR_PROPERTY_NAME);
    fault->text = key;
    fault->path = NULL;
    if (error && error->kind == SCHEMA_ERROR_GROUP)
        error = error->causes;
    if (!check->quiet)
        schema_error_add_cause(fault, error);
}

/* --- references --------------------------------------------------------------------------------------------- */

static void add_reference_fault(struct schema_check *check, struct schema_error *error)
{
    struct schema_error *fault = schema_check_fail(check, SCHEMA_ERROR_REFERENCE);
    if (!check->quiet && error)
        schema_error_add_cause(fault, error->kind == SCHEMA_ERROR_GROUP ? error->causes : error);
}

static bool check_reference(struct schema_check *check, const struct schema_node *target, const char *keyword)
{
    struct schema_error *error;
    if (schema_check_self(check, target, keyword, false, &error))
        return true;
    add_reference_fault(check, error);
    return false;
}

/* Of all resources on the way here, the outermost that lets itself be the target of $recursiveRef. */
static const struct schema_node *recursive_target(const struct schema_check *check)
{
    const struct schema_node *target = check->node->recursive_reference;
    if (!target->recursive_anchor)
        return target;
    for (const struct schema_scope *scope = &check->scope; scope; scope = scope->parent) {
        if (scope->node->resource->recursive_anchor)
            target = scope->node;
    }
    return target;
}

/* Of all resources on the way here, the anchor of the outermost that has it. */
static const struct schema_node *dynamic_target(const struct schema_check *check)
{
    const struct schema_node *target = check->node->dynamic_reference;
    struct slice name = check->node->dynamic_reference_anchor;
    if (name.len == 0 || !slice_equal(target->dynamic_anchor, name))
        return target;
    for (const struct schema_scope *scope = &check->scope; scope; scope = scope->parent) {
        for (const struct schema_dynamic_anchor *anchor = scope->node->resource->anchors; anchor;
             anchor = anchor->next) {
            if (slice_equal(anchor->name, name))
                target = anchor->node;
        }
    }
    return target;
}

/* Where a scope is, as a pointer through the keywords that were followed. */
static void add_keyword_location(const struct schema_scope *scope, struct buffer *out)
{
    struct buffer piece = BUFFER_INIT, parent = BUFFER_INIT;
    size_t start = out->len;
    for (; scope->parent; scope = scope->parent) {
        buffer_clear(&piece);
        if (scope->keyword) {
            buffer_add_char(&piece, '/');
            buffer_add_text(&piece, scope->keyword);
        } else {
            schema_node_add_location(scope->node, &piece);
            buffer_clear(&parent);
            schema_node_add_location(scope->parent->node, &parent);
        }
        size_t skip = scope->keyword ? 0 : parent.len < piece.len ? parent.len : piece.len;
        buffer_insert(out, start, slice_after(buffer_slice(&piece), skip));
    }
    buffer_release(&piece);
    buffer_release(&parent);
}

static struct slice keyword_location(struct arena *a, const struct schema_scope *scope)
{
    struct buffer b = BUFFER_INIT;
    add_keyword_location(scope, &b);
    return buffer_move(&b, a);
}

/* Whether the node is being applied to this value already. */
static bool is_cycle(struct schema_check *check)
{
    const struct schema_scope *here = &check->scope;
    for (const struct schema_scope *scope = here->parent; scope && scope->level == here->level;
         scope = scope->parent) {
        if (scope->node != here->node)
            continue;
        struct schema_error *error = schema_check_fail(check, SCHEMA_ERROR_CYCLE);
        if (!check->quiet) {
            error->text = keyword_location(check->run->arena, here);
            error->text2 = keyword_location(check->run->arena, scope);
        }
        return true;
    }
    return false;
}

/* --- keywords for any type ---------------------------------------------------------------------------------- */

static bool has_type(struct schema_check *check, unsigned type)
{
    unsigned types = check->node->types;
    return !types || (types & type) ||
           ((types & SCHEMA_INTEGER) && type == SCHEMA_NUMBER &&
            schema_value_is_integer(check->run->arena, check->value));
}

static bool is_enumerated(struct schema_check *check, unsigned type)
{
    const struct list *list = check->node->enumeration;
    if (!(check->node->enumeration_types & type))
        return false;
    for (uint32_t i = 0; i < list->len; i++) {
        if (schema_value_equal(check->run->arena, check->value, list->items[i], &check->run->work))
            return true;
    }
    return false;
}

/* Keywords that end the check when they are broken. */
static bool check_first_keywords(struct schema_check *check)
{
    const struct schema_node *node = check->node;
    struct arena *a = check->run->arena;
    unsigned type = schema_type_of(check->value);
    struct slice cause;
    if (!type) {
        schema_check_fail(check, SCHEMA_ERROR_INVALID);
        return false;
    }
    if (!has_type(check, type)) {
        schema_check_fail(check, SCHEMA_ERROR_TYPE);
        return false;
    }
    if (node->constant_value && !schema_value_equal(a, check->value, *node->constant_value, &check->run->work)) {
        schema_check_fail(check, SCHEMA_ERROR_CONST);
        return false;
    }
    if (node->enumeration && !is_enumerated(check, type)) {
        schema_check_fail(check, SCHEMA_ERROR_ENUM);
        return false;
    }
    if (node->format && type == SCHEMA_STRING && !node->format->check(a, value_slice(check->value), &cause)) {
        schema_check_fail(check, SCHEMA_ERROR_FORMAT)->text = cause;
        return false;
    }
    return true;
}

static void check_all_of(struct schema_check *check)
{
    struct schema_error faults = {.next = NULL};
    size_t failed = 0;
    for (size_t i = 0; i < check->node->all_of.count && !(check->quiet && failed); i++) {
        struct schema_error *error;
        if (schema_check_self(check, check->node->all_of.items[i], NULL, false, &error))
            continue;
        failed++;
        schema_error_add_cause(&faults, error);
    }
    if (failed)
        schema_check_fail(check, SCHEMA_ERROR_ALL_OF)->causes = faults.causes;
}

static void check_any_of(struct schema_check *check)
{
    struct schema_error faults = {.next = NULL};
    bool matched = false;
    for (size_t i = 0; i < check->node->any_of.count; i++) {
        struct schema_error *error;
        if (!schema_check_self(check, check->node->any_of.items[i], NULL, false, &error)) {
            schema_error_add_cause(&faults, error);
            continue;
        }
        matched = true;
        if (!check->unevaluated.left)
            break;
    }
    if (!matched)
        schema_check_fail(check, SCHEMA_ERROR_ANY_OF)->causes = faults.causes;
}

static void check_one_of(struct schema_check *check)
{
    struct schema_error faults = {.next = NULL};
    size_t matched = SIZE_MAX;
    for (size_t i = 0; i < check->node->one_of.count; i++) {
        struct schema_error *error;
        if (!schema_check_self(check, check->node->one_of.items[i], NULL, matched != SIZE_MAX, &error)) {
            if (matched == SIZE_MAX)
                schema_error_add_cause(&faults, error);
        } else if (matched == SIZE_MAX) {
            matched = i;
        } else {
            struct schema_error *two = schema_check_fail(check, SCHEMA_ERROR_ONE_OF);
            two->got = (int64_t)matched;
            two->want = (int64_t)i;
            return;
        }
    }
    if (matched == SIZE_MAX)
        schema_check_fail(check, SCHEMA_ERROR_ONE_OF)->causes = faults.causes;
}

static void check_condition(struct schema_check *check)
{
    const struct schema_node *node = check->node;
    struct schema_error *error;
    if (!node->if_)
        return;
    bool holds = schema_check_self(check, node->if_, NULL, true, &error);
    const struct schema_node *branch = holds ? node->then_ : node->else_;
    if (branch && !schema_check_self(check, branch, NULL, false, &error))
        schema_check_add(check, error);
}

static void check_combined(struct schema_check *check)
{
    struct schema_error *error;
    if (check->node->not_ && schema_check_self(check, check->node->not_, NULL, true, &error))
        schema_check_fail(check, SCHEMA_ERROR_NOT);
    if (check->node->all_of.count)
        check_all_of(check);
    if (check->node->any_of.count)
        check_any_of(check);
    if (check->node->one_of.count)
        check_one_of(check);
    check_condition(check);
}

static void check_by_type(struct schema_check *check)
{
    const struct schema_node *node = check->node;
    switch (schema_type_of(check->value)) {
    case SCHEMA_OBJECT:
        if (node->object)
            schema_check_object(check, node->object);
        break;
    case SCHEMA_ARRAY:
        if (node->array)
            schema_check_array(check, node->array);
        break;
    case SCHEMA_STRING:
        if (node->string)
            schema_check_string(check, node->string);
        break;
    case SCHEMA_NUMBER:
        if (node->number)
            schema_check_number(check, node->number);
        break;
    default:
        break;
    }
}

/* What is left over; after that nothing is. */
static void check_unevaluated(struct schema_check *check)
{
    const struct schema_node *node = check->node;
    bool is_map = check->value.kind == VALUE_MAP && node->unevaluated_properties;
    bool is_list = check->value.kind == VALUE_LIST && node->unevaluated_items;
    if (!is_map && !is_list)
        return;
    for (size_t i = 0; check->unevaluated.left && i < check->unevaluated.len; i++) {
        if (!schema_unevaluated_has(&check->unevaluated, i))
            continue;
        if (is_map)
            schema_check_member(check, node->unevaluated_properties, &check->value.map->entries[i]);
        else
            schema_check_item(check, node->unevaluated_items, i, i);
    }
    schema_unevaluated_release(&check->unevaluated);
}

static void check_keywords(struct schema_check *check)
{
    const struct schema_node *node = check->node;
    if (is_cycle(check) || !check_first_keywords(check))
        return;
    if (node->reference) {
        bool valid = check_reference(check, node->reference, "$ref");
        if (node->draft < DRAFT_2019 || (check->quiet && !valid))
            return;
    }
    check_by_type(check);
    if (check->quiet && check->count)
        return;
    if (node->recursive_reference)
        check_reference(check, recursive_target(check), "$recursiveRef");
    if (node->dynamic_reference)
        check_reference(check, dynamic_target(check), "$dynamicRef");
    check_combined(check);
    check_unevaluated(check);
}

static bool check_value(struct schema_check *check, struct schema_error **error)
{
    struct schema_run *run = check->run;
    *error = NULL;
    if (run->depth >= LIMIT_SCHEMA_DEPTH || ++run->work > LIMIT_SCHEMA_WORK)
        run->exhausted = true;
    if (run->exhausted)
        return false;
    if (check->node->constant == SCHEMA_TRUE)
        return true;
    run->depth++;
    if (check->node->constant == SCHEMA_FALSE)
        schema_check_fail(check, SCHEMA_ERROR_FALSE);
    else
        check_keywords(check);
    run->depth--;
    if (check->count == 0)
        return true;
    *error = only_fault(check);
    if (run->exhausted)
        *error = NULL;
    return false;
}

bool schema_check_instance(struct schema_run *run, const struct schema_node *node, struct value instance,
                           struct schema_error **error)
{
    struct schema_check check = {.run = run,
                                 .value = instance,
                                 .scope = {NULL, node, NULL, 0},
                                 .node = node,
                                 .meta = run->documents ? node : NULL};
    schema_unevaluated_init(&check.unevaluated, instance, node, false);
    bool valid = check_value(&check, error);
    schema_unevaluated_release(&check.unevaluated);
    return valid && !run->exhausted;
}

/* --- the entry ---------------------------------------------------------------------------------------------- */

bool schema_validate(const struct schema *schema, struct value instance, struct arena *scratch,
                     struct buffer *errors)
{
    struct schema_run run = {.arena = scratch};
    struct schema_error *error;
    if (schema->helm3)
        return schema_validate_helm3(schema->root, instance, scratch, errors);
    if (schema_check_instance(&run, schema->root, instance, &error))
        return true;
    if (run.exhausted) {
        buffer_add_text(errors, "schema validation takes too many steps\n");
        return false;
    }
    struct schema_error root = {.next = NULL};
    schema_error_add_cause(&root, error->kind == SCHEMA_ERROR_GROUP ? error->causes : error);
    struct buffer text = BUFFER_INIT;
    schema_error_write_causes(&root, &text);
    buffer_add(errors, slice_after(buffer_slice(&text), 1));
    buffer_add_char(errors, '\n');
    buffer_release(&text);
    return false;
}
