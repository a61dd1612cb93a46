/*
 * starter.c - new charts, from our own starter or from the user's
 */
#include "chart/starter.h"

#include "base/file.h"
#include "chart/load.h"
#include "chart/package.h"
#include "chart/starter_files.h"
#include "golang/path.h"
#include "golang/strconv.h"

#include <ctype.h>

enum {
    LONGEST_NAME = 250
};

static const struct slice mark = SLICE_INIT("<CHARTNAME>");

static struct slice with_name(struct arena *a, struct slice text, struct slice name)
{
    struct buffer out = BUFFER_INIT;
    size_t at;
    while ((at = slice_find(text, mark)) < text.len) {
        buffer_add(&out, slice_part(text, 0, at));
        buffer_add(&out, name);
        text = slice_after(text, at + mark.len);
    }
    buffer_add(&out, text);
    return buffer_move(&out, a);
}

static bool check_name(struct slice name, struct diag *diag)
{
    if (name.len == 0 || name.len > LONGEST_NAME)
        return diag_error(diag, "chart name must be between 1 and %d characters", LONGEST_NAME);
    for (size_t i = 0; i < name.len; i++) {
        unsigned char c = (unsigned char)name.ptr[i];
        if (c >= 0x80 || (!isalnum(c) && c != '.' && c != '_' && c != '-'))
            return diag_error(diag, "chart name must match the regular expression \"^[a-zA-Z0-9._-]+$\"");
    }
    return true;
}

static bool check_folder(const char *path, struct diag *diag)
{
    if (file_is_directory(path))
        return true;
    if (file_exists(path))
        return diag_error(diag, "no such directory %s", path);
    return diag_error(diag, "stat %s: no such file or directory", path);
}

static bool check_target(const char *path, struct diag *diag)
{
    if (!file_exists(path) || file_is_directory(path))
        return true;
    return diag_error(diag, "file %s already exists and is not a directory", path);
}

static bool write_starter_file(struct arena *a, const struct starter_file *file, const char *chart, struct slice name,
                               struct buffer *out, struct diag *diag)
{
    struct slice path = slice_text(file_join(a, slice_text(chart), slice_text(file->name)));
    if (file_exists(path.ptr)) {
        buffer_add_text(out, "WARNING: File ");
        go_quote(out, path);
        buffer_add_text(out, " already exists. Overwriting.\n");
    }
    return file_write(path.ptr, with_name(a, slice_text(file->text), name), NULL, diag);
}

bool starter_create(struct arena *a, struct slice folder, struct slice name, struct buffer *out, struct diag *diag)
{
    if (!check_name(name, diag))
        return false;
    struct slice parent = go_path_abs(a, folder);
    if (!check_folder(arena_text(a, parent), diag))
        return false;
    const char *chart = file_join(a, parent, name);
    if (!check_target(chart, diag))
        return false;
    for (const struct starter_file *file = starter_files; file->name; file++) {
        if (!write_starter_file(a, file, chart, name, out, diag))
            return false;
    }
    return file_make_directories(file_join(a, slice_text(chart), SLICE("charts")), diag);
}

/* --- the user's starter ------------------------------------------------------------------------------------- */

static bool write_metadata(struct arena *a, const char *chart, struct slice name, struct diag *diag)
{
    struct buffer text = BUFFER_INIT;
    struct chart_metadata md;
    metadata_init(&md);
    md.name = name;
    md.description = SLICE("A Helm chart for Kubernetes");
    md.type = SLICE("application");
    md.version = SLICE("0.1.0");
    md.app_version = SLICE("0.1.0");
    md.api_version = SLICE("v2");
    bool ok = metadata_write(&text, &md, a, diag) &&
              file_write(file_join(a, slice_text(chart), SLICE("Chart.yaml")), buffer_slice(&text), NULL, diag);
    buffer_release(&text);
    return ok;
}

/* Writes files of the starter, the name put in where `filled`. */
static bool write_files(struct arena *a, const struct chart_files *files, const char *chart, struct slice name,
                        bool filled, struct diag *diag)
{
    for (size_t i = 0; i < files->count; i++) {
        const struct chart_file *file = &files->items[i];
        struct slice text = filled ? with_name(a, file->bytes, name) : file->bytes;
        if (!file_write(file_join(a, slice_text(chart), file->name), text, NULL, diag))
            return false;
    }
    return true;
}

static bool write_subcharts(struct arena *a, const struct chart *starter, const char *chart, struct diag *diag)
{
    const struct chart_package_options options = {.version = {NULL, 0}};
    const char *folder = file_join(a, slice_text(chart), SLICE("charts"));
    struct slice path;
    for (size_t i = 0; i < starter->dependency_count; i++) {
        if (!chart_package(starter->dependencies[i], folder, &options, a, &path, diag))
            return false;
    }
    return true;
}

static bool write_chart(struct arena *a, const struct chart *starter, const char *chart, struct slice name,
                        struct diag *diag)
{
    struct chart_files values = {NULL, 0};
    struct chart_files schema = {NULL, 0};
    for (size_t i = 0; i < starter->raw.count; i++) {
        if (slice_is(starter->raw.items[i].name, "values.yaml"))
            values = (struct chart_files){&starter->raw.items[i], 1};
        if (slice_is(starter->raw.items[i].name, "values.schema.json"))
            schema = (struct chart_files){&starter->raw.items[i], 1};
    }
    return write_metadata(a, chart, name, diag) && write_files(a, &values, chart, name, true, diag) &&
           write_files(a, &schema, chart, name, false, diag) &&
           write_files(a, &starter->templates, chart, name, true, diag) &&
           write_files(a, &starter->files, chart, name, false, diag) && write_subcharts(a, starter, chart, diag);
}

bool starter_create_from(struct arena *a, const char *starter, struct slice folder, struct slice name,
                         struct source_set *sources, struct diag *diag)
{
    const struct chart_load_options options = {.any_version = true};
    struct chart *loaded = NULL;
    const char *chart = file_join(a, folder, name);
    if (!chart_load(starter, &options, sources, &loaded, diag)) {
        diag_prefix(diag, "could not load %s: ", starter);
        return false;
    }
    bool ok = check_target(chart, diag) && write_chart(a, loaded, chart, name, diag);
    chart_free(loaded);
    return ok;
}
