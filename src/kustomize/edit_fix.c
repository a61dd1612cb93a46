/*
 * edit_fix.c - kustomize edit fix
 */
#include "base/file.h"
#include "kustomize/edit.h"

static void move_merge_patches(struct edit *e)
{
    const struct texts *old = &e->k->patches_strategic_merge;
    for (size_t i = 0; i < old->count; i++) {
        const char *path = arena_text(e->arena, old->items[i]);
        bool is_file = file_exists(path) && !file_is_directory(path);
        const struct patch patch = {.path = is_file ? old->items[i] : SLICE(""),
                                    .patch = is_file ? SLICE("") : old->items[i]};
        edit_append(e->arena, &e->k->patches, sizeof patch, &patch);
    }
    e->k->patches_strategic_merge.count = 0;
}

static bool check_labels(const struct kustomization *k, struct diag *diag)
{
    const struct label_entry *entries = k->labels.items;
    for (size_t i = 0; i < k->labels.count; i++) {
        for (uint32_t j = 0; entries[i].pairs.kind == VALUE_MAP && j < entries[i].pairs.map->len; j++) {
            struct slice key = entries[i].pairs.map->entries[j].key;
            if (map_find(k->common_labels.map, key))
                return diag_error(diag, "label name '%.*s' exists in both commonLabels and labels", SLICE_ARG(key));
        }
    }
    return true;
}

bool edit_fix(struct edit *e, struct diag *diag)
{
    struct kustomization *k = e->k;
    const struct patch *json = k->patches_json6902.items;
    for (size_t i = 0; i < k->patches_json6902.count; i++)
        edit_append(e->arena, &k->patches, sizeof *json, &json[i]);
    k->patches_json6902.count = 0;
    move_merge_patches(e);
    if (k->common_labels.kind != VALUE_MAP || k->common_labels.map->len == 0)
        return true;
    if (!check_labels(k, diag))
        return false;
    const struct label_entry entry = {.pairs = k->common_labels, .include_selectors = true};
    edit_append(e->arena, &k->labels, sizeof entry, &entry);
    k->common_labels = value_nil();
    return true;
}
