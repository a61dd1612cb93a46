/*
 * checkout.h - a project as it is in a revision of its git repository
 *
 * The revision's files are written to a temporary folder, by git and with an index of their own: neither the work tree
 * nor git's index is touched.
 */
#ifndef YARE_PROJECT_CHECKOUT_H
#define YARE_PROJECT_CHECKOUT_H

#include "base/temporary.h"

struct checkout {
    struct temporary_folder folder;
    struct slice revision; /* as the user named it */
    struct slice tree;     /* where the revision's files are; ends in '/' */
    struct slice path;     /* of the project in there */
};

/* Checks the revision out of the repository that `path` lies in. checkout_end must follow, also on failure. */
bool checkout_make(struct arena *a, struct slice path, struct slice revision, struct checkout *out, struct diag *diag);

void checkout_end(struct checkout *checkout);

#endif
