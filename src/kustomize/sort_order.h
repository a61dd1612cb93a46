/*
 * sort_order.h - the order of objects in the output
 */
#ifndef YARE_KUSTOMIZE_SORT_ORDER_H
#define YARE_KUSTOMIZE_SORT_ORDER_H

#include "kustomize/resource.h"

/* Kinds to put before and after all others; null: the built-in ones. */
struct kind_ranks {
    const struct slice *first;
    size_t first_count;
    const struct slice *last;
    size_t last_count;
};

/* The order of field specs: by rank of the kind, then by group, version, kind. */
bool gvk_is_before(const struct gvk *a, const struct gvk *b);

/* Puts the resources in Kustomize's legacy order. `ranks` may be null. */
void sort_order_legacy(struct arena *a, struct resource **resources, size_t count, const struct kind_ranks *ranks);

#endif
