/*
 * folder.c - the files of a chart's folder
 *
 * Ignored folders are not entered and ignored files not opened, so neither can fail. The walk works on paths, as Helm's
 * does; with links_inside a file that is reached through a link must really lie below the chart's folder.
 */
#include "chart/folder.h"

#include "base/confine.h"
#include "base/file.h"
#include "base/limits.h"
#include "chart/ignore.h"
#include "chart/log_line.h"
#include "golang/path.h"
#include "golang/strconv.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    LINK_DEPTH = 255 /* links within links, as Go's EvalSymlinks */
};

struct walk {
    struct arena *arena;
    const struct chart_load_options *options;
    struct ignore_rules rules;
    struct file_list *out;
    struct diag *diag;
    const char *root;      /* absolute */
    size_t root_len;       /* bytes before a relative name */
    const char *real;      /* the root with links resolved; links_inside only */
    struct confine inside; /* links_inside only */
    int depth;             /* links entered */
};

/* One name met on the walk. */
struct found {
    const char *path;   /* absolute, through links as met */
    struct slice name;  /* relative to the root */
    struct slice last;  /* last component of the resolved path, for messages */
    struct stat info;   /* of what a link leads to */
    const char *inside; /* the resolved path below the real root; links_inside only */
};

void file_list_add(struct arena *a, struct file_list *list, const struct chart_file *file)
{
    list->files.items = arena_room(a, list->files.items, list->files.count, &list->cap, sizeof *list->files.items);
    list->files.items[list->files.count++] = *file;
}

struct slice file_without_mark(struct slice text)
{
    return slice_starts(text, SLICE("\xEF\xBB\xBF")) ? slice_after(text, 3) : text;
}

static bool read_bytes(struct walk *walk, const struct found *found, struct slice *text)
{
    if (walk->options->links_inside)
        return confine_read(&walk->inside, found->inside, walk->arena, LIMIT_CHART_FILE, text, walk->diag);
    if (file_read(walk->arena, found->path, LIMIT_CHART_FILE, text, walk->diag))
        return true;
    diag_prefix(walk->diag, "error reading %.*s: ", SLICE_ARG(found->name));
    return false;
}

static bool too_large(struct walk *walk, struct slice name)
{
    struct buffer quoted = BUFFER_INIT;
    go_quote(&quoted, name);
    diag_error(walk->diag, "chart file %.*s is larger than the maximum file size %d",
               SLICE_ARG(buffer_slice(&quoted)), LIMIT_CHART_FILE);
    buffer_release(&quoted);
    return false;
}

static bool add_file(struct walk *walk, const struct found *found)
{
    if (!S_ISREG(found->info.st_mode))
        return diag_error(walk->diag, "cannot load irregular file %s as it has file mode type bits set", found->path);
    if (found->info.st_size > LIMIT_CHART_FILE)
        return too_large(walk, found->last);
    struct chart_file file = {.name = found->name, .modified = (int64_t)found->info.st_mtime};
    if (!read_bytes(walk, found, &file.bytes))
        return false;
    file.bytes = file_without_mark(file.bytes);
    file_list_add(walk->arena, walk->out, &file);
    return true;
}

static bool visit(struct walk *walk, const char *path);

static bool visit_names(struct walk *walk, const char *folder)
{
    struct slice *names;
    size_t count;
    if (!file_list(walk->arena, folder, &names, &count, walk->diag))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!visit(walk, file_join(walk->arena, slice_text(folder), names[i])))
            return false;
    }
    return true;
}

static bool fail_link(struct walk *walk, const char *path, const char *at, int error)
{
    if (error == ELOOP)
        return diag_error(walk->diag, "error evaluating symlink %s: EvalSymlinks: too many links", path);
    if (error == ENOENT || error == EACCES)
        return diag_error(walk->diag, "error evaluating symlink %s: lstat %s: %s", path, at, file_error_text(error));
    return diag_error(walk->diag, "error evaluating symlink %s: %s", path, file_error_text(error));
}

/* What a link leads to, as an absolute path without links; realpath leaves the component that it could not find in its
   buffer. */
static bool resolve_link(struct walk *walk, const char *path, struct found *found)
{
    char resolved[PATH_MAX] = "";
    if (walk->depth >= LINK_DEPTH)
        return fail_link(walk, path, "", ELOOP);
    if (!realpath(path, resolved))
        return fail_link(walk, path, resolved, errno);
    struct slice target = arena_slice(walk->arena, slice_text(resolved));
    if (walk->options->helm3) {
        log_text(walk->diag, true, "walk.go:75",
                 "found symbolic link in path: %s resolves to %s. Contents of linked file included and used", path,
                 target.ptr);
    } else {
        struct log_pair pairs[] = {{"path", slice_text(path)}, {"resolved", target}};
        log_line(walk->diag, DIAG_INFO, "found symbolic link in path. Contents of linked file included and used",
                 pairs, 2);
    }
    if (lstat(resolved, &found->info) != 0)
        return diag_error(walk->diag, "lstat %s: %s", resolved, file_error_text(errno));
    found->last = file_base(target);
    return true;
}

/* With links_inside: finds the path without links, which must lie below the real root. */
static bool keep_inside(struct walk *walk, struct found *found)
{
    char resolved[PATH_MAX];
    size_t len = strlen(walk->real);
    if (!realpath(found->path, resolved))
        return diag_error(walk->diag, "lstat %s: %s", found->path, file_error_text(errno));
    if (strncmp(resolved, walk->real, len) != 0 || (resolved[len] != '/' && resolved[len] != '\0'))
        return diag_error(walk->diag, "%s leads out of the chart, to %s", found->path, resolved);
    found->inside = arena_text(walk->arena, slice_text(resolved[len] ? resolved + len + 1 : "."));
    return true;
}

static bool visit(struct walk *walk, const char *path)
{
    struct found found = {.path = path};
    found.name = slice_text(path + walk->root_len);
    found.last = file_base(found.name);
    if (lstat(path, &found.info) != 0)
        return diag_error(walk->diag, "lstat %s: %s", path, file_error_text(errno));
    bool is_link = S_ISLNK(found.info.st_mode);
    if (is_link && !resolve_link(walk, path, &found))
        return false;
    bool is_folder = S_ISDIR(found.info.st_mode);
    if (ignore_matches(&walk->rules, found.name, is_folder))
        return true;
    if (walk->options->links_inside && !keep_inside(walk, &found))
        return false;
    if (!is_folder)
        return add_file(walk, &found);
    if (strlen(path) >= PATH_MAX - NAME_MAX)
        return diag_error(walk->diag, "open %s: file name too long", path);
    walk->depth += is_link;
    bool ok = visit_names(walk, path);
    walk->depth -= is_link;
    return ok;
}

static bool read_rules(struct walk *walk)
{
    struct slice text = SLICE("");
    const char *path = file_join(walk->arena, slice_text(walk->root), SLICE(".helmignore"));
    if (file_exists(path) && !file_read(walk->arena, path, LIMIT_CHART_FILE, &text, walk->diag))
        return false;
    return ignore_read(walk->arena, text, &walk->rules, walk->diag);
}

static bool open_inside(struct walk *walk)
{
    char resolved[PATH_MAX];
    walk->real = arena_text(walk->arena, slice_text(realpath(walk->root, resolved) ? resolved : walk->root));
    return confine_open(&walk->inside, walk->root, walk->diag);
}

bool folder_read(struct arena *a, const char *folder, const struct chart_load_options *options, struct file_list *out,
                 struct diag *diag)
{
    struct walk walk = {.arena = a, .options = options, .out = out, .diag = diag};
    walk.root = arena_text(a, go_path_abs(a, slice_text(folder)));
    walk.root_len = strcmp(walk.root, "/") == 0 ? 1 : strlen(walk.root) + 1;
    if (!read_rules(&walk))
        return false;
    if (!options->links_inside)
        return visit_names(&walk, walk.root);
    if (!open_inside(&walk))
        return false;
    bool ok = visit_names(&walk, walk.root);
    confine_close(&walk.inside);
    return ok;
}
