/*
 * set_files.c - folders and files of the checkout for git generators
 */
#include "argocd/set_files.h"

#include "base/confine.h"
#include "base/limits.h"
#include "codec/yaml_read.h"
#include "golang/path.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <sys/stat.h>

enum {
    DEEPEST = 64 /* folders within each other */
};

static void add_path(const struct set_context *c, struct set_paths *paths, struct slice path)
{
    paths->items = arena_room(c->arena, paths->items, paths->count, &paths->cap, sizeof *paths->items);
    paths->items[paths->count++] = path;
}

/* All paths below the folder, folders and files apart; links are files that nobody follows. */
static bool walk(const struct set_context *c, struct slice folder, bool hidden, size_t depth, struct set_paths *folders,
                 struct set_paths *files, struct diag *diag)
{
    struct slice *names;
    size_t count;
    const char *path = file_join(c->arena, slice_text(c->root), folder);
    if (depth > DEEPEST)
        return diag_error(diag, "%s: folders are nested too deeply", path);
    if (!file_list(c->arena, path, &names, &count, diag))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct stat status;
        struct slice below = slice_text(file_join(c->arena, folder, names[i]));
        const char *full = file_join(c->arena, slice_text(c->root), below);
        bool is_hidden = slice_starts(names[i], SLICE("."));
        if (slice_is(names[i], ".git") || (is_hidden && !hidden) || lstat(full, &status) != 0)
            continue;
        if (S_ISREG(status.st_mode)) {
            add_path(c, files, below);
        } else if (S_ISDIR(status.st_mode)) {
            add_path(c, folders, below);
            if (!walk(c, below, hidden, depth + 1, folders, files, diag))
                return false;
        }
    }
    return true;
}

static bool folder_is_chosen(struct field_items rows, struct slice folder)
{
    bool chosen = false;
    for (size_t i = 0; i < rows.count; i++) {
        if (go_path_match(field_text(rows.items[i], "path"), folder) != GO_MATCH_YES)
            continue;
        if (field_is_true(rows.items[i], "exclude"))
            return false;
        chosen = true;
    }
    return chosen;
}

bool set_files_folders(const struct set_context *c, struct field_items rows, struct set_paths *out, struct diag *diag)
{
    struct set_paths folders = {NULL, 0, 0}, files = {NULL, 0, 0};
    *out = (struct set_paths){NULL, 0, 0};
    if (!walk(c, SLICE(""), false, 0, &folders, &files, diag))
        return false;
    for (size_t i = 0; i < folders.count; i++) {
        if (folder_is_chosen(rows, folders.items[i]))
            add_path(c, out, folders.items[i]);
    }
    return true;
}

static bool file_is_chosen(const struct set_context *c, struct field_items rows, struct slice file)
{
    bool chosen = false;
    for (size_t i = 0; i < rows.count; i++) {
        if (fnmatch(arena_text(c->arena, field_text(rows.items[i], "path")), arena_text(c->arena, file), 0) != 0)
            continue;
        if (field_is_true(rows.items[i], "exclude"))
            return false;
        chosen = true;
    }
    return chosen;
}

static int compare_paths(const void *a, const void *b)
{
    const struct slice *x = a;
    const struct slice *y = b;
    return slice_compare(*x, *y);
}

static void sort_paths(struct set_paths *paths)
{
    if (paths->count)
        qsort(paths->items, paths->count, sizeof *paths->items, compare_paths);
}

bool set_files_glob(const struct set_context *c, struct slice pattern, struct set_paths *out, struct diag *diag)
{
    struct set_paths folders = {NULL, 0, 0}, files = {NULL, 0, 0};
    *out = (struct set_paths){NULL, 0, 0};
    if (!walk(c, SLICE(""), true, 0, &folders, &files, diag))
        return false;
    for (size_t i = 0; i < files.count; i++) {
        if (go_glob_match(pattern, files.items[i]) == GO_MATCH_YES)
            add_path(c, out, files.items[i]);
    }
    sort_paths(out);
    return true;
}

bool set_files_files(const struct set_context *c, struct field_items rows, struct set_paths *out, struct diag *diag)
{
    struct set_paths folders = {NULL, 0, 0}, files = {NULL, 0, 0};
    *out = (struct set_paths){NULL, 0, 0};
    if (!walk(c, SLICE(""), true, 0, &folders, &files, diag))
        return false;
    for (size_t i = 0; i < files.count; i++) {
        if (file_is_chosen(c, rows, files.items[i]))
            add_path(c, out, files.items[i]);
    }
    sort_paths(out);
    return true;
}

bool set_files_read(const struct set_context *c, struct slice path, struct value *out, struct diag *diag)
{
    const struct yaml_read_options options = {.keep_integers = true};
    struct confine root;
    struct slice text;
    struct yaml_error error;
    if (!confine_open(&root, c->root, diag))
        return false;
    bool ok = confine_read(&root, arena_text(c->arena, path), c->arena, LIMIT_CHART_FILE, &text, diag);
    confine_close(&root);
    if (!ok)
        return false;
    const struct source *source = source_set_add(c->sources, path, text);
    if (yaml_read(c->arena, source, text, &options, out, &error))
        return true;
    diag_error(diag, "unable to parse file: %.*s", SLICE_ARG(error.message));
    return false;
}
