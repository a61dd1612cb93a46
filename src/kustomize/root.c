/*
 * root.c - folders of kustomizations and the files they name
 */
#include "kustomize/root.h"

#include "base/confine.h"
#include "base/file.h"
#include "fetch/git_source.h"
#include "fetch/remote_file.h"
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

/* A folder in a git repository; false in *is_remote where the path is no URL of one. */
static bool open_remote(struct arena *a, struct slice path, const struct root *referrer, struct root *out,
                        bool *is_remote, struct diag *diag)
{
    struct git_url url;
    struct slice ignored;
    const char *tree;
    *is_remote = git_url_parse(a, path, &url, &ignored);
    if (!*is_remote)
        return true;
    for (const struct root *r = referrer; r; r = r->referrer) {
        if (r->url.len && slice_starts(r->url, path))
            return diag_error(diag, "cycle detected: URI '%.*s' referenced by previous URI '%.*s'", SLICE_ARG(path),
                              SLICE_ARG(r->url));
    }
    if (!git_source_fetch(a, &url, &tree, diag))
        return false;
    const char *named = join(a, tree, url.path);
    const char *repository = resolve(a, tree, diag);
    const char *real = repository ? resolve(a, named, diag) : NULL;
    if (!real)
        return false;
    if (!file_is_directory(real))
        return diag_error(diag, "'%s' refers to file '%s'; expecting directory", named, real);
    if (!is_below(repository, real))
        return diag_error(diag, "\"%s\" refers to directory outside of repo \"%s\"", named, repository);
    *out = (struct root){.path = real, .referrer = referrer, .url = arena_slice(a, path), .repository = repository};
    return true;
}

bool root_open(struct arena *a, const char *path, bool unrestricted, struct root *out, struct diag *diag)
{
    bool is_remote;
    if (!open_remote(a, slice_text(path), NULL, out, &is_remote, diag))
        return false;
    if (is_remote)
        return true;
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
    *out = (struct root){.path = real, .unrestricted = unrestricted};
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
    bool is_remote;
    if (!open_remote(a, path, root, out, &is_remote, diag))
        return false;
    if (is_remote)
        return true;
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
    if (root->repository && !is_below(root->repository, real))
        return diag_error(diag, "security; bases in kustomizations found in cloned git repos must be within the repo, "
                                "but base '%s' is outside '%s'", real, root->repository);
    if (!check_cycle(root, real, diag))
        return false;
    *out = (struct root){.path = real, .referrer = root, .unrestricted = root->unrestricted,
                         .repository = root->repository};
    return true;
}

/* --- files -------------------------------------------------------------------------------------------------------- */

/* A file over http, as Kustomize's loader gets it; any status but 2xx is an error. */
static bool read_remote(struct arena *a, struct slice url, struct slice *text, struct diag *diag)
{
    struct http_response response;
    struct git_url ignored;
    struct slice error;
    if (!remote_file_get(a, url, SLICE("Go-http-client/1.1"), &response, diag))
        return false;
    if (response.status >= 200 && response.status <= 299) {
        *text = response.body;
        return true;
    }
    if (git_url_parse(a, url, &ignored, &error))
        return diag_error(diag, "URL is a git repository");
    size_t blank = slice_find_char(response.status_text, ' ');
    struct slice words = blank < response.status_text.len ? slice_after(response.status_text, blank + 1) : SLICE("");
    return diag_error(diag, "HTTP Error: status code %d (%.*s)", response.status, SLICE_ARG(words));
}

/* Reads a file below the folder by descriptors: whatever changes since the path was looked at, nothing else is read. */
static bool read_below(struct arena *a, const struct root *root, const char *real, struct slice *text,
                       struct diag *diag)
{
    struct confine folder;
    const char *relative = real + strlen(root->path);
    relative += *relative == '/';
    if (!confine_open(&folder, root->path, diag))
        return false;
    bool good = confine_read(&folder, relative, a, 0, text, diag);
    confine_close(&folder);
    return good;
}

bool root_read(struct arena *a, const struct root *root, struct slice path, struct slice *text,
                 const char **full, struct diag *diag)
{
    if (slice_starts(path, SLICE("http://")) || slice_starts(path, SLICE("https://"))) {
        if (full)
            *full = arena_text(a, path);
        return read_remote(a, path, text, diag);
    }
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
    return root->unrestricted ? file_read(a, real, 0, text, diag) : read_below(a, root, real, text, diag);
}
