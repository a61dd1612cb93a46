/*
 * storage.h - from the paths in a state file to files
 *
 * A path may be a pattern; what to do where nothing matches is the entry's missingFileHandler.
 */
#ifndef YARE_HELMFILE_STORAGE_H
#define YARE_HELMFILE_STORAGE_H

#include "helmfile/context.h"

struct storage_query {
    struct slice folder;  /* where relative paths start: "." or a path */
    struct slice shown_folder; /* what messages call it */
    struct slice path;    /* as it stands in the state file */
    const char *what;     /* "values", "environment values" */
    struct slice handler; /* missingFileHandler; empty: Error */
    struct slice state_file;
};

struct storage_files {
    const char **paths; /* sorted */
    size_t count;
};

/* The files that match. None is an error, a warning or nothing, as the handler says; only the first gives false. */
bool storage_find(struct helmfile *h, const struct storage_query *query, struct storage_files *files,
                  struct diag *diag);

/* Whether the path is that of something to be fetched. */
bool storage_is_remote(struct slice path);

/* The file that such a path names, fetched into the cache. */
bool storage_fetch(struct arena *a, struct slice path, struct storage_files *files, struct diag *diag);

/* Paths that match a pattern (filepath.Glob), sorted. */
void storage_glob(struct arena *a, struct slice pattern, struct storage_files *files);

/* The path from where the program runs: absolute ones stay, others start in the folder; cleaned. */
const char *storage_path(struct arena *a, struct slice folder, struct slice path);

/* The path as messages have it, from the folder that they start in. */
struct slice storage_shown_path(struct arena *a, struct slice shown_folder, struct slice path);

#endif
