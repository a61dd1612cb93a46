/*
 * local_dependencies.c - charts that a chart names by file://
 */
#include "chart/local_dependencies.h"

#include "base/file.h"
#include "base/limits.h"
#include "chart/dependency.h"
#include "golang/path.h"

static const struct slice scheme = SLICE_INIT("file://");

bool local_dependencies_any(const char *folder)
{
    struct arena a;
    struct diag ignored;
    struct slice text = SLICE("");
    arena_init(&a);
    diag_init(&ignored);
    const char *path = file_join(&a, slice_text(folder), SLICE("Chart.yaml"));
    bool any = file_exists(path) && file_read(&a, path, LIMIT_CHART_FILE, &text, &ignored) &&
               slice_find(text, scheme) < text.len;
    diag_release(&ignored);
    arena_release(&a);
    return any;
}

static const struct chart_file *find_file(const struct file_list *files, struct slice name)
{
    for (size_t i = 0; i < files->files.count; i++) {
        if (slice_equal(files->files.items[i].name, name))
            return &files->files.items[i];
    }
    return NULL;
}

static bool read_metadata(struct arena *a, const struct chart_file *file, bool helm3, struct source_set *sources,
                          struct chart_metadata *out, struct diag *diag)
{
    const struct source *source = source_set_add(sources, file->name, file->bytes);
    metadata_init(out);
    return metadata_read(a, source, file->bytes, "Chart.yaml", helm3, out, diag);
}

/* Whether charts/ holds the named chart in this file: unpacked, or as NAME-VERSION.tgz. */
static bool belongs_to(struct slice file, struct slice name)
{
    const struct slice charts = SLICE_INIT("charts/");
    if (!slice_starts(file, charts))
        return false;
    struct slice rest = slice_after(file, charts.len);
    if (!slice_starts(rest, name) || rest.len == name.len)
        return false;
    char next = rest.ptr[name.len];
    return next == '/' || (next == '-' && slice_ends(rest, SLICE(".tgz")));
}

static void remove_chart(struct file_list *files, struct slice name)
{
    size_t kept = 0;
    for (size_t i = 0; i < files->files.count; i++) {
        if (!belongs_to(files->files.items[i].name, name))
            files->files.items[kept++] = files->files.items[i];
    }
    files->files.count = kept;
}

bool local_dependency_copy(struct arena *a, const char *folder, struct slice name,
                           const struct chart_load_options *options, struct file_list *files, struct diag *diag)
{
    struct file_list found = {{NULL, 0}, 0};
    struct slice prefix = arena_printf(a, "charts/%.*s/", SLICE_ARG(name));
    if (!folder_read(a, folder, options, &found, diag))
        return false;
    for (size_t i = 0; i < found.files.count; i++) {
        struct chart_file file = found.files.items[i];
        file.name = arena_concat(a, prefix, file.name);
        file_list_add(a, files, &file);
    }
    return true;
}

bool local_dependency_check(struct arena *a, const struct chart_dependency *dependency, struct source_set *sources,
                            struct file_list *files, struct buffer *wrong, size_t *count, struct diag *diag)
{
    struct chart_metadata metadata;
    const struct chart_file *file = find_file(files, arena_printf(a, "charts/%.*s/Chart.yaml",
                                                                  SLICE_ARG(dependency->name)));
    if (!file)
        return diag_error(diag, "Chart.yaml file is missing");
    if (!read_metadata(a, file, false, sources, &metadata, diag))
        return false;
    if (!dependency_version_matches(dependency->version, metadata.version))
        buffer_printf(wrong, "%s\"%.*s\" (repository \"%.*s\", version \"%.*s\")", (*count)++ ? ", " : "",
                      SLICE_ARG(dependency->name), SLICE_ARG(dependency->repository), SLICE_ARG(dependency->version));
    return true;
}

bool local_dependencies_fail(const struct buffer *wrong, size_t count, struct diag *diag)
{
    return diag_error(diag,
                      "can't get a valid version for %zu subchart(s): %.*s. Make sure a matching chart version exists in "
                      "the repo, or change the version constraint in Chart.yaml",
                      count, SLICE_ARG(buffer_slice(wrong)));
}

static bool add_one(struct arena *a, const char *folder, const struct chart_dependency *dependency,
                    const struct chart_load_options *options, struct file_list *files, struct diag *diag)
{
    struct slice path = slice_after(dependency->repository, scheme.len);
    const char *from = arena_text(a, go_path_clean(a, slice_text(file_join(a, slice_text(folder), path))));
    if (!file_is_directory(from))
        return diag_error(diag, "directory %s not found", from);
    remove_chart(files, dependency->name);
    return local_dependency_copy(a, from, dependency->name, options, files, diag);
}

bool local_dependencies_add(struct arena *a, const char *folder, const struct chart_load_options *options,
                            struct source_set *sources, struct file_list *files, size_t *count, struct diag *diag)
{
    const struct chart_file *file = find_file(files, SLICE("Chart.yaml"));
    struct chart_metadata metadata;
    struct buffer wrong = BUFFER_INIT;
    size_t wrong_count = 0;
    bool ok = true;
    *count = 0;
    if (!file)
        return true;
    if (!read_metadata(a, file, options->helm3, sources, &metadata, diag))
        return false;
    for (size_t i = 0; ok && i < metadata.dependencies.count; i++) {
        const struct chart_dependency *dependency = metadata.dependencies.items[i];
        if (!dependency || !slice_starts(dependency->repository, scheme))
            continue;
        ++*count;
        ok = add_one(a, folder, dependency, options, files, diag) &&
             local_dependency_check(a, dependency, sources, files, &wrong, &wrong_count, diag);
    }
    if (ok && wrong_count)
        ok = local_dependencies_fail(&wrong, wrong_count, diag);
    buffer_release(&wrong);
    return ok;
}
