/*
 * plan.h - what a project renders: releases in order
 *
 * A plan is made once, on one thread: state files are read, releases selected and put into the order of their needs,
 * and each is given its chart, its names and its layers of values. From then on it does not change, so that any number
 * of threads can render it, and diffs, explanations and audits can ask it where a value came from.
 */
#ifndef YARE_PROJECT_PLAN_H
#define YARE_PROJECT_PLAN_H

#include "helm/release.h"
#include "helm/value_layers.h"
#include "helmfile/nested.h"
#include "project/detect.h"

/* What the command line says, of whatever lies at the path. */
struct plan_options {
    struct helmfile_options helmfile; /* environment, selectors and state values */
    struct layer_flags values;        /* -f, --set and kin: over those of every release */
    struct slice name;                /* of the release of a chart; empty: the chart's own name */
    struct slice name_space;          /* empty: "default", or what the state file says */
    struct slice kube_version;
    struct helmfile_texts api_versions;
    bool helm3;
    bool skip_schema;
    bool skip_deps;                   /* do not build dependencies of local charts */
    bool include_crds;                /* asked for; matters to charts that are rendered while planning */
    enum needs_mode needs;
    bool enforce_installed;           /* a need that is not installed is an error */
    const char *command;              /* what hooks are told; null: "template" */
    bool is_helmfile;                 /* the path is a state file or a folder of them, and errors are worded as
                                         Helmfile's; a file that does not know the environment is passed over */
};

/* A chart, shared by the releases that name its path. */
struct planned_chart {
    const char *path;
    struct chart *chart; /* null until plan_load_charts */
    bool is_made;        /* by chartify, for one release: loaded from the first, as others may be */
};

struct planned_release {
    struct slice name;
    struct slice name_space;    /* never empty */
    struct slice environment;   /* empty for what knows none */
    size_t chart;               /* index in the plan's charts */
    struct value_layer *layers; /* values files and maps, lowest first, those of the command line last */
    size_t layer_count;
    struct value_sets sets;     /* what is set over the layers, by the state file and the command line */
    struct value values;        /* the layers merged and everything set: frozen */
    struct slice kube_version;
    struct helmfile_texts api_versions;
    bool skip_schema;
    bool enable_dns;
    bool helm3;
    struct slice shown_chart;         /* what Helmfile's log calls the chart */
    struct slice prepared;            /* Helmfile's log of what it did before this release and those behind it */
    bool prints_line;                 /* an empty line comes first: kustomize's output is printed, too */
    size_t group;                     /* of needs, from 1 */
    const struct release_spec *spec;  /* null: not from a state file */
};

struct plan {
    struct arena *arena;
    struct source_set *sources;
    struct project_place place;
    struct slice environment;         /* empty for what knows none */
    struct planned_release *releases; /* in the order they are printed */
    size_t count;
    size_t release_cap;
    struct planned_chart *charts;
    size_t chart_count;
    size_t chart_cap;
    struct helmfile *helmfile;        /* for hooks; null: not of state files */
    size_t selected;                  /* releases of state files that are meant, installed or not */
    bool helm3;
};

/* Plans what lies at the path. Everything lives in `a`; plan_release ends the charts. On failure there is nothing to
   release. */
bool plan_make(struct arena *a, struct source_set *sources, struct slice path, const struct plan_options *options,
               struct plan *out, struct diag *diag);

/* The same, but a failure leaves the releases before the one that failed in the plan, which is to be released either
   way: Helmfile renders these before it comes to the fault. */
bool plan_make_until_fault(struct arena *a, struct source_set *sources, struct slice path,
                           const struct plan_options *options, struct plan *out, struct diag *diag);

/* Puts the releases of `more`, whose charts are not loaded, behind those of `plan`; charts of one path become one. Both
   plans must live in the same arena; `more` is not to be used afterwards. */
void plan_append(struct plan *plan, const struct plan *more);

/* Runs the hooks that clean up behind a release of the plan, and behind its state file where it is the last of that. A
   hook of a release that fails is a warning. */
bool plan_clean_up(const struct plan *plan, const struct planned_release *release, const char *command,
                   struct diag *diag);

/* Loads all charts, on `threads` threads (0: one a processor). */
bool plan_load_charts(struct plan *plan, size_t threads, struct diag *diag);

/* Adds the error that the state file does not have the environment, naming those it has. Returns false. */
bool plan_fail_environment(struct arena *a, const struct state *state, struct slice wanted, struct diag *diag);

/* Ends the charts. */
void plan_release(struct plan *plan);

/* The release of that name; of several with one name the first. False with an error that names the nearest. */
bool plan_find(const struct plan *plan, struct slice name, const struct planned_release **out, struct diag *diag);

#endif
