/*
 * diff_sides.h - the two sides of `yare diff`, from what was asked for to lists of objects
 *
 * A comparison is one pair of sides, or one for each environment. All projects among the sides become one plan, so that
 * they share what is loaded and are rendered on all threads at once.
 */
#ifndef YARE_CLI_DIFF_SIDES_H
#define YARE_CLI_DIFF_SIDES_H

#include "cli/command.h"
#include "project/checkout.h"
#include "report/cluster.h"

enum side_kind {
    SIDE_NOTHING,   /* an environment that this side does not have */
    SIDE_PROJECT,   /* what lies at a path, rendered */
    SIDE_MANIFESTS, /* rendered earlier */
    SIDE_CLUSTER    /* what the cluster has of the other side */
};

struct diff_side {
    enum side_kind kind;
    struct slice path;            /* of the project, or of the manifests */
    struct plan_options options;  /* of a project */
    struct object_list objects;   /* set by comparison_read */
    struct object_list alternates; /* the same with another seed (comparison.alternates) */
    size_t from, to;              /* its releases in the plan */
    struct slice text;            /* of a kustomization, or of Applications: what they render to */
};

struct diff_pair {
    struct slice environment; /* empty unless there are several */
    struct diff_side left;
    struct diff_side right;
};

struct comparison {
    struct context *context;
    struct slice left_name;
    struct slice right_name;
    struct diff_pair *pairs;
    size_t count;
    struct render_options render;
    struct cluster_options cluster;
    bool values;                  /* compare merged values */
    struct plan plan;
    struct rendered_plan rendered;
    bool alternates;              /* render right sides with another seed, too: the left ones were rendered elsewhere,
                                     and what random functions make is no difference */
    struct rendered_plan again;   /* with that seed */
    struct checkout checkouts[2]; /* of the left and the right side; those that were made */
};

/* Fills the object lists of all sides. comparison_end must follow, also on failure. */
bool comparison_read(struct comparison *c);

void comparison_end(struct comparison *c);

#endif
