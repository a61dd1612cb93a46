/*
 * edit_remove.c - kustomize edit remove
 */
#include "kustomize/edit.h"

#include <fnmatch.h>

/* --- lists of files ----------------------------------------------------------------------------------------------- */

static bool fits_any(struct arena *a, const struct texts *patterns, struct slice path)
{
    const char *text = arena_text(a, path);
    for (size_t i = 0; i < patterns->count; i++) {
        if (fnmatch(arena_text(a, patterns->items[i]), text, FNM_PATHNAME) == 0)
            return true;
    }
    return false;
}

static bool remove_files(struct edit *e, struct texts *list, const char *what, struct diag *diag)
{
    size_t kept = 0;
    if (e->words->count == 0)
        return diag_error(diag, "must specify a %s file", what);
    for (size_t i = 0; i < list->count; i++) {
        if (!fits_any(e->arena, e->words, list->items[i]))
            list->items[kept++] = list->items[i];
    }
    e->unchanged = kept == list->count;
    list->count = kept;
    return true;
}

bool edit_remove_resource(struct edit *e, struct diag *diag)
{
    return remove_files(e, &e->k->resources, "resource", diag);
}

bool edit_remove_transformer(struct edit *e, struct diag *diag)
{
    return remove_files(e, &e->k->transformers, "transformer", diag);
}

bool edit_remove_build_metadata(struct edit *e, struct diag *diag)
{
    struct texts words = {NULL, 0, 0};
    struct texts *list = &e->k->build_metadata;
    size_t kept = 0;
    if (!edit_build_metadata_words(e, &words, diag))
        return false;
    for (size_t i = 0; i < list->count; i++) {
        if (!edit_has_text(&words, list->items[i]))
            list->items[kept++] = list->items[i];
    }
    list->count = kept;
    return true;
}

/* --- labels and annotations --------------------------------------------------------------------------------------- */

/* Kustomize calls annotations labels in some of the messages. */
static bool remove_pairs(struct edit *e, struct value *field, const char *kind, const char *name, struct diag *diag)
{
    if (e->words->count == 0)
        return diag_error(diag, "must specify label");
    if (e->words->count > 1)
        return diag_error(diag, "labels must be comma-separated, with no spaces");
    if (field->kind != VALUE_MAP && !e->options->ignore_missing)
        return diag_error(diag, "%s is not defined in kustomization file", name);
    struct slice rest = e->words->items[0];
    struct slice key;
    while (slice_next_piece(&rest, ',', &key)) {
        if (key.len == 0)
            return diag_error(diag, "invalid label: '' (name is empty)");
        bool removed = field->kind == VALUE_MAP && map_remove(field->map, key);
        if (!removed && !e->options->ignore_missing)
            return diag_error(diag, "%s %.*s is not defined in kustomization file", kind, SLICE_ARG(key));
    }
    return true;
}

bool edit_remove_label(struct edit *e, struct diag *diag)
{
    return remove_pairs(e, &e->k->common_labels, "label", "commonLabels", diag);
}

bool edit_remove_annotation(struct edit *e, struct diag *diag)
{
    return remove_pairs(e, &e->k->common_annotations, "annotation", "commonAnnotations", diag);
}

