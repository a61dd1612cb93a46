/*
 * git_source.h - trees of git repositories
 *
 * The git program fetches, so that its credentials, proxies and settings apply. A tree lies in the cache under its
 * repository and commit, complete or not at all, and never changes; a branch is asked where it stands each time.
 */
#ifndef YARE_FETCH_GIT_SOURCE_H
#define YARE_FETCH_GIT_SOURCE_H

#include "base/diag.h"
#include "fetch/git_url.h"

/* Gets the tree that the URL means; *folder is the root of the repository. Offline it is the tree that the URL meant
   last. */
bool git_source_fetch(struct arena *a, const struct git_url *url, const char **folder, struct diag *diag);

#endif
