/*
 * edit_patch.c - kustomize edit add patch and remove patch
 */
#include "kustomize/edit.h"

static bool has_target(const struct selector *s)
{
    return s->id.gvk.group.len || s->id.gvk.version.len || s->id.gvk.kind.len || s->id.name.len ||
           s->id.namespace.len || s->labels.len || s->annotations.len;
}

static struct patch patch_of(struct edit *e)
{
    struct patch patch = e->options->patch;
    if (has_target(&e->options->target)) {
        patch.target = ARENA_NEW(e->arena, struct selector);
        *patch.target = e->options->target;
    }
    return patch;
}

static bool same_target(const struct selector *a, const struct selector *b)
{
    if (!a || !b)
        return a == b;
    return gvk_equal(&a->id.gvk, &b->id.gvk) && slice_equal(a->id.name, b->id.name) &&
           slice_equal(a->id.namespace, b->id.namespace) && slice_equal(a->labels, b->labels) &&
           slice_equal(a->annotations, b->annotations);
}

/* The command line knows no options of patches. */
static bool same_patch(const struct patch *a, const struct patch *b)
{
    return slice_equal(a->path, b->path) && slice_equal(a->patch, b->patch) && same_target(a->target, b->target) &&
           a->options.kind != VALUE_MAP;
}

static bool check_both(const struct patch *patch, struct diag *diag)
{
    return !(patch->path.len && patch->patch.len) ||
           diag_error(diag, "patch and path can't be set at the same time");
}

bool edit_add_patch(struct edit *e, struct diag *diag)
{
    struct patch patch = patch_of(e);
    const struct patch *patches = e->k->patches.items;
    if (!check_both(&patch, diag))
        return false;
    if (patch.path.len == 0 && patch.patch.len == 0)
        return diag_error(diag, "must provide either patch or path");
    for (size_t i = 0; i < e->k->patches.count; i++) {
        if (!same_patch(&patches[i], &patch))
            continue;
        diag_warning(diag, "patch %.*s%.*s already in kustomization file", SLICE_ARG(patch.path),
                     SLICE_ARG(patch.patch));
        e->unchanged = true;
        return true;
    }
    edit_append(e->arena, &e->k->patches, sizeof patch, &patch);
    return true;
}

bool edit_remove_patch(struct edit *e, struct diag *diag)
{
    struct patch patch = patch_of(e);
    struct patch *patches = e->k->patches.items;
    size_t kept = 0;
    if (!check_both(&patch, diag))
        return false;
    for (size_t i = 0; i < e->k->patches.count; i++) {
        if (!same_patch(&patches[i], &patch))
            patches[kept++] = patches[i];
    }
    if (kept == e->k->patches.count) {
        diag_warning(diag, "patch %.*s doesn't exist in kustomization file", SLICE_ARG(patch.patch));
        e->unchanged = true;
    }
    e->k->patches.count = kept;
    return true;
}
