/*
 * patch_list.h - lists that are merged by the keys of their elements
 *
 * Shared by patch_merge.c, whose walk it continues in the elements.
 */
#ifndef YARE_KUSTOMIZE_PATCH_LIST_H
#define YARE_KUSTOMIZE_PATCH_LIST_H

#include "kustomize/known_kinds.h"
#include "kustomize/resource.h"

/* One merge of a patch into an object. */
struct merge {
    struct arena *arena;
    struct source_set *sources;
    struct schema_source *schemas;
    struct diag *diag;
};

/* Names of fields and what an element has there. The name "" stands for the element itself. There may be fewer values
   than names. */
struct list_keys {
    const struct slice *names;
    const struct slice *values;
    size_t count;
    size_t value_count;
};

/* Merges two nodes; absent (nil) where nothing is to be there. */
bool patch_merge_nodes(struct merge *m, struct value object, struct value patch, const struct schema *schema,
                       unsigned depth, struct value *out);

/* The text of a scalar, "" for all else. */
struct slice patch_scalar_text(struct value node);

/* Puts the element in the place of each that has those values, or at the end where none has; nil removes them. */
bool patch_list_set(struct merge *m, struct list *list, const struct list_keys *keys, struct value element);

/* Merges the patch's list into *object, which may be that very list. */
bool patch_list_merge(struct merge *m, struct value *object, struct value patch, const struct schema *schema,
                      unsigned depth);

#endif
