/*
 * state_lock_update.h - the lock file of a state file, written
 */
#ifndef YARE_HELMFILE_STATE_LOCK_UPDATE_H
#define YARE_HELMFILE_STATE_LOCK_UPDATE_H

#include "helmfile/release_spec.h"

/* Finds the versions of all charts that are of a repository of the state file and writes them to its lock file. Done as
   Helmfile does it: Helm updates a chart made for the purpose. *any is false where there is no such chart. */
bool state_lock_update(struct helmfile *h, const struct state *state, const struct release_list *releases,
                       struct slice now, bool *any, struct diag *diag);

#endif
