/*
 * unpack.c - a chart's archive as a folder
 *
 * Names in archives have been checked by archive.c: none is absolute or leads up. What is left to guard against are
 * symbolic links that lie in the folder already. A new folder is filled under a hidden name and renamed, so that another
 * process sees all of the chart or nothing.
 */
#include "chart/unpack.h"

#include "base/file.h"
#include "chart/archive.h"
#include "chart/metadata.h"
#include "golang/path.h"
#include "golang/strconv.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static bool read_name(struct arena *a, const struct chart_files *files, struct slice *name, struct diag *diag)
{
    struct chart_metadata md;
    const struct chart_file *file = chart_files_find(files, SLICE("Chart.yaml"));
    metadata_init(&md);
    if (file && !metadata_read(a, NULL, file->bytes, "Chart.yaml", false, &md, diag))
        return false;
    *name = md.name;
    return name->len || diag_error(diag, "chart name not specified");
}

static bool check_name(struct slice name, struct diag *diag)
{
    struct buffer quoted = BUFFER_INIT;
    bool dots = slice_is(name, ".") || slice_is(name, "..");
    if (!dots && slice_equal(name, go_path_base(name)))
        return true;
    go_quote(&quoted, name);
    diag_error(diag, "chart name %.*s %s", SLICE_ARG(buffer_slice(&quoted)),
               dots ? "is not allowed" : "must not contain path separators");
    buffer_release(&quoted);
    return false;
}

/* Makes the folder of a file; one that turns out to lie elsewhere is refused. */
static bool make_folder_within(struct arena *a, const char *root, const char *path, struct diag *diag)
{
    const char *folder = arena_text(a, file_folder(slice_text(path)));
    if (!file_make_directories(folder, diag))
        return false;
    char *real_root = realpath(root, NULL);
    char *real_folder = realpath(folder, NULL);
    bool within = real_root && real_folder && slice_starts(slice_text(real_folder), slice_text(real_root)) &&
                  (real_folder[strlen(real_root)] == '/' || real_folder[strlen(real_root)] == '\0');
    free(real_root);
    free(real_folder);
    return within || diag_error(diag, "%s leads out of %s", folder, root);
}

static bool write_files(struct arena *a, const char *root, const struct chart_files *files, struct diag *diag)
{
    for (size_t i = 0; i < files->count; i++) {
        const char *path = file_join(a, slice_text(root), files->items[i].name);
        if (!make_folder_within(a, root, path, diag) || !file_write(path, files->items[i].bytes, NULL, diag))
            return false;
    }
    return true;
}

/* Fills a folder of its own and puts it at `root`; *placed is false where a folder with files is there already. */
static bool write_whole(struct arena *a, const char *folder, const char *root, const struct chart_files *files,
                        bool *placed, struct diag *diag)
{
    char *hidden = arena_text(a, arena_printf(a, "%s/.yare.XXXXXX", folder));
    *placed = false;
    if (!file_make_directories(folder, diag))
        return false;
    if (!mkdtemp(hidden))
        return diag_error(diag, "mkdir %s: %s", hidden, file_error_text(errno));
    bool ok = write_files(a, hidden, files, diag) && chmod(hidden, 0755) == 0;
    *placed = ok && rename(hidden, root) == 0;
    if (!*placed)
        file_remove_tree(hidden);
    return ok;
}

static bool unpack(struct arena *a, struct slice archive, const char *folder, struct diag *diag)
{
    struct file_list list = {.cap = 0};
    struct slice error;
    struct slice name;
    struct stat st;
    if (!archive_read(a, archive, &list, &error))
        return diag_error_slice(diag, error);
    if (!read_name(a, &list.files, &name, diag) || !check_name(name, diag))
        return false;
    const char *root = file_join(a, slice_text(folder), name);
    if (lstat(root, &st) == 0 && S_ISLNK(st.st_mode))
        return diag_error(diag, "%s is a symbolic link", root);
    bool placed;
    return write_whole(a, folder, root, &list.files, &placed, diag) &&
           (placed || write_files(a, root, &list.files, diag));
}

bool chart_unpack(struct slice archive, const char *folder, struct diag *diag)
{
    struct arena scratch;
    arena_init(&scratch);
    bool ok = unpack(&scratch, archive, folder, diag);
    arena_release(&scratch);
    return ok;
}
