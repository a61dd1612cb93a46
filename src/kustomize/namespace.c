/*
 * namespace.c - the field `namespace`
 */
#include "kustomize/namespace.h"

static bool set_namespace(const struct field_setter *setter, struct value *field, struct diag *diag)
{
    const struct namespace_setting *setting = setter->context;
    bool has_one = field->kind == VALUE_STRING && !yaml_node_is_null(*field) && field->len > 0;
    if (setting->unset_only && has_one)
        return true;
    struct value text = yaml_node(setting->namespace, YAML_TAG_STR, YAML_PLAIN);
    return node_set_scalar_from(setter->arena, field, text, setting->at, diag);
}

static bool is_meant(const struct namespace_setting *setting, struct value subject)
{
    if (setting->subjects == SUBJECTS_SERVICE_ACCOUNTS)
        return slice_is(node_text(subject, "kind"), "ServiceAccount");
    return setting->subjects == SUBJECTS_NAMED_DEFAULT && slice_is(node_text(subject, "name"), "default");
}

static bool set_subjects(const struct field_setter *setter, struct resource *r, struct diag *diag)
{
    const struct value *subjects = node_field(r->node, "subjects");
    for (uint32_t i = 0; subjects && subjects->kind == VALUE_LIST && i < subjects->list->len; i++) {
        struct value *subject = &subjects->list->items[i];
        if (!is_meant(setter->context, *subject))
            continue;
        if (!node_field(*subject, "namespace"))
            map_set_text(subject->map, "namespace", node_scalar(SLICE("")));
        if (!set_namespace(setter, node_field(*subject, "namespace"), diag))
            return false;
    }
    return true;
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

bool namespace_set(struct arena *a, const struct namespace_setting *setting, const struct field_specs *specs,
                   struct resource *r, struct diag *diag)
{
    static const struct field_spec everywhere = {.path = SLICE_INIT("metadata/namespace"), .create = true};
    struct field_setter setter = {set_namespace, (void *)setting, a, VALUE_STRING};
    struct gvk gvk = resource_gvk(r);
    if (!gvk.cluster_scoped && !field_spec_apply(&everywhere, &setter, &r->node, diag))
        return false;
    if (is_binding(gvk.kind) && !set_subjects(&setter, r, diag))
        return false;
    for (size_t i = 0; i < specs->count; i++) {
        if (is_passed_over(&specs->items[i], r))
            continue;
        if (!field_spec_apply(&specs->items[i], &setter, &r->node, diag))
            return false;
    }
    return true;
}

bool namespace_apply(struct build *build, const struct namespace_setting *setting, const struct field_specs *specs,
                     struct resource_map *map, struct diag *diag)
{
    struct resource_map checked = {NULL, 0, 0};
    for (size_t i = 0; i < map->count; i++) {
        resource_store_id(build->arena, map->items[i]);
        if (!namespace_set(build->arena, setting, specs, map->items[i], diag))
            return false;
    }
    if (resource_map_append(build->arena, &checked, map, diag))
        return true;
    diag_prefix(diag, "namespace transformation produces ID conflict: ");
    return false;
}

bool namespace_transform(struct target *t, struct accumulator *acc, struct diag *diag)
{
    const struct namespace_setting setting = {.namespace = t->k->namespace,
                                              .at = kustomization_origin(t->k, t->k->namespace)};
    if (setting.namespace.len == 0)
        return true;
    return namespace_apply(t->build, &setting, &acc->tables.specs[FIELDS_NAMESPACE], &acc->resources, diag) &&
           target_step_done(t, acc, "NamespaceTransformer", diag);
}
