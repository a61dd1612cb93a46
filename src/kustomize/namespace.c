/*
 * namespace.c - the field `namespace`
 */
#include "kustomize/namespace.h"

static bool set_namespace(const struct field_setter *setter, struct value *field, struct diag *diag)
{
    const struct slice *namespace = setter->context;
    return node_set_scalar(setter->arena, field, yaml_node(*namespace, YAML_TAG_STR, YAML_PLAIN), diag);
}

/* In bindings the subjects named default get it. */
static void set_subjects(struct arena *a, struct resource *r, struct slice namespace)
{
    const struct value *subjects = node_field(r->node, "subjects");
    (void)a;
    for (uint32_t i = 0; subjects && subjects->kind == VALUE_LIST && i < subjects->list->len; i++) {
        struct value *subject = &subjects->list->items[i];
        if (slice_is(node_text(*subject, "name"), "default"))
            node_set_field(subject, SLICE("namespace"), yaml_node(namespace, YAML_TAG_STR, YAML_PLAIN));
    }
}

static bool transform_one(struct build *build, struct resource *r, struct slice namespace, struct diag *diag)
{
    static const struct field_spec everywhere = {.path = SLICE_INIT("metadata/namespace"), .create = true};
    struct field_setter setter = {set_namespace, &namespace, build->arena, VALUE_STRING};
    struct gvk gvk = resource_gvk(r);
    const struct field_specs *specs = &build->default_tables.specs[FIELDS_NAMESPACE];
    resource_store_id(build->arena, r);
    if (!gvk.cluster_scoped && !field_spec_apply(&everywhere, &setter, &r->node, diag))
        return false;
    if (slice_is(gvk.kind, "RoleBinding") || slice_is(gvk.kind, "ClusterRoleBinding"))
        set_subjects(build->arena, r, namespace);
    for (size_t i = 0; i < specs->count; i++) {
        bool names_itself = slice_is(specs->items[i].path, "metadata/name");
        if (names_itself && !slice_is(node_text(r->node, "apiVersion"), "v1"))
            continue;
        if (!field_spec_apply(&specs->items[i], &setter, &r->node, diag))
            return false;
    }
    return true;
}

bool namespace_transform(struct build *build, const struct kustomization *k, struct resource_map *map,
                         struct diag *diag)
{
    if (k->namespace.len == 0)
        return true;
    for (size_t i = 0; i < map->count; i++) {
        if (!transform_one(build, map->items[i], k->namespace, diag))
            return false;
    }
    struct resource_map checked = {NULL, 0, 0};
    if (resource_map_append(build->arena, &checked, map, diag))
        return true;
    diag_prefix(diag, "namespace transformation produces ID conflict: ");
    return false;
}
