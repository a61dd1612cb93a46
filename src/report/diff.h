/*
 * diff.h - two sets of objects compared
 *
 * Objects are compared on several threads, a stretch of them by each; the result refers to both lists. Writers take it
 * as it is (write_text.h and its like): what is noise or secret is marked, not left out, so that the JSON of a diff can
 * be applied.
 */
#ifndef YARE_REPORT_DIFF_H
#define YARE_REPORT_DIFF_H

#include "report/field_diff.h"
#include "report/noise.h"
#include "report/object_list.h"

struct object_change {
    enum change_kind kind;           /* CHANGE_REPLACED: its fields differ */
    struct slice environment;        /* empty unless several are compared */
    struct kube_object *left;        /* null for what was added */
    struct kube_object *right;       /* null for what was removed */
    bool renamed;                    /* name, namespace or API group differ */
    struct field_changes fields;     /* of a changed one */
    bool noise;                      /* all its changes are */
    bool same;                       /* nothing differs; no diff has such a change */
    struct slice text_left;          /* the object as YAML, secrets masked, of what was removed or added */
    struct slice text_right;
    const struct change_cause *causes; /* of an object that only one side has (cause.h) */
    size_t cause_count;
};

struct diff_counts {
    size_t added;
    size_t removed;
    size_t changed;
    size_t renamed;  /* among the changed */
    size_t same;
    size_t fields;   /* changes of fields that are no noise */
    size_t noise;    /* changes of fields that are */
};

struct diff {
    struct arena *arena;
    struct slice left_name;  /* "dev", "HEAD", "cluster" */
    struct slice right_name;
    bool secrets_shown;
    struct object_change *items; /* in the order of the right side; what was removed where it stood */
    size_t count;
    size_t cap;
    struct diff_counts counts;
    uint32_t common_count;       /* changes that many objects have (common.h) */
    struct diff_task *tasks;     /* what the changes live in */
    size_t task_count;
};

struct cause_options;

struct diff_options {
    struct field_diff_options fields;
    struct noise_rules noise;
    bool show_secrets; /* nothing is masked */
    const struct cause_options *causes; /* null: causes are not looked for */
    size_t threads;    /* 0: one a processor */
};

/* An empty diff that lives in `a`; diff_release must follow. */
void diff_init(struct diff *diff, struct arena *a, struct slice left_name, struct slice right_name);

void diff_release(struct diff *diff);

/* Compares, of one environment (which may be empty), and adds what differs; objects that differ are read. */
bool diff_objects(struct diff *diff, struct slice environment, struct object_list *left, struct object_list *right,
                  const struct diff_options *options, struct diag *diag);

/* Whether anything differs that is no noise. */
bool diff_found(const struct diff *diff);

/* "Deployment chat/user-service", of the right side where there are both. */
void object_change_write_name(const struct object_change *change, struct buffer *out);
void object_write_name(const struct kube_object *object, struct buffer *out);

#endif
