/*
 * root.h - folders of kustomizations and the files they name
 *
 * A folder knows which one referred to it, so that cycles end in an error. Links are resolved before a file is judged:
 * it must lie in or below the folder, unless the user has lifted the restriction.
 */
#ifndef YARE_KUSTOMIZE_ROOT_H
#define YARE_KUSTOMIZE_ROOT_H

#include "base/diag.h"

struct root {
    const char *path; /* absolute, links resolved */
    const struct root *referrer;
    bool unrestricted;
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
