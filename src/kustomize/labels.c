/*
 * labels.c - the fields `labels`, `commonLabels` and `commonAnnotations`
 */
#include "kustomize/labels.h"

static bool set_pair(const struct field_setter *setter, struct value *field, struct diag *diag)
{
    const struct entry *pair = setter->context;
    if (field->kind != VALUE_MAP)
        return yaml_node_is_null(*field) || node_kind_error(setter->arena, *field, "MappingNode", diag);
    node_set_field(field, pair->key, yaml_node(value_slice(pair->value), YAML_TAG_STR, YAML_PLAIN));
    return true;
}

static bool set_pairs(struct build *build, struct value pairs, const struct field_specs *specs,
                      struct resource_map *map, struct diag *diag)
{
    if (pairs.kind != VALUE_MAP)
        return true;
    for (size_t i = 0; i < map->count; i++) {
        for (uint32_t j = 0; j < pairs.map->len; j++) {
            struct field_setter setter = {set_pair, &pairs.map->entries[j], build->arena, VALUE_MAP};
            if (!field_specs_apply(specs, &setter, &map->items[i]->node, diag))
                return false;
        }
    }
    return true;
}

/* Where the labels of one entry go. */
static bool specs_of(struct build *build, const struct label_entry *entry, struct field_specs *specs,
                     struct diag *diag)
{
    const struct field_spec metadata = {.path = SLICE("metadata/labels"), .create = true};
    const struct field_specs own = {entry->fields.items, entry->fields.count, entry->fields.count};
    const struct field_specs *tables = build->default_tables.specs;
    if (!field_specs_merge(build->arena, specs, &own, diag))
        return false;
    if (entry->include_selectors)
        return field_specs_merge(build->arena, specs, &tables[FIELDS_COMMON_LABELS], diag);
    if (entry->include_templates &&
        !field_specs_merge(build->arena, specs, &tables[FIELDS_TEMPLATE_LABELS], diag))
        return false;
    return field_specs_merge_one(build->arena, specs, metadata, diag);
}

bool labels_transform(struct build *build, const struct kustomization *k, struct resource_map *map,
                      struct diag *diag)
{
    const struct label_entry *entries = k->labels.items;
    const struct field_specs *tables = build->default_tables.specs;
    for (size_t i = 0; i < k->labels.count; i++) {
        struct field_specs specs = {NULL, 0, 0};
        if (!specs_of(build, &entries[i], &specs, diag) || !set_pairs(build, entries[i].pairs, &specs, map, diag))
            return false;
    }
    return set_pairs(build, k->common_labels, &tables[FIELDS_COMMON_LABELS], map, diag) &&
           set_pairs(build, k->common_annotations, &tables[FIELDS_ANNOTATIONS], map, diag);
}
