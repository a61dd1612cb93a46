/*
 * scratch.h - a folder for what another engine wants to find on disk
 *
 * It lies below $TMPDIR (/tmp), only its owner can read it, and it goes with all that is in it. It costs two system
 * calls; temporary.h has folders that go even when the program is killed.
 */
#ifndef YARE_BASE_SCRATCH_H
#define YARE_BASE_SCRATCH_H

#include "base/diag.h"

struct scratch {
    const char *path; /* null: there is none */
};

/* Makes the folder; scratch_release must follow. The path lives in the arena. */
bool scratch_make(struct scratch *s, struct arena *a, struct diag *diag);

/* Removes the folder and all that is in it; links are removed, not followed. */
void scratch_release(struct scratch *s);

/* Removes the file or folder with all that is in it; links are removed, not followed. */
void scratch_remove(const char *path);

/* Writes a file below the folder, making those above it; *path, which may be null, is where it lies. */
bool scratch_write(const struct scratch *s, struct arena *a, struct slice name, struct slice text, const char **path,
                   struct diag *diag);

#endif
