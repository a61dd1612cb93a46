/*
 * root.c - folders of kustomizations and the files they name
 */
#include "kustomize/root.h"

#include "base/file.h"
#include "golang/path.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>

/* The path joined and cleaned as Go's filepath.Join does. */
static const char *join(struct arena *a, const char *root, struct slice path)
{
    struct slice whole = path.len && path.ptr[0] == '/' ? path : arena_printf(a, "%s/%.*s", root, SLICE_ARG(path));
    return arena_text(a, go_path_clean(a, whole));
}

/* The path without links; the error is Go's. */
static const char *resolve(struct arena *a, const char *path, struct diag *diag)
{
    char real[PATH_MAX];
    if (realpath(path, real))
        return arena_text(a, slice_text(real));
    diag_error(diag, "evalsymlink failure on '%s' : lstat %s: %s", path, path, file_error_text(errno));
    return NULL;
}

static bool is_below(const char *root, const char *path)
{
    size_t len = strlen(root);
    if (len == 1)
        return true;
    return strncmp(root, path, len) == 0 && (path[len] == '\0' || path[len] == '/');
}

/* --- folders ------------------------------------------------------------------------------------------------------ */

static const char *const remote_marks[] = {"git::", "git@", "ssh://", "http://", "https://", "file://", "github.com/"};

static bool is_remote(struct slice path)
{
    for (size_t i = 0; i < sizeof remote_marks / sizeof remote_marks[0]; i++) {
        if (slice_starts(path, slice_text(remote_marks[i])))
            return true;
    }
    return false;
}

bool root_open(struct arena *a, const char *path, bool unrestricted, struct root *out, struct diag *diag)
{
    if (is_remote(slice_text(path)))
        return diag_error(diag, "'%s': remote kustomizations are not fetched", path);
    struct slice full = slice_text(path);
    if (path[0] != '/') {
        char here[PATH_MAX];
        if (!realpath(".", here))
            return diag_error(diag, "getwd: %s", file_error_text(errno));
        full = slice_text(join(a, here, full));
    }
    const char *real = resolve(a, arena_text(a, go_path_clean(a, full)), diag);
    if (!real) {
        diag_prefix(diag, "must build at directory: not a valid directory: ");
        return false;
    }
    if (!file_is_directory(real))
        return diag_error(diag, "must build at directory: '%s': file is not directory", real);
    *out = (struct root){real, NULL, unrestricted};
    return true;
}

static bool check_cycle(const struct root *root, const char *candidate, struct diag *diag)
{
    for (const struct root *f = root; f; f = f->referrer) {
        if (is_below(candidate, f->path))
            return diag_error(diag, "cycle detected: candidate root '%s' contains visited root '%s'", candidate,
                              f->path);
    }
    return true;
}

bool root_open_below(struct arena *a, const struct root *root, struct slice path, struct root *out,
                       struct diag *diag)
{
    if (path.len == 0)
        return diag_error(diag, "new root cannot be empty");
    if (is_remote(path))
        return diag_error(diag, "'%.*s': remote kustomizations are not fetched", SLICE_ARG(path));
    if (path.ptr[0] == '/')
        return diag_error(diag, "new root '%.*s' cannot be absolute", SLICE_ARG(path));
    const char *full = join(a, root->path, path);
    const char *real = resolve(a, full, diag);
    if (!real) {
        diag_prefix(diag, "must build at directory: not a valid directory: ");
        return false;
    }
    if (!file_is_directory(real))
        return diag_error(diag, "must build at directory: '%s': file is not directory", real);
    if (!check_cycle(root, real, diag))
        return false;
    *out = (struct root){real, root, root->unrestricted};
    return true;
}

/* --- files -------------------------------------------------------------------------------------------------------- */

bool root_read(struct arena *a, const struct root *root, struct slice path, struct slice *text,
                 const char **full, struct diag *diag)
{
    if (slice_starts(path, SLICE("http://")) || slice_starts(path, SLICE("https://")))
        return diag_error(diag, "'%.*s': remote files are not fetched", SLICE_ARG(path));
    if (memchr(path.ptr ? path.ptr : "", '\0', path.len))
        return diag_error(diag, "invalid path");
    const char *named = join(a, root->path, path);
    const char *real = named;
    if (!root->unrestricted) {
        real = resolve(a, named, diag);
        if (!real)
            return false;
        if (file_is_directory(real))
            return diag_error(diag, "'%s' must resolve to a file", named);
        if (!is_below(root->path, real))
            return diag_error(diag, "security; file '%s' is not in or below '%s'", named, root->path);
    }
    if (full)
        *full = named;
    return file_read(a, real, 0, text, diag);
}
