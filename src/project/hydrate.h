/*
 * hydrate.h - rendered releases as Argo CD's source hydrator lays them out
 *
 * FOLDER/PATH/manifest.yaml has all objects of a release, with hydrator.metadata and README.md beside it that say how
 * they were made; FOLDER/hydrator.metadata tells of the commit. Bytes depend on the objects and the commit alone. A
 * release whose manifest.yaml does not change keeps its other files as they are, and nothing is ever removed.
 */
#ifndef YARE_PROJECT_HYDRATE_H
#define YARE_PROJECT_HYDRATE_H

#include "project/render.h"
#include "project/repository.h"

struct hydration;

/* An empty tree; lives in `a` and shares what it is given. */
struct hydration *hydration_new(struct arena *a, const struct repository *repository, struct slice folder);

/* What comes next is of this environment (may be empty). */
void hydration_begin(struct hydration *h, struct slice environment);

/* A render_done_fn whose context is the hydration. */
bool hydration_add(void *hydration, const struct rendered_release *rendered, struct diag *diag);

/* Writes what has changed; *changed is the number of releases that have. */
bool hydration_write(struct hydration *h, size_t *changed, struct diag *diag);

#endif
