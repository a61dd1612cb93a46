/*
 * state_set.h - --state-values-set and --state-values-set-string
 *
 * A text `a.b=1,c[0].d=x` is cut at commas; keys are parted by dots, a backslash keeps one. The rules for types are
 * Helmfile's own: true, false and null in any case, and integers without a leading zero; all else is a text.
 */
#ifndef YARE_HELMFILE_STATE_SET_H
#define YARE_HELMFILE_STATE_SET_H

#include "helmfile/context.h"

/* All assignments of both options as one map. */
bool state_set_read(struct arena *a, struct source_set *sources, const struct helmfile_texts *typed,
                    const struct helmfile_texts *texts, struct value *out, struct diag *diag);

#endif
