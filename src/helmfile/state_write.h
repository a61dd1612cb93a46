/*
 * state_write.h - a state as YAML: what `helmfile build` prints
 *
 * Fields stand in the order of their tables (fields.h), keys of maps in that of YAML's writer; what is empty is left
 * out unless Helmfile writes it always.
 */
#ifndef YARE_HELMFILE_STATE_WRITE_H
#define YARE_HELMFILE_STATE_WRITE_H

#include "helmfile/release_spec.h"

/* Appends the state with these releases in the place of its own (`bodies`: maps), without the "---" line. */
bool state_write(struct helmfile *h, const struct state *state, struct value bodies, struct buffer *out,
                 struct diag *diag);

/* The fields of a release as Helmfile has them in the end: its names, ids of needs and labels are the final ones. */
struct value release_spec_final(struct helmfile *h, const struct release_spec *release);

#endif
