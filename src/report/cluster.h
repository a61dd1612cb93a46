/*
 * cluster.h - rendered objects as they are in a cluster
 *
 * The user's kubectl is asked for exactly the objects that were rendered, a call for each namespace; nothing but `get`
 * is ever run. What only the cluster fills in (status, defaults, bookkeeping) is left out of the comparison: a live
 * object is cut down to the fields that its manifest has, to whole labels and data, and to all items of lists with a
 * natural key.
 */
#ifndef YARE_REPORT_CLUSTER_H
#define YARE_REPORT_CLUSTER_H

#include "report/object_list.h"

struct cluster_options {
    struct slice context; /* --context of kubectl; empty: its own choice */
};

/* Adds to `live` what the cluster has of the objects in `rendered`, which are read. `stringData` of rendered Secrets is
   turned into the `data` that a cluster makes of it. */
bool cluster_read(struct object_list *live, struct object_list *rendered, const struct cluster_options *options,
                  struct diag *diag);

#endif
