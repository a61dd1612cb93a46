/*
 * name_affix.c - the fields `namePrefix` and `nameSuffix`
 */
#include "kustomize/name_affix.h"

/* Kinds whose names are not the user's to choose. */
static bool keeps_name(const struct gvk *gvk)
{
    return slice_is(gvk->kind, "CustomResourceDefinition") || slice_is(gvk->kind, "Namespace") ||
           (slice_is(gvk->kind, "APIService") && slice_is(gvk->group, "apiregistration.k8s.io"));
}

static bool set_affixed(const struct field_setter *setter, struct value *field, struct diag *diag)
{
    const struct name_affix *affix = setter->context;
    struct slice old = field->kind == VALUE_STRING ? value_slice(*field) : SLICE("");
    struct slice text = affix->is_suffix ? arena_concat(setter->arena, old, affix->text)
                                         : arena_concat(setter->arena, affix->text, old);
    return node_set_scalar_from(setter->arena, field, node_scalar(text), affix->at, diag);
}

static void remember(struct arena *a, const struct name_affix *affix, struct resource *r)
{
    if (affix->text.len == 0)
        return;
    texts_add(a, affix->is_suffix ? &r->suffixes : &r->prefixes, affix->text);
    resource_store_id(a, r);
}

static bool apply_to(struct build *build, const struct name_affix *affix, const struct field_specs *specs,
                     struct resource *r, struct diag *diag)
{
    struct field_setter setter = {set_affixed, (void *)affix, build->arena, VALUE_STRING};
    struct res_id id = resource_original_id(r);
    if (keeps_name(&id.gvk))
        return true;
    for (size_t i = 0; i < specs->count; i++) {
        const struct field_spec *spec = &specs->items[i];
        if (!gvk_selected(&id.gvk, &spec->gvk))
            continue;
        if (slice_is(spec->path, "metadata/name"))
            remember(build->arena, affix, r);
        if (!field_spec_apply(spec, &setter, &r->node, diag))
            return false;
    }
    return true;
}

bool name_affix_apply(struct build *build, const struct name_affix *affix, const struct field_specs *specs,
                      struct resource_map *map, struct diag *diag)
{
    for (size_t i = 0; i < map->count; i++) {
        if (!apply_to(build, affix, specs, map->items[i], diag))
            return false;
    }
    return true;
}

bool name_prefix_transform(struct target *t, struct accumulator *acc, struct diag *diag)
{
    struct name_affix affix = {t->k->name_prefix, false, kustomization_origin(t->k, t->k->name_prefix)};
    return affix.text.len == 0 ||
           (name_affix_apply(t->build, &affix, &acc->tables.specs[FIELDS_NAME_PREFIX], &acc->resources, diag) &&
            target_step_done(t, acc, "PrefixTransformer", diag));
}

bool name_suffix_transform(struct target *t, struct accumulator *acc, struct diag *diag)
{
    struct name_affix affix = {t->k->name_suffix, true, kustomization_origin(t->k, t->k->name_suffix)};
    return affix.text.len == 0 ||
           (name_affix_apply(t->build, &affix, &acc->tables.specs[FIELDS_NAME_SUFFIX], &acc->resources, diag) &&
            target_step_done(t, acc, "SuffixTransformer", diag));
}
