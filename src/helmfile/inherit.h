/*
 * inherit.h - release templates
 *
 * A release takes over the bodies of the templates it names, in their order; each may name others. What the release
 * says itself comes last: its texts override, its lists are appended, its labels join.
 */
#ifndef YARE_HELMFILE_INHERIT_H
#define YARE_HELMFILE_INHERIT_H

#include "helmfile/state.h"

/* The body of a release (a map) with all it inherits, those of `defaultInherit` included. */
bool inherit_release(struct helmfile *h, const struct state *state, struct value body, struct value *out,
                     struct diag *diag);

#endif
