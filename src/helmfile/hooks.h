/*
 * hooks.h - programs that a state file wants run
 *
 * Of Helmfile's events only two concern rendering: `prepare`, before charts are looked at, and `cleanup`, when all is
 * done. Hooks run only where the user allows programs; else a warning names the first that does not.
 */
#ifndef YARE_HELMFILE_HOOKS_H
#define YARE_HELMFILE_HOOKS_H

#include "helmfile/release_spec.h"

/* Runs the hooks of the file at the event, or those of the release where that is not null. `command` is what the user
   asked for; null: "template". `failure` is the text of the error that came before, or empty. */
bool hooks_run(struct helmfile *h, const struct state *state, const struct release_spec *release, const char *event,
               const char *command, struct slice failure, struct diag *diag);

/* Runs what has to be done before the charts of the releases are there: the prepare hooks of those that are selected and
   installed. */
bool hooks_prepare_releases(struct helmfile *h, const struct release_list *releases, const bool *selected,
                            const char *command, struct diag *diag);

#endif
