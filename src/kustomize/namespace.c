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

static bool is_binding(struct slice kind)
{
    return slice_is(kind, "RoleBinding") || slice_is(kind, "ClusterRoleBinding");
}

/* Some field specs yield to what is done for these fields in every object. */
static bool is_passed_over(const struct field_spec *spec, const struct resource *r)
{
    if (slice_is(spec->path, "metadata/namespace"))
        return true;
    if (slice_is(spec->path, "metadata/name"))
        return !slice_is(node_text(r->node, "apiVersion"), "v1");
    return slice_is(spec->path, "subjects/namespace") && is_binding(spec->gvk.kind) &&
           is_binding(node_text(r->node, "kind"));
}

static bool transform_one(struct arena *a, const struct field_specs *specs, struct resource *r,
                          struct slice namespace, struct diag *diag)
{
    static const struct field_spec everywhere = {.path = SLICE_INIT("metadata/namespace"), .create = true};
    struct field_setter setter = {set_namespace, &namespace, a, VALUE_STRING};
    struct gvk gvk = resource_gvk(r);
    resource_store_id(a, r);
    if (!gvk.cluster_scoped && !field_spec_apply(&everywhere, &setter, &r->node, diag))
        return false;
    if (is_binding(gvk.kind))
        set_subjects(a, r, namespace);
    for (size_t i = 0; i < specs->count; i++) {
        if (is_passed_over(&specs->items[i], r))
            continue;
        if (!field_spec_apply(&specs->items[i], &setter, &r->node, diag))
            return false;
    }
    return true;
}

bool namespace_transform(struct target *t, struct accumulator *acc, struct diag *diag)
{
    struct arena *a = t->build->arena;
    struct resource_map *map = &acc->resources;
    if (t->k->namespace.len == 0)
        return true;
    for (size_t i = 0; i < map->count; i++) {
        if (!transform_one(a, &acc->tables.specs[FIELDS_NAMESPACE], map->items[i], t->k->namespace, diag))
            return false;
    }
    struct resource_map checked = {NULL, 0, 0};
    if (!resource_map_append(a, &checked, map, diag)) {
        diag_prefix(diag, "namespace transformation produces ID conflict: ");
        return false;
    }
    return target_step_done(t, acc, "NamespaceTransformer", diag);
}
