/*
 * field_path.c - the fields of an object that a path names
 */
#include "kustomize/field_path.h"

#include "golang/strconv.h"

/* --- parts -------------------------------------------------------------------------------------------------------- */

static bool is_bracketed(struct slice part)
{
    return slice_starts(part, SLICE("[")) && slice_ends(part, SLICE("]"));
}

/* A number as Go's Atoi reads it. */
static bool is_number(struct slice part, int64_t *out)
{
    return go_parse_int(part, 10, 64, out) == GO_NUMBER_OK;
}

static bool is_index(struct slice part)
{
    int64_t number;
    return is_number(part, &number) && number >= 0;
}

/* "[key=value]" to its halves. */
static bool split_condition(struct slice part, struct slice *key, struct slice *value, struct diag *diag)
{
    struct slice inner = part.len < 2 ? SLICE("") : slice_part(part, 1, part.len - 1);
    size_t equals = slice_find_char(inner, '=');
    if (equals == inner.len)
        return diag_error(diag, "list path element must contain fieldName=fieldValue for element to match");
    *key = slice_part(inner, 0, equals);
    *value = slice_after(inner, equals + 1);
    return true;
}

static struct slice scalar_text(struct value node)
{
    return node.kind == VALUE_STRING ? value_slice(node) : SLICE("");
}

/* --- one field ---------------------------------------------------------------------------------------------------- */

/* A null passes for any kind, and has nothing in it. */
static bool want_kind(struct arena *a, struct value node, enum value_kind kind, struct diag *diag)
{
    if (yaml_node_is_null(node) || node.kind == kind)
        return true;
    return node_kind_error(a, node, kind == VALUE_LIST ? "SequenceNode" : "MappingNode", diag);
}

static bool find_element(struct arena *a, struct value *list, struct slice part, struct value **out,
                         struct diag *diag)
{
    struct slice key = SLICE("");
    struct slice text = SLICE("");
    if (!split_condition(part, &key, &text, diag) || !want_kind(a, *list, VALUE_LIST, diag))
        return false;
    for (uint32_t i = 0; list->kind == VALUE_LIST && i < list->list->len; i++) {
        struct value *element = &list->list->items[i];
        const struct value *field = key.len ? node_field_slice(*element, key) : element;
        if (!field || !slice_equal(scalar_text(*field), text))
            continue;
        *out = element;
        return true;
    }
    return true;
}

static bool find_index(struct arena *a, struct value *list, int64_t index, struct value **out, struct diag *diag)
{
    if (index < 0)
        return diag_error(diag, "array index %lld cannot be negative", (long long)index);
    if (!want_kind(a, *list, VALUE_LIST, diag))
        return false;
    if (list->kind == VALUE_LIST && index < list->list->len)
        *out = &list->list->items[index];
    return true;
}

static bool find_last(struct arena *a, struct value *list, struct value **out, struct diag *diag)
{
    if (!want_kind(a, *list, VALUE_LIST, diag))
        return false;
    if (list->kind != VALUE_LIST || list->list->len == 0)
        return diag_error(diag, "the list has no last element");
    *out = &list->list->items[list->list->len - 1];
    return true;
}

static bool find_part(struct arena *a, struct value *node, struct slice part, struct value **out, struct diag *diag)
{
    int64_t index;
    *out = NULL;
    if (is_number(part, &index))
        return find_index(a, node, index, out, diag);
    if (slice_is(part, "-"))
        return find_last(a, node, out, diag);
    if (slice_is(part, "*"))
        return diag_error(diag, "wildcard is not supported in PathGetter");
    if (is_bracketed(part))
        return find_element(a, node, part, out, diag);
    if (!want_kind(a, *node, VALUE_MAP, diag))
        return false;
    *out = node_field_slice(*node, part);
    return true;
}

bool field_path_find(struct arena *a, struct value *object, const struct texts *path, struct value **out,
                     struct diag *diag)
{
    *out = object;
    for (size_t i = 0; i < path->count && *out; i++) {
        struct slice part = slice_trim(path->items[i]);
        if (part.len && !find_part(a, *out, part, out, diag))
            return false;
    }
    return true;
}

/* --- all fields --------------------------------------------------------------------------------------------------- */

static bool match(struct field_matcher *m, struct value *node, const struct slice *path, size_t count);

static void add_found(struct field_matcher *m, struct value *node)
{
    struct fields *found = &m->found;
    if (found->count == found->cap) {
        size_t cap = found->cap ? found->cap * 2 : 4;
        size_t size = sizeof(struct value *);
        found->items = arena_resize(m->arena, found->items, found->cap * size, cap * size);
        found->cap = cap;
    }
    found->items[found->count++] = node;
}

/* A node for what comes next on the path. */
static struct value made_node(struct field_matcher *m, const struct slice *path, size_t count)
{
    enum value_kind kind = m->create;
    if (count)
        kind = is_bracketed(path[0]) || is_index(path[0]) ? VALUE_LIST : VALUE_MAP;
    if (kind == VALUE_MAP)
        return node_new_map(m->arena);
    if (kind == VALUE_LIST)
        return value_list(list_new(m->arena, 2));
    return node_scalar(SLICE(""));
}

/* What is made below a null is found, but stays without effect. */
static bool match_field(struct field_matcher *m, struct value *node, const struct slice *path, size_t count)
{
    if (!want_kind(m->arena, *node, VALUE_MAP, m->diag))
        return false;
    struct value *field = node_field_slice(*node, path[0]);
    if (field)
        return match(m, field, path + 1, count - 1);
    if (m->create == VALUE_NIL)
        return true;
    struct value made = made_node(m, path + 1, count - 1);
    if (node->kind == VALUE_MAP) {
        map_set(node->map, path[0], made);
        field = map_find(node->map, path[0]);
    } else {
        field = ARENA_NEW(m->arena, struct value);
        *field = made;
    }
    return match(m, field, path + 1, count - 1);
}

static bool match_index(struct field_matcher *m, struct value *node, const struct slice *path, size_t count)
{
    int64_t index = 0;
    is_number(path[0], &index);
    if (!want_kind(m->arena, *node, VALUE_LIST, m->diag))
        return false;
    struct list *list = node->kind == VALUE_LIST ? node->list : NULL;
    if (list && index == list->len && m->create != VALUE_NIL)
        list_add(m->arena, list, made_node(m, path + 1, count - 1));
    if (!list || index >= list->len)
        return diag_error(m->diag, "index %lld specified but only %u elements found", (long long)index,
                          list ? list->len : 0);
    return match(m, &list->items[index], path + 1, count - 1);
}

/* The written form of a node. A text without quotes gets some where it would else be read as something else. */
static struct slice written(struct arena *a, struct value node)
{
    struct slice text = scalar_text(node);
    if (node.kind != VALUE_STRING || slice_find_char(text, '\n') < text.len)
        return slice_trim(node_written(a, node));
    bool is_text = yaml_node_tag(node) == YAML_TAG_STR && yaml_node_resolve(text) != YAML_TAG_STR;
    switch (yaml_node_style(node)) {
    case YAML_SINGLE_QUOTED:
        return arena_printf(a, "'%.*s'", SLICE_ARG(text));
    case YAML_PLAIN:
        return is_text ? arena_printf(a, "\"%.*s\"", SLICE_ARG(text)) : text;
    case YAML_DOUBLE_QUOTED:
        return arena_printf(a, "\"%.*s\"", SLICE_ARG(text));
    default:
        return slice_trim(node_written(a, node));
    }
}

static bool has_value(struct field_matcher *m, struct value node, struct slice pattern, bool *out)
{
    struct slice error;
    struct go_regexp *expression = regexp_cache_get(m->regexps, pattern, m->arena, &error);
    if (!expression)
        return diag_error_slice(m->diag, error);
    *out = go_regexp_match(expression, written(m->arena, node), 0, NULL);
    return true;
}

/* Elements of a list that fulfil a condition. For "[=value]" the rest of the path counts for nothing. */
static bool match_elements(struct field_matcher *m, struct value *node, struct slice key, struct slice pattern,
                           const struct slice *rest, size_t count)
{
    for (uint32_t i = 0; node->kind == VALUE_LIST && i < node->list->len; i++) {
        struct value *element = &node->list->items[i];
        const struct value *field = key.len ? node_field_slice(*element, key) : element;
        bool fulfils = false;
        if (field && !has_value(m, *field, pattern, &fulfils))
            return false;
        if (!fulfils)
            continue;
        if (key.len == 0)
            add_found(m, element);
        else if (!match(m, element, rest, count))
            return false;
    }
    return true;
}

static void add_element(struct field_matcher *m, struct list *list, struct slice key, struct slice text)
{
    struct value element = node_scalar(text);
    if (key.len) {
        element = node_new_map(m->arena);
        map_set(element.map, key, node_scalar(text));
    }
    list_add(m->arena, list, element);
}

static bool match_condition(struct field_matcher *m, struct value *node, const struct slice *path, size_t count)
{
    struct slice key;
    struct slice pattern;
    size_t before = m->found.count;
    if (!split_condition(path[0], &key, &pattern, m->diag) || !want_kind(m->arena, *node, VALUE_LIST, m->diag) ||
        !match_elements(m, node, key, pattern, path + 1, count - 1))
        return false;
    if (m->found.count > before || m->create == VALUE_NIL || node->kind != VALUE_LIST)
        return true;
    add_element(m, node->list, key, pattern);
    if (!match_elements(m, node, key, pattern, path + 1, count - 1))
        return false;
    return m->found.count > before ||
           diag_error(m->diag, "an element made for '%.*s' does not match it", SLICE_ARG(path[0]));
}

static bool match_every(struct field_matcher *m, struct value *node, const struct slice *path, size_t count)
{
    if (!want_kind(m->arena, *node, VALUE_LIST, m->diag))
        return false;
    for (uint32_t i = 0; node->kind == VALUE_LIST && i < node->list->len; i++) {
        if (!match(m, &node->list->items[i], path + 1, count - 1))
            return false;
    }
    return true;
}

static bool match(struct field_matcher *m, struct value *node, const struct slice *path, size_t count)
{
    if (count == 0) {
        add_found(m, node);
        return true;
    }
    if (is_index(path[0]))
        return match_index(m, node, path, count);
    if (is_bracketed(path[0]))
        return match_condition(m, node, path, count);
    if (slice_is(path[0], "*"))
        return match_every(m, node, path, count);
    return match_field(m, node, path, count);
}

bool field_path_match(struct field_matcher *m, struct value *object, const struct texts *path)
{
    return match(m, object, path->items, path->count);
}
