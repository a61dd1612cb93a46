/*
 * needs.h - the order of releases
 *
 * Releases are put into groups: the first needs nothing, each further one only what stands in groups before it. Inside
 * a group the order is that of the file.
 */
#ifndef YARE_HELMFILE_NEEDS_H
#define YARE_HELMFILE_NEEDS_H

#include "helmfile/release_spec.h"

enum needs_mode {
    NEEDS_SKIP,    /* only selected releases */
    NEEDS_INCLUDE, /* and those they need, and so on */
    NEEDS_REFUSE   /* a need that is not selected is an error */
};

struct planned_need {
    const struct release_spec *release;
    size_t group; /* from 1 */
};

struct needs_plan {
    struct planned_need *items;
    size_t count;
};

/* Sets in `included` those that are selected and, by mode, those they need; a need that is no release is passed over. */
void needs_include(const struct release_list *releases, const bool *selected, enum needs_mode mode, bool *included);

/* Orders the releases of one file for which `selected` is true. A need that is no release and a circle are errors,
   worded as Helmfile's and placed at the need. */
bool needs_order(struct helmfile *h, const struct release_list *releases, const bool *selected, enum needs_mode mode,
                 struct needs_plan *out, struct diag *diag);

/* Warns of each need of an installed release that is not installed; `undefined`: also of those that are no release, which
   is an error later, as Helmfile does. */
void needs_warn(struct helmfile *h, const struct release_list *releases, bool undefined, struct diag *diag);

/* Error where a planned release that is installed needs, be it through others, one that is not. */
bool needs_check_installed(struct helmfile *h, const struct release_list *releases, const struct needs_plan *plan,
                           struct diag *diag);

/* Whether a release is among the selectors and its condition holds. */
bool needs_select(struct helmfile *h, const struct release_list *releases, const struct helmfile_texts *selectors,
                  bool *selected, struct diag *diag);

#endif
