/*
 * repository.h - the git repository that a project lies in, as git tells it
 */
#ifndef YARE_PROJECT_REPOSITORY_H
#define YARE_PROJECT_REPOSITORY_H

#include "base/diag.h"

/* Texts are empty where git does not know them, all of them where the folder is in no repository. */
struct repository {
    struct slice url;    /* of the remote "origin", without credentials */
    struct slice prefix; /* of the folder in the repository; "." for its root */
    struct slice commit; /* what HEAD is */
    struct slice author; /* of the commit: Name <address> */
    struct slice date;   /* RFC 3339 */
    struct slice subject;
    struct slice body;
};

/* Asks git about the folder of the path. */
void repository_read(struct arena *a, struct slice path, struct repository *out);

/* The folder that paths may not leave: the nearest one above the path that has .git, or else the path's own. No links
   are in it. */
const char *repository_root(struct arena *a, struct slice path);

/* The path of a folder without links and without a slash at its end; "/" where there is no such folder. */
const char *repository_real(struct arena *a, const char *folder);

/* Whether what is at the path, links followed, lies in the root. */
bool repository_holds(const char *root, const char *path);

/* The last part of a repository's URL, without ".git". */
struct slice repository_name(struct slice url);

#endif
