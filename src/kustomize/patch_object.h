/*
 * patch_object.h - a patch meets a resource
 *
 * What patch_merge.h and json_patch.h do to data, with what Kustomize does around it: identity, history, annotations.
 */
#ifndef YARE_KUSTOMIZE_PATCH_OBJECT_H
#define YARE_KUSTOMIZE_PATCH_OBJECT_H

#include "kustomize/build.h"
#include "kustomize/json_patch.h"

/* Merges a strategic patch, parts of which become parts of the resource. Kind and name stay unless the patch may change
   them, the namespace always. */
bool resource_merge_patch(struct build *build, struct resource *r, const struct resource *patch, struct diag *diag);

/* A copy of a patch for a resource that a target selected: its labels and annotations become texts, its apiVersion the
   resource's. */
struct resource *resource_patch_for(struct arena *a, const struct resource *patch, const struct resource *r);

/* Applies a JSON patch. */
bool resource_apply_json_patch(struct build *build, struct resource *r, const struct json_patch *patch,
                               const struct source *source, struct diag *diag);

#endif
