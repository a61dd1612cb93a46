/*
 * temporary.h - a folder that is gone when we are
 *
 * A small process keeps watch over the folder and removes it when the program lets go of it or ends, whatever ends it: a
 * pipe between both closes then.
 */
#ifndef YARE_BASE_TEMPORARY_H
#define YARE_BASE_TEMPORARY_H

#include "base/diag.h"

#include <sys/types.h>

struct temporary_folder {
    const char *path; /* absolute; null: none was made */
    pid_t keeper;
    int pipe;         /* its end that we hold */
};

/* Makes a folder below $TMPDIR (or /tmp) that only the user can read. */
bool temporary_folder_make(struct arena *a, struct temporary_folder *out, struct diag *diag);

/* Removes it with all that is in it, and waits until it is gone. Nothing is done for one that was not made. */
void temporary_folder_remove(struct temporary_folder *folder);

#endif
