/*
 * merge.h - deep merge of value layers
 *
 * Two sorted maps are walked side by side; a subtree that only one side has is shared, not copied, so a merge costs
 * what the overlay touches. What null, lists and type clashes do is a struct merge_policy, one constant for each tool
 * we stand in for. Results live in the arena given; inputs are never changed and must outlive the result.
 */
#ifndef YARE_VALUE_MERGE_H
#define YARE_VALUE_MERGE_H

#include "value/value.h"

/* A key where one side has a map and the other something else. `path` is dotted, from the root of the merge. */
struct merge_clash {
    struct slice path;
    struct value low;
    struct value high;
};

typedef void merge_clash_fn(void *context, const struct merge_clash *clash);

enum merge_null {
    MERGE_NULL_REPLACES, /* null overrides whatever the lower layer has, and stays as null */
    MERGE_NULL_DELETES,  /* null removes the key of the lower layer, and itself */
    MERGE_NULL_IGNORED   /* null never overrides */
};

struct merge_policy {
    enum merge_null null;
    bool scalar_keeps_map;      /* a scalar over a map is refused (clash reported), the map stays */
    bool map_keeps_scalar;      /* a map over a scalar is refused (clash reported), the scalar stays */
    bool lists_by_index;        /* lists are merged item by item instead of replaced */
    merge_clash_fn *on_clash;   /* may be null */
    void *context;
};

/* `-f` and `--set` layers over each other, as Helm merges values files: maps deeply, the rest replaced. */
extern const struct merge_policy merge_helm_layers;

/* The two merged, `high` over `low`; both must be maps (nil counts as an empty map). */
struct value merge_values(struct arena *a, struct value low, struct value high, const struct merge_policy *policy);

/* The same over a list of layers, lowest first, in one pass over the keys. */
struct value merge_layers(struct arena *a, const struct value *layers, size_t count,
                          const struct merge_policy *policy);

#endif
