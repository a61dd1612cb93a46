/*
 * state_repositories.h - the repositories of a state file, made known to Helm
 */
#ifndef YARE_HELMFILE_STATE_REPOSITORIES_H
#define YARE_HELMFILE_STATE_REPOSITORIES_H

#include "helmfile/state.h"

/* Adds them to Helm's repositories.yaml with their indexes, as `helm repo add --force-update` does; logs in to registries
   that come with a name and a password. What Helmfile prints meanwhile becomes infos. */
bool state_repositories_add(struct arena *a, const struct state *state, struct diag *diag);

#endif
