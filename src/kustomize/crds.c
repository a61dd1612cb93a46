/*
 * crds.c - field specs from the types that `crds` names
 *
 * Such a file maps names of types to OpenAPI schemas. A type that has apiVersion, kind and metadata is an object;
 * extensions of its properties, and of those of types they refer to, say which fields hold annotations, label
 * selectors, names to be prefixed and names of other objects. The kind is the last part of the type's dotted name.
 */
#include "kustomize/crds.h"

#include "base/limits.h"
#include "codec/yaml_read.h"

struct crds {
    struct arena *arena;
    struct value types; /* the file */
    struct slice kind;  /* of the object whose properties are looked at */
    struct field_tables *tables;
    struct diag *diag;
};

static const struct map *properties_of(const struct crds *c, struct slice type)
{
    const struct value *found = node_field_slice(c->types, type);
    const struct value *schema = found ? node_field(*found, "Schema") : NULL;
    if (!schema && found)
        schema = node_field(*found, "schema");
    const struct value *properties = schema ? node_field(*schema, "properties") : NULL;
    return properties && value_is_map(*properties) ? properties->map : NULL;
}

/* A text of a property; null where there is none. */
static const struct value *extension(struct value property, const char *key)
{
    const struct value *v = node_field(property, key);
    return v && value_is_string(*v) ? v : NULL;
}

static bool is_object(const struct map *properties)
{
    return properties && map_find_text(properties, "kind") && map_find_text(properties, "apiVersion") &&
           map_find_text(properties, "metadata");
}

static bool add(const struct crds *c, enum field_table table, struct slice path)
{
    struct field_spec spec = {.gvk = {.kind = c->kind}, .path = path};
    return field_specs_merge_one(c->arena, &c->tables->specs[table], spec, c->diag);
}

/* A property that holds the name of another object. */
static bool add_reference(const struct crds *c, struct value property, struct slice path)
{
    const struct value *version = extension(property, "x-kubernetes-object-ref-api-version");
    const struct value *kind = extension(property, "x-kubernetes-object-ref-kind");
    const struct value *key = extension(property, "x-kubernetes-object-ref-name-key");
    if (!version || !kind)
        return true;
    struct slice name = key ? value_slice(*key) : SLICE("name");
    struct field_spec *spec = ARENA_NEW(c->arena, struct field_spec);
    spec->gvk.kind = c->kind;
    spec->path = arena_printf(c->arena, "%.*s/%.*s", SLICE_ARG(path), SLICE_ARG(name));
    struct back_reference reference = {.target = {.kind = value_slice(*kind), .version = value_slice(*version)},
                                       .referrers = {spec, 1, 1}};
    return back_references_merge_one(c->arena, &c->tables->names, reference, c->diag);
}

static bool add_properties(const struct crds *c, struct slice type, struct slice path, unsigned depth);

static bool add_property(const struct crds *c, struct value property, struct slice path, unsigned depth)
{
    static const struct {
        const char *extension;
        enum field_table table;
    } rows[] = {
        {"x-kubernetes-annotation", FIELDS_ANNOTATIONS},
        {"x-kubernetes-label-selector", FIELDS_COMMON_LABELS},
        {"x-kubernetes-identity", FIELDS_NAME_PREFIX},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (extension(property, rows[i].extension) && !add(c, rows[i].table, path))
            return false;
    }
    const struct value *ref = extension(property, "$ref");
    return add_reference(c, property, path) &&
           (!ref || add_properties(c, value_slice(*ref), path, depth + 1));
}

static bool add_properties(const struct crds *c, struct slice type, struct slice path, unsigned depth)
{
    const struct map *properties = properties_of(c, type);
    if (depth > LIMIT_SCHEMA_DEPTH)
        return diag_error(c->diag, "the type '%.*s' refers to itself", SLICE_ARG(type));
    for (uint32_t i = 0; properties && i < properties->len; i++) {
        struct slice name = properties->entries[i].key;
        struct slice below = path.len ? arena_printf(c->arena, "%.*s/%.*s", SLICE_ARG(path), SLICE_ARG(name)) : name;
        if (!add_property(c, properties->entries[i].value, below, depth))
            return false;
    }
    return true;
}

static bool add_types(struct crds *c)
{
    for (uint32_t i = 0; value_is_map(c->types) && i < c->types.map->len; i++) {
        struct slice type = c->types.map->entries[i].key;
        size_t dot = slice_find_last_char(type, '.');
        c->kind = dot < type.len ? slice_after(type, dot + 1) : type;
        if (is_object(properties_of(c, type)) && !add_properties(c, type, SLICE(""), 0))
            return false;
    }
    return true;
}

static bool read_types(struct target *t, struct slice path, struct value *out, struct diag *diag)
{
    struct slice text;
    const char *full;
    struct yaml_error error;
    if (!root_read(t->build->arena, t->root, path, &text, &full, diag))
        return false;
    if (yaml_read(t->build->arena, NULL, text, NULL, out, &error))
        return true;
    return diag_error(diag, "unable to parse open API definition from '%.*s': error converting YAML to JSON: %.*s",
                      SLICE_ARG(path), SLICE_ARG(error.message));
}

bool crds_merge(struct target *t, struct accumulator *acc, struct diag *diag)
{
    const struct texts *paths = &t->k->crds;
    struct field_tables tables = {.is_default = false};
    struct crds c = {.arena = t->build->arena, .tables = &tables, .diag = diag};
    for (size_t i = 0; i < paths->count; i++) {
        if (!read_types(t, paths->items[i], &c.types, diag) || !add_types(&c)) {
            diag_prefix(diag, "loading CRDs: ");
            return false;
        }
    }
    return paths->count == 0 || field_tables_merge(t->build->arena, &acc->tables, &tables, diag);
}
