/*
 * lock.h - Chart.lock
 *
 * What `helm dependency update` resolved, with a digest over what was asked for and what was found, so that a build
 * notices when Chart.yaml has moved on.
 */
#ifndef YARE_CHART_LOCK_H
#define YARE_CHART_LOCK_H

#include "chart/metadata.h"

struct chart_lock {
    struct slice generated; /* RFC 3339 with nanoseconds, as it stands in the file */
    struct slice digest;    /* "sha256:…" */
    struct chart_dependencies dependencies;
};

/* Reads the text of Chart.lock or requirements.lock; `file` names it in the error. */
bool lock_read(struct arena *a, const struct source *source, struct slice text, const char *file,
               bool helm3, struct chart_lock *lock, struct diag *diag);

/* "sha256:" and the hex digest over both lists, as Helm computes it. */
struct slice lock_digest(struct arena *a, const struct chart_dependencies *wanted,
                         const struct chart_dependencies *locked);

/* The digest that Helm 2 wrote, over what was asked for alone; looked at for apiVersion v1. */
struct slice lock_digest_helm2(struct arena *a, const struct chart_dependencies *wanted);

/* Appends the file's text. */
bool lock_write(struct buffer *out, const struct chart_lock *lock, struct arena *scratch, struct diag *diag);

#endif
