/*
 * git_url.h - the URLs by which Kustomize names folders in git repositories
 *
 * `https://host/org/repo//path?ref=v1`, `git@host:org/repo`, `github.com/org/repo/path`, `file:///folder`: what git is to
 * fetch, which commit of it, and where in the tree the kustomization lies.
 */
#ifndef YARE_FETCH_GIT_URL_H
#define YARE_FETCH_GIT_URL_H

#include "base/arena.h"

struct git_url {
    struct slice repository; /* as `git fetch` takes it */
    struct slice path;       /* below the repository's root, without leading '/'; empty: the root */
    struct slice ref;        /* branch, tag or commit; empty: the default branch */
    int64_t timeout;         /* nanoseconds that one call of git may take */
    bool submodules;
};

/* False where the text is none of these: then it is a path of this machine. *error says why. */
bool git_url_parse(struct arena *a, struct slice text, struct git_url *out, struct slice *error);

#endif
