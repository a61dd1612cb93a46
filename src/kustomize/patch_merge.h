/*
 * patch_merge.h - strategic merge of a patch into an object
 *
 * Maps are merged field by field, null removes, and lists whose kind says so are merged by key; everything else
 * replaces. What the patch brings keeps the places where the patch says it.
 */
#ifndef YARE_KUSTOMIZE_PATCH_MERGE_H
#define YARE_KUSTOMIZE_PATCH_MERGE_H

#include "kustomize/known_kinds.h"
#include "kustomize/resource.h"

/* Merges the patch, a map of nodes, into the object; *object is nil where the patch deletes it. Parts of the patch
   become parts of the object: a patch that serves several objects is copied for each. `sources` may be null: messages and
   schemas in comments then know no places. */
bool patch_merge(struct arena *a, struct source_set *sources, struct schema_source *schemas, struct value *object,
                 struct value patch, struct diag *diag);

#endif
