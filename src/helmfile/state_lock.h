/*
 * state_lock.h - the lock file of a state file
 *
 * `helmfile deps` writes which versions of repository charts it found; from then on these are used. The file stands
 * beside the state file, helmfile.lock for helmfile.yaml.gotmpl, or where `lockFilePath` says.
 */
#ifndef YARE_HELMFILE_STATE_LOCK_H
#define YARE_HELMFILE_STATE_LOCK_H

#include "helmfile/release_spec.h"

/* The path of the state's lock file, from where the program runs. */
const char *state_lock_path(struct arena *a, const struct state *state);

/* Gives releases whose charts are of a repository of the state file their locked versions. Where there is no lock file
   *out is the list itself. A chart for which no locked version fits is an error. */
bool state_lock_apply(struct helmfile *h, const struct state *state, const struct release_list *releases,
                      struct release_list *out, struct diag *diag);

/* Whether the chart is "repository/chart" of a repository that the state file names; then its entry. */
bool state_repository_of(const struct state *state, struct slice chart, struct value *repository);

#endif
