/*
 * coalesce.h - user values over chart defaults
 *
 * The values of a release are one tree: the root chart's values, with the values of each subchart below its name. User
 * values win over a parent's defaults, those over a child's, and `global` is handed down. The result is made of maps
 * and lists of its own (already thawed: no value_thaw is needed), so templates may change it, and a subchart's .Values
 * is the same map that its parent sees below its name.
 */
#ifndef YARE_HELM_COALESCE_H
#define YARE_HELM_COALESCE_H

#include "helm/conditions.h"

struct coalesce_options {
    bool helm3;
    bool keep_nulls; /* Helm's MergeValues: null removes no key */
};

/* Coalesces user `values` (not changed) with the defaults of the tree, in `a`. Fills `values` of every release_chart;
   that of the root is the whole, for .Values of type GO_VALUES. Warnings are Helm's ("warning: skipped value for c.a:
   Not a table."), its error "type mismatch on s: …". */
bool coalesce_release(struct release_chart *root, struct value values, const struct coalesce_options *options,
                      struct arena *a, struct diag *diag);

/* Lays the table `src` under `dst`, in place: what dst lacks is added as a copy; src is not changed. `prefix` names dst
   in warnings and may be empty. */
void coalesce_tables(struct map *dst, const struct map *src, struct slice prefix,
                     const struct coalesce_options *options, struct arena *a, struct diag *diag);

/* The same, but what dst lacks is linked into it, and Helm 4 leaves its nulls in `src`, which must be changeable: what
   Helm does with imported values. */
void coalesce_link_tables(struct map *dst, struct map *src, const struct coalesce_options *options, struct arena *a,
                          struct diag *diag);

/* The table at a dotted path, or null; *missing, unless null, is then the component that is no table. */
struct map *coalesce_find_table(struct map *values, struct slice path, struct slice *missing);

/* The value at a dotted path that is no table, or null. */
const struct value *coalesce_find_value(struct map *values, struct slice path);

#endif
