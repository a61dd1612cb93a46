/*
 * confine.h - files beneath a root
 *
 * A chart or kustomization is untrusted: what it names is opened beneath its own folder, by descriptor, so that
 * neither ".." nor a symbolic link leads out, not even one that changes while we look. Linux does this in one call
 * (openat2 with RESOLVE_BENEATH); elsewhere each component is opened by itself, and links are followed by hand.
 */
#ifndef YARE_BASE_CONFINE_H
#define YARE_BASE_CONFINE_H

#include "base/diag.h"

struct confine {
    int fd;           /* of the root folder */
    const char *root; /* its path, for messages; owned by the caller */
};

/* Opens the root; confine_close must follow. `root` must outlive it. */
bool confine_open(struct confine *c, const char *root, struct diag *diag);
void confine_close(struct confine *c);

/* A descriptor of the file or folder, opened for reading; -1 with errno set (EXDEV: the path leads out). */
int confine_open_file(const struct confine *c, const char *path);

/* Reads a whole file, as file_read does. A path that leads out is an error: "PATH is outside of ROOT". */
bool confine_read(const struct confine *c, const char *path, struct arena *a, size_t limit, struct slice *text,
                  struct diag *diag);

#endif
