/*
 * conditions.h - which charts a release uses, and under which names
 *
 * A loaded chart is shared and never changes. What a release makes of it is a tree of release_chart in the release's
 * arena: disabled dependencies are left out, aliases renamed, and import-values has moved values of children into the
 * defaults of their parents. Helm does this by changing the chart; the order of its steps shows in the result and is
 * kept.
 */
#ifndef YARE_HELM_CONDITIONS_H
#define YARE_HELM_CONDITIONS_H

#include "chart/load.h"

struct release_chart {
    const struct chart *chart;
    struct chart_metadata *metadata; /* name is the alias; dependencies are the enabled ones, renamed likewise */
    struct slice path;               /* "c", "c/charts/s": what template names begin with; not always unique */
    struct value defaults;           /* the chart's own values after import-values; not to be changed */
    struct release_chart *parent;    /* null: root */
    struct release_chart **children; /* undeclared ones first, then as declared in Chart.yaml */
    size_t child_count;
    struct map *values;              /* set by coalesce_release: what this chart's templates see as .Values */
};

/* Makes the tree for user-supplied `values` (a map; not changed). Warnings are worded as Helm's. */
bool conditions_process(const struct chart *root, struct value values, bool helm3, struct arena *a,
                        struct release_chart **out, struct diag *diag);

#endif
