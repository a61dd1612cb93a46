/*
 * schema_keywords.c - the keywords of one schema
 *
 * Which keywords there are depends on the draft and, from 2019-09 on, on the vocabularies of the dialect. The
 * metaschema has been checked before, so a keyword of the wrong type is one that means nothing here and is passed
 * over.
 */
#include "chart/schema_compile.h"
#include "chart/schema_url.h"
#include "golang/strconv.h"

/* A schema being read. */
struct keyword_reader {
    struct schema_compiler *compiler;
    struct schema_node *node;
    const struct map *map;
    uint64_t key_bits; /* of the map */
    struct schema_dialect dialect;
    struct arena *arena;
};

/* --- values ------------------------------------------------------------------------------------------------- */

static const struct value *find(const struct keyword_reader *r, const char *keyword)
{
    struct slice key = slice_text(keyword);
    return r->key_bits & schema_key_bit(key) ? map_find(r->map, key) : NULL;
}

static const struct value *find_kind(const struct keyword_reader *r, const char *keyword, enum value_kind kind)
{
    const struct value *v = find(r, keyword);
    return v && v->kind == kind ? v : NULL;
}

static bool read_bool(const struct keyword_reader *r, const char *keyword)
{
    const struct value *v = find_kind(r, keyword, VALUE_BOOL);
    return v && v->b;
}

static bool read_string(const struct keyword_reader *r, const char *keyword, struct slice *out)
{
    const struct value *v = find(r, keyword);
    if (!v || !schema_value_is_string(*v))
        return false;
    *out = value_slice(*v);
    return true;
}

static struct schema_number *read_number(const struct keyword_reader *r, const char *keyword)
{
    const struct value *v = find(r, keyword);
    if (!v || schema_type_of(*v) != SCHEMA_NUMBER)
        return NULL;
    struct schema_number *n = ARENA_NEW(r->arena, struct schema_number);
    return schema_value_number(r->arena, *v, n) ? n : NULL;
}

/* A count, or `otherwise` where there is none. Sets *given. */
static int64_t read_count(const struct keyword_reader *r, const char *keyword, int64_t otherwise, bool *given)
{
    const struct schema_number *n = read_number(r, keyword);
    if (!n || !schema_number_is_integer(n))
        return otherwise;
    *given = true;
    return schema_number_integer(n);
}

static struct schema_names read_strings(const struct keyword_reader *r, const struct value *v)
{
    struct schema_names names = {NULL, 0};
    if (!v || v->kind != VALUE_LIST)
        return names;
    names.items = ARENA_ARRAY(r->arena, struct slice, v->list->len);
    for (uint32_t i = 0; i < v->list->len; i++) {
        if (schema_value_is_string(v->list->items[i]))
            names.items[names.count++] = value_slice(v->list->items[i]);
    }
    return names;
}

/* --- subschemas --------------------------------------------------------------------------------------------- */

static struct schema_place *place_of(const struct keyword_reader *r, const char *keyword)
{
    return schema_place_below(&r->compiler->documents, r->node->place, slice_text(keyword));
}

static struct schema_node *node_below(const struct keyword_reader *r, struct schema_place *place, struct slice name)
{
    return schema_compiler_node(r->compiler, schema_place_below(&r->compiler->documents, place, name));
}

static struct schema_node *read_node(const struct keyword_reader *r, const char *keyword)
{
    return find(r, keyword) ? schema_compiler_node(r->compiler, place_of(r, keyword)) : NULL;
}

static struct schema_nodes read_nodes(const struct keyword_reader *r, const char *keyword)
{
    struct schema_nodes nodes = {NULL, 0};
    const struct value *v = find_kind(r, keyword, VALUE_LIST);
    if (!v)
        return nodes;
    nodes.count = v->list->len;
    nodes.items = ARENA_ARRAY(r->arena, struct schema_node *, nodes.count);
    for (size_t i = 0; i < nodes.count; i++) {
        struct schema_place *item = schema_place_item(&r->compiler->documents, place_of(r, keyword), i);
        nodes.items[i] = schema_compiler_node(r->compiler, item);
    }
    return nodes;
}

static struct schema_members read_members(const struct keyword_reader *r, const char *keyword)
{
    struct schema_members members = {NULL, 0};
    const struct value *v = find_kind(r, keyword, VALUE_MAP);
    if (!v)
        return members;
    members.count = v->map->len;
    members.items = ARENA_ARRAY(r->arena, struct schema_member, members.count);
    for (uint32_t i = 0; i < v->map->len; i++) {
        struct slice name = v->map->entries[i].key;
        members.items[i] = (struct schema_member){name, node_below(r, place_of(r, keyword), name)};
    }
    return members;
}

static struct schema_additional read_additional(const struct keyword_reader *r, const char *keyword)
{
    struct schema_additional additional = {.given = find(r, keyword) != NULL};
    const struct value *v = find_kind(r, keyword, VALUE_BOOL);
    if (v)
        additional.forbidden = !v->b;
    else
        additional.node = read_node(r, keyword);
    return additional;
}

/* --- parts -------------------------------------------------------------------------------------------------- */

static bool read_pattern(const struct keyword_reader *r, const char *keyword, struct slice text,
                         struct schema_pattern **out)
{
    struct slice cause;
    if (schema_compiler_pattern(r->compiler, text, out, &cause))
        return true;
    struct buffer b = BUFFER_INIT, location = BUFFER_INIT;
    schema_node_add_location(r->node, &location);
    buffer_printf(&location, "/%s", keyword);
    buffer_add_text(&b, "invalid regex ");
    go_quote(&b, text);
    buffer_add_text(&b, " at ");
    go_quote(&b, buffer_slice(&location));
    buffer_add_text(&b, ": ");
    buffer_add(&b, cause);
    buffer_release(&location);
    return schema_fail(&r->compiler->documents, buffer_move(&b, r->arena));
}

static bool read_pattern_members(const struct keyword_reader *r, struct schema_object_part *part)
{
    struct schema_members members = read_members(r, "patternProperties");
    part->patterns = ARENA_ARRAY(r->arena, struct schema_pattern_member, members.count);
    for (size_t i = 0; i < members.count; i++) {
        part->patterns[i].node = members.items[i].node;
        if (!read_pattern(r, "patternProperties", members.items[i].name, &part->patterns[i].pattern))
            return false;
    }
    part->pattern_count = members.count;
    return true;
}

/* Each member is a list of keys or, where `nodes` says so, a schema. */
static struct schema_dependencies read_dependencies(const struct keyword_reader *r, const char *keyword, bool nodes)
{
    struct schema_dependencies dependencies = {NULL, 0};
    const struct value *v = find_kind(r, keyword, VALUE_MAP);
    if (!v)
        return dependencies;
    dependencies.items = ARENA_ARRAY(r->arena, struct schema_dependency, v->map->len);
    for (uint32_t i = 0; i < v->map->len; i++) {
        const struct entry *entry = &v->map->entries[i];
        struct schema_dependency *dependency = &dependencies.items[dependencies.count];
        dependency->name = entry->key;
        if (entry->value.kind == VALUE_LIST)
            dependency->required = read_strings(r, &entry->value);
        else if (nodes)
            dependency->node = node_below(r, place_of(r, keyword), entry->key);
        else
            continue;
        dependencies.count++;
    }
    return dependencies;
}

static bool has_any(const struct keyword_reader *r, const char *const *keywords)
{
    for (; *keywords; keywords++) {
        if (find(r, *keywords))
            return true;
    }
    return false;
}

static bool read_object_part(struct keyword_reader *r, bool applicator, bool validation)
{
    static const char *const keywords[] = {
        "properties",    "patternProperties", "additionalProperties", "dependencies",      "maxProperties",
        "minProperties", "required",          "propertyNames",        "dependentRequired", "dependentSchemas",
        NULL};
    bool given;
    if (!has_any(r, keywords))
        return true;
    struct schema_object_part *part = ARENA_NEW(r->arena, struct schema_object_part);
    r->node->object = part;
    part->max_properties = INT64_MAX;
    if (applicator) {
        part->properties = read_members(r, "properties");
        if (!read_pattern_members(r, part))
            return false;
        part->additional = read_additional(r, "additionalProperties");
        part->dependencies = read_dependencies(r, "dependencies", true);
        if (r->dialect.draft >= DRAFT_6)
            part->property_names = read_node(r, "propertyNames");
        if (r->dialect.draft >= DRAFT_2019)
            part->dependent_schemas = read_members(r, "dependentSchemas");
    }
    if (validation) {
        part->max_properties = read_count(r, "maxProperties", INT64_MAX, &given);
        part->min_properties = read_count(r, "minProperties", 0, &given);
        part->required = read_strings(r, find(r, "required"));
        if (r->dialect.draft >= DRAFT_2019)
            part->dependent_required = read_dependencies(r, "dependentRequired", false);
    }
    return true;
}

static void read_items(struct keyword_reader *r, struct schema_array_part *part)
{
    if (r->dialect.draft >= DRAFT_2020) {
        part->prefix = read_nodes(r, "prefixItems");
        part->items = read_node(r, "items");
    } else if (find_kind(r, "items", VALUE_LIST)) {
        part->prefix = read_nodes(r, "items");
        part->additional = read_additional(r, "additionalItems");
    } else
        part->items = read_node(r, "items");
}

static void read_array_part(struct keyword_reader *r, bool applicator, bool validation)
{
    static const char *const keywords[] = {"items",    "prefixItems", "contains", "maxItems",
                                           "minItems", "uniqueItems", NULL};
    bool given;
    if (!has_any(r, keywords))
        return;
    struct schema_array_part *part = ARENA_NEW(r->arena, struct schema_array_part);
    r->node->array = part;
    part->max_items = part->max_contains = INT64_MAX;
    part->min_contains = -1;
    if (applicator) {
        read_items(r, part);
        if (r->dialect.draft >= DRAFT_6)
            part->contains = read_node(r, "contains");
    }
    if (validation) {
        part->max_items = read_count(r, "maxItems", INT64_MAX, &given);
        part->min_items = read_count(r, "minItems", 0, &given);
        part->unique_items = read_bool(r, "uniqueItems");
        if (r->dialect.draft >= DRAFT_2019 && part->contains) {
            part->min_contains = read_count(r, "minContains", -1, &given);
            part->max_contains = read_count(r, "maxContains", INT64_MAX, &given);
        }
    }
}

static bool read_string_part(struct keyword_reader *r)
{
    struct schema_string_part part = {.max_length = INT64_MAX};
    struct slice text;
    bool given = false;
    part.max_length = read_count(r, "maxLength", INT64_MAX, &given);
    part.min_length = read_count(r, "minLength", 0, &given);
    if (read_string(r, "pattern", &text)) {
        given = true;
        if (!read_pattern(r, "pattern", text, &part.pattern))
            return false;
    }
    if (given) {
        r->node->string = ARENA_NEW(r->arena, struct schema_string_part);
        *r->node->string = part;
    }
    return true;
}

/* In draft-04 exclusiveMaximum says how maximum is meant; the library goes by the type of the value, not the draft. */
static void read_number_part(struct keyword_reader *r)
{
    struct schema_number_part part = {.multiple_of = read_number(r, "multipleOf"),
                                      .maximum = read_number(r, "maximum"),
                                      .minimum = read_number(r, "minimum")};
    if (read_bool(r, "exclusiveMaximum")) {
        part.exclusive_maximum = part.maximum;
        part.maximum = NULL;
    } else
        part.exclusive_maximum = read_number(r, "exclusiveMaximum");
    if (read_bool(r, "exclusiveMinimum")) {
        part.exclusive_minimum = part.minimum;
        part.minimum = NULL;
    } else
        part.exclusive_minimum = read_number(r, "exclusiveMinimum");
    if (part.multiple_of || part.maximum || part.minimum || part.exclusive_maximum || part.exclusive_minimum) {
        r->node->number = ARENA_NEW(r->arena, struct schema_number_part);
        *r->node->number = part;
    }
}

/* --- the schema --------------------------------------------------------------------------------------------- */

static unsigned read_types(const struct keyword_reader *r)
{
    const struct value *v = find(r, "type");
    unsigned types = 0;
    if (v && schema_value_is_string(*v))
        return schema_type_named(value_slice(*v));
    for (uint32_t i = 0; v && v->kind == VALUE_LIST && i < v->list->len; i++) {
        if (schema_value_is_string(v->list->items[i]))
            types |= schema_type_named(value_slice(v->list->items[i]));
    }
    return types;
}

static void read_values(struct keyword_reader *r)
{
    struct schema_node *node = r->node;
    const struct value *list = find_kind(r, "enum", VALUE_LIST);
    node->types = read_types(r);
    if (list) {
        node->enumeration = list->list;
        for (uint32_t i = 0; i < list->list->len; i++)
            node->enumeration_types |= schema_type_of(list->list->items[i]);
    }
    if (r->dialect.draft >= DRAFT_6)
        node->constant_value = find(r, "const");
}

static bool read_reference(struct keyword_reader *r, const char *keyword, struct schema_node **out)
{
    struct slice reference;
    return !read_string(r, keyword, &reference) ||
           schema_compiler_reference(r->compiler, r->node->place, reference, out);
}

static void read_combined(struct keyword_reader *r)
{
    struct schema_node *node = r->node;
    node->all_of = read_nodes(r, "allOf");
    node->any_of = read_nodes(r, "anyOf");
    node->one_of = read_nodes(r, "oneOf");
    node->not_ = read_node(r, "not");
}

/* A branch that can never be taken is not compiled. */
static void read_condition(struct keyword_reader *r)
{
    struct schema_node *node = r->node;
    const struct value *constant = find_kind(r, "if", VALUE_BOOL);
    if (r->dialect.draft < DRAFT_7)
        return;
    node->if_ = read_node(r, "if");
    if (node->if_ && (!constant || constant->b))
        node->then_ = read_node(r, "then");
    if (node->if_ && (!constant || !constant->b))
        node->else_ = read_node(r, "else");
}

/* Before 2019-09 a $ref hides what stands beside it. The library lets that be so for the keywords of draft-04 alone:
   it still compiles those that came later, and checks const. */
static void read_beside_reference(struct keyword_reader *r)
{
    if (r->dialect.draft < DRAFT_6)
        return;
    r->node->constant_value = find(r, "const");
    read_node(r, "contains");
    read_node(r, "propertyNames");
    read_condition(r);
}

static bool asserts_format(const struct keyword_reader *r)
{
    if (r->compiler->assert_format || r->dialect.draft < DRAFT_2019)
        return true;
    return schema_dialect_has(&r->dialect, r->dialect.draft == DRAFT_2019 ? VOCABULARY_FORMAT
                                                                          : VOCABULARY_FORMAT_ASSERTION);
}

static bool read_recursion(struct keyword_reader *r)
{
    struct schema_node *node = r->node;
    struct slice reference, url, fragment;
    if (r->dialect.draft < DRAFT_2019)
        return true;
    if (!read_reference(r, "$recursiveRef", &node->recursive_reference))
        return false;
    node->recursive_anchor = read_bool(r, "$recursiveAnchor");
    if (r->dialect.draft < DRAFT_2020)
        return true;
    if (!read_reference(r, "$dynamicRef", &node->dynamic_reference))
        return false;
    if (read_string(r, "$dynamicRef", &reference)) {
        if (!schema_url_split(r->arena, reference, &url, &fragment, &r->compiler->documents.error))
            return false;
        if (fragment.len && fragment.ptr[0] != '/')
            node->dynamic_reference_anchor = fragment;
    }
    read_string(r, "$dynamicAnchor", &node->dynamic_anchor);
    return true;
}

static void read_unevaluated(struct keyword_reader *r)
{
    enum schema_vocabulary vocabulary =
        r->dialect.draft == DRAFT_2019 ? VOCABULARY_APPLICATOR : VOCABULARY_UNEVALUATED;
    if (r->dialect.draft < DRAFT_2019 || !schema_dialect_has(&r->dialect, vocabulary))
        return;
    r->node->unevaluated_items = read_node(r, "unevaluatedItems");
    r->node->unevaluated_properties = read_node(r, "unevaluatedProperties");
}

/* What the schema itself looks at, so that nothing of it is left for unevaluatedProperties and unevaluatedItems. */
static void note_evaluated(struct schema_node *node)
{
    if (node->object)
        node->all_properties_evaluated = node->object->additional.given;
    if (node->array) {
        node->all_items_evaluated = node->array->items || node->array->additional.given;
        node->items_evaluated = node->array->prefix.count;
    }
}

bool schema_read_keywords(struct schema_compiler *c, struct schema_node *node)
{
    struct keyword_reader r = {.compiler = c,
                               .node = node,
                               .map = node->place->value->map,
                               .dialect = schema_place_resource(node->place)->dialect,
                               .arena = c->documents.arena};
    r.key_bits = schema_key_bits(r.map);
    bool applicator = schema_dialect_has(&r.dialect, VOCABULARY_APPLICATOR);
    bool validation = schema_dialect_has(&r.dialect, VOCABULARY_VALIDATION);
    struct slice format;
    if (!read_reference(&r, "$ref", &node->reference))
        return false;
    if (node->reference && r.dialect.draft < DRAFT_2019) {
        read_beside_reference(&r);
        return true;
    }
    if (applicator) {
        read_combined(&r);
        read_condition(&r);
    }
    if (!read_object_part(&r, applicator, validation))
        return false;
    read_array_part(&r, applicator, validation);
    if (validation) {
        read_values(&r);
        read_number_part(&r);
        if (!read_string_part(&r))
            return false;
    }
    if (asserts_format(&r) && read_string(&r, "format", &format))
        node->format = schema_format_find(format);
    if (!read_recursion(&r))
        return false;
    read_unevaluated(&r);
    note_evaluated(node);
    return true;
}
