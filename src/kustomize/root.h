/*
 * root.h - folders of kustomizations and the files they name
 *
 * A folder knows which one referred to it, so that cycles end in an error. Links are resolved before a file is judged:
 * it must lie in or below the folder, unless the user has lifted the restriction. A folder may lie in a git repository
 * (fetch/git_url.h); then it, and all that it refers to, must lie in that repository's tree. A file may be fetched over
 * http.
 */
#ifndef YARE_KUSTOMIZE_ROOT_H
#define YARE_KUSTOMIZE_ROOT_H

#include "base/diag.h"

struct root {
    const char *path; /* absolute, links resolved */
    const struct root *referrer;
    bool unrestricted;
    struct slice url;       /* of a folder in a git repository, as it was named; empty: of this machine */
    const char *repository; /* root of that repository's tree */
};

/* The folder that a build begins with. */
bool root_open(struct arena *a, const char *path, bool unrestricted, struct root *out, struct diag *diag);

/* The folder that a kustomization in `folder` refers to. */
bool root_open_below(struct arena *a, const struct root *root, struct slice path, struct root *out,
                       struct diag *diag);

/* The file that a kustomization in `folder` names; *full gets its path (may be null). */
bool root_read(struct arena *a, const struct root *root, struct slice path, struct slice *text,
                 const char **full, struct diag *diag);

#endif
