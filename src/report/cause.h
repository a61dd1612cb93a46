/*
 * cause.h - why something differs
 *
 * A cause is a key of the values that has another value on either side, with the place that set it there; or a template
 * line, a file that a template read, a field of Chart.yaml or a release that is another. Nothing is guessed: which keys
 * a field was made of, and which decided that it is there, was recorded while the templates ran (field_origin.h); of
 * these the ones that differ are named.
 */
#ifndef YARE_REPORT_CAUSE_H
#define YARE_REPORT_CAUSE_H

#include "report/diff.h"

enum cause_kind {
    CAUSE_VALUE,    /* `name` is a path of the values */
    CAUSE_TEMPLATE, /* the line of the template that wrote it */
    CAUSE_FILE,     /* `name` is a file that a template read */
    CAUSE_CHART,    /* `name` is a field of Chart.yaml, or of .Release and its like */
    CAUSE_RELEASE   /* only one side has the release of that name */
};

/* Places are "file:line", empty where that side has none. */
struct change_cause {
    enum cause_kind kind;
    struct slice name;
    struct slice left;
    struct slice right;
    bool one_side; /* the other side was not rendered here: nobody knows what it was made of */
};

/* Releases of both sides that were compared, rendered with a trace. */
struct cause_scope {
    struct slice environment; /* as in the diff */
    const struct rendered_release *left;
    size_t left_count;
    const struct rendered_release *right;
    size_t right_count;
};

/* Where the places of a side are, and how they are shown: names that begin with `prefix` are "NAME:" and the rest. */
struct cause_root {
    struct source_set *sources;
    struct slice prefix; /* empty: as they are */
    struct slice name;
};

struct cause_options {
    struct cause_root left;
    struct cause_root right;
    const struct cause_scope *scopes;
    size_t scope_count;
};

/* Finds causes; keeps what it knows of the releases it was last asked about. One thread at a time. */
struct cause_finder;

/* `options` must outlive it; the causes live in `a`. */
struct cause_finder *cause_finder_new(struct arena *a, const struct cause_options *options);
void cause_finder_free(struct cause_finder *finder);

/* Sets the causes of the change and of its fields. */
void cause_find(struct cause_finder *finder, struct object_change *change);

#endif
