/*
 * render.h - a plan rendered, in its order
 *
 * Releases are rendered on a pool of threads, each in an arena of its own, and handed over one after the other in plan
 * order: the output is the same for any number of threads, and so are the messages. Charts, layers and parsed
 * templates are shared.
 */
#ifndef YARE_PROJECT_RENDER_H
#define YARE_PROJECT_RENDER_H

#include "helm/template_output.h"
#include "project/plan.h"

/* Told on the calling thread how many releases are done. */
typedef void render_progress_fn(void *context, size_t done, size_t count);

struct render_options {
    size_t threads; /* 0: one a processor */
    struct template_output_options output;
    bool seeded;
    uint64_t seed;
    bool trace;     /* record which template line wrote what, and of which values */
    render_progress_fn *progress; /* may be null */
    void *progress_context;
};

/* One release, done. All of it is gone after the callback. */
struct rendered_release {
    const struct planned_release *planned;
    const struct release *release;
    struct slice text; /* what `helm template` prints for it */
};

/* False, after adding to the diagnostics, ends the rendering. */
typedef bool render_done_fn(void *context, const struct rendered_release *rendered, struct diag *diag);

/* Loads the charts and renders everything. Releases that fail are reported, all of them; `done` is called only for
   those before the first that failed. */
bool render_plan(struct plan *plan, const struct render_options *options, render_done_fn *done, void *context,
                 struct diag *diag);

/* A plan rendered as a whole and kept, for those who compare releases or ask where their fields come from. */
struct rendered_plan {
    struct rendered_release *releases; /* in plan order; without their texts */
    size_t count;
    struct rendering *rendering; /* what they live in */
};

/* Loads the charts and renders everything. False where a release failed: there is nothing to free then. The plan must
   outlive the result. */
bool render_plan_keep(struct plan *plan, const struct render_options *options, struct rendered_plan *out,
                      struct diag *diag);

/* Ends all that was rendered. */
void rendered_plan_free(struct rendered_plan *rendered);

#endif
