/*
 * merge.h - deep merge of value layers
 *
 * Sorted maps are walked side by side, all layers at once; a subtree that only one layer has is shared, not copied, so
 * a merge costs what the overlays touch. What null, lists and type clashes do is a struct merge_policy, one constant
 * for each tool we stand in for. Results live in the arena given and may share parts of the inputs, which are never
 * changed and must outlive the result; to change a result, thaw it first (value_thaw).
 *
 * The origin of a merged key is that of the highest layer that had a say in it.
 */
#ifndef YARE_VALUE_MERGE_H
#define YARE_VALUE_MERGE_H

#include "value/value.h"

/* A key where one side has a map and the other neither a map nor null. `path` is dotted (key_path.h), from the root of
   the merge; it is good until the callback returns. */
struct merge_clash {
    struct slice path;
    struct value low;
    struct value high;
};

typedef void merge_clash_fn(void *context, const struct merge_clash *clash);

enum merge_null {
    MERGE_NULL_REPLACES, /* null overrides whatever the lower layer has, and stays as null */
    MERGE_NULL_DELETES,  /* null removes the key of the lower layer, and itself; within a subtree that no lower layer
                            has it stays */
    MERGE_NULL_CANCELS,  /* null removes a key that is not null below, and itself; else it stays (Helm's coalescing) */
    MERGE_NULL_YIELDS,   /* null never overrides, but adds a key that no lower layer has (Helmfile) */
    MERGE_NULL_IGNORED   /* null neither overrides nor adds */
};

enum merge_lists {
    MERGE_LISTS_REPLACE,
    MERGE_LISTS_BY_INDEX,     /* item by item: null keeps the lower item, maps are merged, the rest is replaced */
    MERGE_LISTS_BY_INDEX_GAPS /* the same for a list that has nulls; any other replaces */
};

struct merge_policy {
    enum merge_null null;
    enum merge_lists lists;
    bool scalar_keeps_map;    /* a scalar or list over a map is refused, the map stays */
    bool map_keeps_scalar;    /* a map over a scalar or list is refused, the lower value stays */
    merge_clash_fn *on_clash; /* told of every clash, refused or not; may be null */
    void *context;
};

/* `-f` and `--set` layers over each other, as Helm merges values files: maps deeply, the rest replaced, by null too. */
extern const struct merge_policy merge_helm_layers;

/* Helmfile's state values: between layers and parts, and for what the command line sets over them. */
extern const struct merge_policy merge_helmfile_layers;
extern const struct merge_policy merge_helmfile_set;

/* Kustomize's helmCharts[].valuesInline over a values file, or the other way round: null removes. */
extern const struct merge_policy merge_kustomize_values;

/* The two merged, `high` over `low`; both must be maps (nil counts as an empty map). */
struct value merge_values(struct arena *a, struct value low, struct value high, const struct merge_policy *policy);

/* The same over a list of layers, lowest first, in one pass over the keys. Maps nested deeper than LIMIT_VALUE_DEPTH are
   replaced instead of merged. */
struct value merge_layers(struct arena *a, const struct value *layers, size_t count,
                          const struct merge_policy *policy);

#endif
