/*
 * state_check.h - what Helmfile checks of a state file beyond the types of its fields
 */
#ifndef YARE_HELMFILE_STATE_CHECK_H
#define YARE_HELMFILE_STATE_CHECK_H

#include "helmfile/state.h"

/* One document as it was read: the entries of `helmfiles`. */
bool state_check_document(struct helmfile *h, struct value document, struct diag *diag);

/* A file with all its parts: the update strategies of its releases, files that name themselves, keys that the command
   line sets, too. */
bool state_check(struct helmfile *h, const struct state *state, struct diag *diag);

#endif
