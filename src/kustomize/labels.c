/*
 * labels.c - the fields `labels`, `commonLabels` and `commonAnnotations`
 */
#include "kustomize/labels.h"

#include "kustomize/shared_pair.h"

/* A pair on its way into the maps of one object. */
struct pair_setting {
    const struct entry *pair;
    struct shared_maps added; /* to these */
};

static bool set_pair(const struct field_setter *setter, struct value *field, struct diag *diag)
{
    struct pair_setting *setting = setter->context;
    const struct entry *pair = setting->pair;
    if (field->kind != VALUE_MAP)
        return yaml_node_is_null(*field) || node_kind_error(setter->arena, *field, "MappingNode", diag);
    if (!map_find(field->map, pair->key))
        shared_maps_add(setter->arena, &setting->added, field->map);
    struct value text = yaml_node(value_slice(pair->value), YAML_TAG_STR, YAML_PLAIN);
    node_set_field(field, pair->key, value_from(text, pair->value.origin));
    return true;
}

static bool set_pairs(struct arena *a, struct value pairs, const struct field_specs *specs,
                      struct resource_map *map, struct diag *diag)
{
    if (pairs.kind != VALUE_MAP)
        return true;
    for (size_t i = 0; i < map->count; i++) {
        for (uint32_t j = 0; j < pairs.map->len; j++) {
            struct pair_setting setting = {.pair = &pairs.map->entries[j]};
            struct field_setter setter = {set_pair, &setting, a, VALUE_MAP};
            if (!field_specs_apply(specs, &setter, &map->items[i]->node, diag))
                return false;
            shared_pair_note(a, map->items[i], setting.pair->key, &setting.added);
        }
    }
    return true;
}

/* Where the labels of one entry go. */
static bool specs_of(struct arena *a, const struct field_specs *tables, const struct label_entry *entry,
                     struct field_specs *specs, struct diag *diag)
{
    const struct field_spec metadata = {.path = SLICE("metadata/labels"), .create = true};
    const struct field_specs own = {entry->fields.items, entry->fields.count, entry->fields.count};
    if (!field_specs_merge(a, specs, &own, diag) || !field_specs_merge(a, specs, &tables[FIELDS_LABELS], diag))
        return false;
    if (entry->include_selectors)
        return field_specs_merge(a, specs, &tables[FIELDS_COMMON_LABELS], diag);
    if (entry->include_templates && !field_specs_merge(a, specs, &tables[FIELDS_TEMPLATE_LABELS], diag)) {
        diag_prefix(diag, "failed to merge template fieldSpec: ");
        return false;
    }
    return field_specs_merge_one(a, specs, metadata, diag);
}

bool labels_transform(struct target *t, struct accumulator *acc, struct diag *diag)
{
    struct arena *a = t->build->arena;
    const struct kustomization *k = t->k;
    const struct label_entry *entries = k->labels.items;
    const struct field_specs *tables = acc->tables.specs;
    for (size_t i = 0; i < k->labels.count; i++) {
        struct field_specs specs = {NULL, 0, 0};
        if (!specs_of(a, tables, &entries[i], &specs, diag)) {
            diag_prefix(diag, "failed to merge labels: ");
            return false;
        }
        if (!set_pairs(a, entries[i].pairs, &specs, &acc->resources, diag) ||
            !target_step_done(t, acc, "LabelTransformer", diag))
            return false;
    }
    if (k->labels.count == 0 && (!value_is_map(k->common_labels) || k->common_labels.map->len == 0))
        return true;
    return set_pairs(a, k->common_labels, &tables[FIELDS_COMMON_LABELS], &acc->resources, diag) &&
           target_step_done(t, acc, "LabelTransformer", diag);
}

bool annotations_transform(struct target *t, struct accumulator *acc, struct diag *diag)
{
    struct value pairs = t->k->common_annotations;
    if (!value_is_map(pairs) || pairs.map->len == 0)
        return true;
    return set_pairs(t->build->arena, pairs, &acc->tables.specs[FIELDS_ANNOTATIONS], &acc->resources, diag) &&
           target_step_done(t, acc, "AnnotationsTransformer", diag);
}
