/*
 * schema.c - finding schemas, and making them of a document
 *
 * A document's definitions are turned into schemas as they are asked for; each is kept under its name before its
 * fields are made, so that definitions may refer to each other.
 */
#include "kustomize/known_kinds.h"

#include "base/limits.h"
#include "codec/yaml_read.h"

bool known_kind_is_cluster_scoped(struct slice api_version, struct slice kind)
{
    for (size_t i = 0; i < cluster_kind_count; i++) {
        if (slice_equal(cluster_kinds[i].kind, kind) && slice_equal(cluster_kinds[i].api_version, api_version))
            return true;
    }
    return false;
}

const struct schema *schema_of_field(const struct schema *schema, struct slice field)
{
    if (!schema)
        return NULL;
    for (size_t i = 0; i < schema->field_count; i++) {
        if (slice_equal(schema->fields[i].name, field))
            return schema->fields[i].schema;
    }
    return schema->any;
}

const struct schema *schema_of_items(const struct schema *schema)
{
    return schema ? schema->items : NULL;
}

/* --- of a document ------------------------------------------------------------------------------------------------ */

static const struct schema *make_schema(struct schema_source *source, struct value definition, unsigned depth);

static struct value field_of(struct value map, const char *key)
{
    const struct value *v = value_is_map(map) ? map_find_text(map.map, key) : NULL;
    return v ? *v : value_nil();
}

static struct slice text_of(struct value map, const char *key)
{
    struct value v = field_of(map, key);
    return v.kind == VALUE_STRING ? value_slice(v) : SLICE("");
}

/* Of the built-in definitions those are known that comments refer to. */
static const struct schema *built_in_by_name(struct schema_source *source, struct slice name)
{
    static const char prefix[] = "io.k8s.api.core.v1.";
    if (!slice_starts(name, slice_text(prefix)))
        return NULL;
    struct slice type = slice_after(name, sizeof prefix - 1);
    const struct schema *spec = schema_of_field(schema_of_kind(source, SLICE("v1"), SLICE("Pod")), SLICE("spec"));
    if (slice_is(type, "PodSpec"))
        return spec;
    if (slice_is(type, "Container"))
        return schema_of_items(schema_of_field(spec, SLICE("containers")));
    return schema_of_kind(source, SLICE("v1"), type);
}

/* The schema of "#/definitions/NAME". */
static const struct schema *schema_by_name(struct schema_source *source, struct slice name, unsigned depth)
{
    if (!value_is_map(source->definitions))
        return built_in_by_name(source, name);
    const struct value *made = map_find(source->made, name);
    if (made)
        return (const struct schema *)(uintptr_t)made->u;
    const struct value *definition = map_find(source->definitions.map, name);
    if (!definition)
        return NULL;
    struct schema *schema = ARENA_NEW(source->arena, struct schema);
    map_set(source->made, name, value_uint_as(GO_UINT64, (uintptr_t)schema));
    const struct schema *content = make_schema(source, *definition, depth + 1);
    if (content)
        *schema = *content;
    return schema;
}

static bool has_word(struct slice words, const char *word)
{
    struct slice piece;
    while (slice_next_piece(&words, ',', &piece)) {
        if (slice_is(piece, word))
            return true;
    }
    return false;
}

static void read_keys(struct schema *schema, struct value definition)
{
    struct value keys = field_of(definition, "x-kubernetes-list-map-keys");
    struct slice key = text_of(definition, "x-kubernetes-patch-merge-key");
    if (value_is_list(keys)) {
        for (uint32_t i = 0; i < keys.list->len && schema->key_count < SCHEMA_MAX_KEYS; i++) {
            if (value_is_string(keys.list->items[i]))
                schema->keys[schema->key_count++] = value_slice(keys.list->items[i]);
        }
    } else if (key.len) {
        schema->keys[schema->key_count++] = key;
    }
}

static void read_fields(struct schema_source *source, struct schema *schema, struct value properties, unsigned depth)
{
    struct schema_field *fields = ARENA_ARRAY(source->arena, struct schema_field, (size_t)properties.map->len + 1);
    for (uint32_t i = 0; i < properties.map->len; i++) {
        fields[i].name = properties.map->entries[i].key;
        fields[i].schema = make_schema(source, properties.map->entries[i].value, depth);
    }
    schema->fields = fields;
    schema->field_count = properties.map->len;
}

static const struct schema *make_schema(struct schema_source *source, struct value definition, unsigned depth)
{
    static const char prefix[] = "#/definitions/";
    struct slice ref = text_of(definition, "$ref");
    if (depth > LIMIT_SCHEMA_DEPTH || !value_is_map(definition))
        return NULL;
    if (slice_starts(ref, slice_text(prefix)))
        return schema_by_name(source, slice_after(ref, sizeof prefix - 1), depth);
    struct schema *schema = ARENA_NEW(source->arena, struct schema);
    struct value properties = field_of(definition, "properties");
    if (value_is_map(properties))
        read_fields(source, schema, properties, depth + 1);
    if (value_is_map(field_of(definition, "additionalProperties")))
        schema->any = make_schema(source, field_of(definition, "additionalProperties"), depth + 1);
    if (value_is_map(field_of(definition, "items")))
        schema->items = make_schema(source, field_of(definition, "items"), depth + 1);
    schema->merges = has_word(text_of(definition, "x-kubernetes-patch-strategy"), "merge");
    if (schema->merges)
        read_keys(schema, definition);
    return schema;
}

/* Whether one of the definition's group-version-kinds is that one. */
static bool is_for_kind(struct value definition, struct slice api_version, struct slice kind)
{
    struct value gvks = field_of(definition, "x-kubernetes-group-version-kind");
    for (uint32_t i = 0; value_is_list(gvks) && i < gvks.list->len; i++) {
        struct value gvk = gvks.list->items[i];
        struct slice group = text_of(gvk, "group");
        struct slice version = text_of(gvk, "version");
        bool same = group.len == 0 ? slice_equal(version, api_version)
                                   : api_version.len == group.len + 1 + version.len &&
                                         slice_starts(api_version, group) && api_version.ptr[group.len] == '/' &&
                                         slice_ends(api_version, version);
        if (same && slice_equal(text_of(gvk, "kind"), kind))
            return true;
    }
    return false;
}

static const struct schema *custom_schema(struct schema_source *source, struct slice api_version, struct slice kind)
{
    const struct map *definitions = source->definitions.map;
    for (uint32_t i = 0; i < definitions->len; i++) {
        if (is_for_kind(definitions->entries[i].value, api_version, kind))
            return schema_by_name(source, definitions->entries[i].key, 0);
    }
    return NULL;
}

const struct schema *schema_of_kind(struct schema_source *source, struct slice api_version, struct slice kind)
{
    bool is_kustomize = slice_starts(api_version, SLICE("kustomize.config.k8s.io/"));
    if (value_is_map(source->definitions) && !is_kustomize)
        return custom_schema(source, api_version, kind);
    for (size_t i = 0; i < known_kind_count; i++) {
        if (slice_equal(known_kinds[i].kind, kind) && slice_equal(known_kinds[i].api_version, api_version))
            return known_kinds[i].schema;
    }
    return NULL;
}

const struct schema *schema_of_text(struct schema_source *source, struct slice text)
{
    struct value definition;
    struct yaml_error error;
    bool good = yaml_read(source->arena, NULL, text, NULL, &definition, &error);
    return good && value_is_map(definition) && definition.map->len ? make_schema(source, definition, 0) : NULL;
}

bool schema_load(struct schema_source *source, struct slice text, struct diag *diag)
{
    struct value document;
    struct yaml_error error;
    if (!yaml_read(source->arena, NULL, text, NULL, &document, &error))
        return diag_error(diag, "invalid schema file: %.*s", SLICE_ARG(error.message));
    source->definitions = field_of(document, "definitions");
    if (!value_is_map(source->definitions))
        source->definitions = value_map(map_new(source->arena, 0));
    source->made = map_new(source->arena, 16);
    return true;
}
