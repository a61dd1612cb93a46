/*
 * scratch.c - a folder for what another engine wants to find on disk
 */
#include "base/scratch.h"

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    DEEPEST_FOLDER = 256
};

bool scratch_make(struct scratch *s, struct arena *a, struct diag *diag)
{
    const char *parent = getenv("TMPDIR");
    char *path = arena_text(a, slice_text(file_join(a, slice_text(parent && *parent ? parent : "/tmp"),
                                                    SLICE("yare-XXXXXX"))));
    s->path = mkdtemp(path);
    return s->path || diag_error(diag, "mkdir %s: %s", path, file_error_text(errno));
}

static void remove_entry(int folder, const char *name, int depth);

static void remove_content(int folder, int depth)
{
    DIR *entries = fdopendir(folder);
    if (!entries) {
        close(folder);
        return;
    }
    for (struct dirent *entry = readdir(entries); entry; entry = readdir(entries)) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            remove_entry(dirfd(entries), entry->d_name, depth + 1);
    }
    closedir(entries);
}

static void remove_entry(int folder, const char *name, int depth)
{
    if (unlinkat(folder, name, 0) == 0 || depth > DEEPEST_FOLDER)
        return;
    int below = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (below < 0)
        return;
    remove_content(below, depth);
    unlinkat(folder, name, AT_REMOVEDIR);
}

void scratch_remove(const char *path)
{
    remove_entry(AT_FDCWD, path, 0);
}

void scratch_release(struct scratch *s)
{
    if (s->path)
        scratch_remove(s->path);
    s->path = NULL;
}

bool scratch_write(const struct scratch *s, struct arena *a, struct slice name, struct slice text, const char **path,
                   struct diag *diag)
{
    const char *whole = file_join(a, slice_text(s->path), name);
    if (path)
        *path = whole;
    return file_write(whole, text, NULL, diag);
}
