/*
 * repositories.h - repositories.yaml, the chart repositories that the user has named
 */
#ifndef YARE_CHART_REPOSITORIES_H
#define YARE_CHART_REPOSITORIES_H

#include "base/diag.h"
#include "fetch/file_lock.h"

/* One repository; where it came from a URL alone, the other fields are empty. */
struct chart_repository {
    struct slice name;
    struct slice url;
    struct slice username;
    struct slice password;
    struct slice cert_file;
    struct slice key_file;
    struct slice ca_file;
    bool insecure;
    bool pass_credentials; /* also to other hosts */
};

struct repositories {
    struct slice api_version;
    struct slice generated;
    struct chart_repository **items; /* null entries are possible: the file may have them */
    size_t count;
    bool exists; /* there was a file */
};

/* Reads the file; one that is missing gives none and `exists` false. */
bool repositories_read(struct arena *a, const char *file, struct repositories *out, struct diag *diag);

bool repositories_write(struct arena *a, const char *file, const struct repositories *repositories,
                        struct diag *diag);

/* Keeps other processes from changing the file: its lock file is Helm's. The folder is made if need be. */
bool repositories_lock(struct arena *a, const char *file, struct file_lock *lock, struct diag *diag);

/* The repository of that name, or null. */
struct chart_repository *repositories_find(const struct repositories *repositories, struct slice name);

/* Adds it, or replaces the one of the same name. */
void repositories_set(struct arena *a, struct repositories *repositories, struct chart_repository *repository);

/* Removes all of that name; false where there was none. */
bool repositories_remove(struct repositories *repositories, struct slice name);

bool repository_equals(const struct chart_repository *one, const struct chart_repository *other);

/* Whether two URLs mean the same place, as Helm compares them: a missing path is "/", paths are cleaned. */
bool repository_url_equals(struct slice one, struct slice other);

#endif
