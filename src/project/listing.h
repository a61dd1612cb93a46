/*
 * listing.h - which releases and environments a project has
 */
#ifndef YARE_PROJECT_LISTING_H
#define YARE_PROJECT_LISTING_H

#include "project/plan.h"

struct listed_release {
    struct slice name;
    struct slice name_space;
    bool enabled;   /* its condition holds */
    bool installed;
    struct slice labels; /* "chart:a,name:b" */
    struct slice chart;
    struct slice version;
};

struct listing {
    struct listed_release *items; /* by namespace, then by name */
    size_t count;
};

/* All releases, installed or not; with selectors those that match and whose condition holds. */
bool listing_releases(struct arena *a, struct source_set *sources, struct slice path,
                      const struct plan_options *options, struct listing *out, struct diag *diag);

/* Appends the table that `helmfile list` prints, or its JSON. */
void listing_write_table(const struct listing *listing, struct buffer *out);
void listing_write_json(const struct listing *listing, struct buffer *out);

/* Names of the environments of the state files at the path, each once, in order of names. */
bool listing_environments(struct arena *a, struct source_set *sources, struct slice path,
                          const struct plan_options *options, struct helmfile_texts *out, struct diag *diag);

#endif
