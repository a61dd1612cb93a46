/*
 * storage.c - from the paths in a state file to files
 */
#include "helmfile/storage.h"

#include "base/file.h"
#include "fetch/remote_file.h"
#include "golang/path.h"

#include <stdlib.h>
#include <sys/stat.h>

const char *storage_path(struct arena *a, struct slice folder, struct slice path)
{
    if (slice_find(path, SLICE("://")) < path.len)
        return arena_text(a, path);
    struct buffer prefix = BUFFER_INIT;
    buffer_add(&prefix, folder);
    buffer_add_char(&prefix, '/');
    bool has_folder = folder.len && !slice_is(folder, ".") && slice_starts(path, buffer_slice(&prefix));
    buffer_release(&prefix);
    const char *joined = has_folder ? arena_text(a, path) : file_join(a, folder, path);
    return arena_text(a, go_path_clean(a, slice_text(joined)));
}

struct slice storage_shown_path(struct arena *a, struct slice shown_folder, struct slice path)
{
    return arena_slice(a, go_path_clean(a, slice_text(file_join(a, shown_folder, path))));
}

/* --- patterns ------------------------------------------------------------------------------------------------- */

static bool has_meta(struct slice s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (strchr("*?[\\", s.ptr[i]))
            return true;
    }
    return false;
}

static void add_path(struct arena *a, struct storage_files *files, const char *path)
{
    size_t old = files->count * sizeof path;
    files->paths = arena_resize(a, files->paths, old, old + sizeof path);
    files->paths[files->count++] = path;
}

static bool exists(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0;
}

/* Adds what matches in one folder. */
static void match_names(struct arena *a, const char *folder, struct slice pattern, struct storage_files *files)
{
    struct slice *names;
    size_t count;
    struct diag ignored;
    diag_init(&ignored);
    if (file_is_directory(folder) && file_list(a, folder, &names, &count, &ignored)) {
        for (size_t i = 0; i < count; i++) {
            if (go_path_match(pattern, names[i]) == GO_MATCH_YES)
                add_path(a, files, file_join(a, slice_text(folder), names[i]));
        }
    }
    diag_release(&ignored);
}

static int compare_paths(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The folders may be patterns, too: the pattern is taken apart from its end. */
void storage_glob(struct arena *a, struct slice pattern, struct storage_files *files)
{
    *files = (struct storage_files){NULL, 0};
    if (!has_meta(pattern)) {
        if (exists(arena_text(a, pattern)))
            add_path(a, files, arena_text(a, pattern));
        return;
    }
    struct slice folder = file_folder(pattern);
    struct storage_files folders = {NULL, 0};
    if (has_meta(folder))
        storage_glob(a, folder, &folders);
    else
        add_path(a, &folders, arena_text(a, folder));
    for (size_t i = 0; i < folders.count; i++)
        match_names(a, folders.paths[i], file_base(pattern), files);
    if (files->count)
        qsort(files->paths, files->count, sizeof *files->paths, compare_paths);
}

/* --- missing files -------------------------------------------------------------------------------------------- */

static bool report_missing(const struct storage_query *q, struct diag *diag)
{
    if (q->handler.len == 0 || slice_is(q->handler, "Error"))
        return diag_error(diag, "%s file matching \"%.*s\" does not exist in \"%.*s\"", q->what, SLICE_ARG(q->path),
                          SLICE_ARG(q->shown_folder.len ? q->shown_folder : q->folder));
    if (slice_is(q->handler, "Warn"))
        diag_warning(diag, "skipping missing %s file matching \"%.*s\"", q->what, SLICE_ARG(q->path));
    else if (slice_is(q->handler, "Info"))
        diag_info(diag, "skipping missing %s file matching \"%.*s\"", q->what, SLICE_ARG(q->path));
    else if (!slice_is(q->handler, "Debug"))
        return diag_error(diag,
                          "invalid missing file handler \"%.*s\" while processing \"%.*s\" in \"%.*s\": it must be one "
                          "of [Error Warn Info Debug]",
                          SLICE_ARG(q->handler), SLICE_ARG(q->path), SLICE_ARG(q->state_file));
    return true;
}

bool storage_is_remote(struct slice path)
{
    return slice_find(path, SLICE("://")) < path.len || slice_find(path, SLICE("::")) < path.len;
}

bool storage_fetch(struct arena *a, struct slice path, struct storage_files *files, struct diag *diag)
{
    files->paths = ARENA_NEW(a, const char *);
    files->count = 1;
    return remote_file_fetch(a, path, &files->paths[0], diag);
}

bool storage_find(struct helmfile *h, const struct storage_query *query, struct storage_files *files,
                  struct diag *diag)
{
    if (storage_is_remote(query->path))
        return storage_fetch(h->arena, query->path, files, diag);
    storage_glob(h->arena, slice_text(storage_path(h->arena, query->folder, query->path)), files);
    return files->count > 0 || report_missing(query, diag);
}
