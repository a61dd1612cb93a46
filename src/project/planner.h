/*
 * planner.h - what the files that make a plan share
 */
#ifndef YARE_PROJECT_PLANNER_H
#define YARE_PROJECT_PLANNER_H

#include "helmfile/release_chart.h"
#include "helmfile/release_values.h"
#include "project/plan.h"

struct planner {
    struct helmfile *helmfile;
    const struct plan_options *options;
    struct plan *plan;
    struct release_charts *charts; /* fetched ones; null: none yet */
    const struct function_table *functions; /* for charts that are rendered while planning; null: not made yet */
    struct diag *diag;
};

/* The index of the chart at the path, which is added where the plan does not have it. */
size_t planner_add_chart(struct plan *plan, const char *path);

/* The same for a chart that is loaded already; the plan ends it. */
size_t planner_add_loaded(struct plan *plan, const char *path, struct chart *chart);

struct planned_release *planner_add_release(struct plan *plan);

/* Merges the release's layers with those of the command line and applies everything that is set. */
bool planner_merge_values(struct planner *p, struct planned_release *r, const struct release_values *own);

/* The values that chartify renders with: there the command line's files lie below the release's, and setString does not
   count. */
bool planner_chartify_values(struct planner *p, const struct release_values *own, struct value *out);

/* Plans the releases of the state files at the plan's place. */
bool planner_add_helmfile(struct planner *p);

#endif
