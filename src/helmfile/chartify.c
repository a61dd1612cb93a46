/*
 * chartify.c - charts that Helmfile makes
 */
#include "helmfile/chartify_parts.h"

#include "base/file.h"
#include "base/limits.h"
#include "chart/archive.h"
#include "chart/local_dependencies.h"
#include "golang/path.h"
#include "helm/template_output.h"
#include "kustomize/builder.h"
#include "kustomize/output.h"

#include <stdlib.h>

/* --- files ---------------------------------------------------------------------------------------------------- */

void chartify_add(struct chartifying *c, struct file_list *list, struct slice name, struct slice text)
{
    struct chart_file file = {.name = name, .bytes = text};
    file_list_add(c->arena, list, &file);
}

struct chart_file *chartify_find(struct file_list *list, const char *name)
{
    for (size_t i = 0; i < list->files.count; i++) {
        if (slice_is(list->files.items[i].name, name))
            return &list->files.items[i];
    }
    return NULL;
}

static bool has_file(struct arena *a, const char *folder, const char *name)
{
    return file_exists(file_join(a, slice_text(folder), slice_text(name)));
}

static bool folder_has(const char *folder, const char *name)
{
    struct arena scratch;
    arena_init(&scratch);
    bool has = file_is_directory(folder) && has_file(&scratch, folder, name);
    arena_release(&scratch);
    return has;
}

static bool is_chart(const char *path)
{
    return !file_is_directory(path) || folder_has(path, "Chart.yaml");
}

bool chartify_is_kustomization(const char *path)
{
    return !is_chart(path) && folder_has(path, "kustomization.yaml");
}

static bool read_archive(struct chartifying *c)
{
    struct slice bytes;
    struct slice error;
    if (!file_read(c->arena, c->options->path, LIMIT_CHART_ARCHIVE, &bytes, c->diag))
        return false;
    return archive_read(c->arena, bytes, &c->files, &error) || diag_error_slice(c->diag, error);
}

static bool read_source(struct chartifying *c)
{
    struct chart_load_options options = {.helm3 = c->options->helm3};
    if (!is_chart(c->options->path))
        return chartify_read_folder(c);
    if (!file_is_directory(c->options->path))
        return read_archive(c);
    if (!folder_read(c->arena, c->options->path, &options, &c->files, c->diag))
        return false;
    size_t count;
    return c->options->skip_deps || local_dependencies_add(c->arena, c->options->path, &options, c->h->sources,
                                                           &c->files, &count, c->diag);
}

static bool load(struct chartifying *c, struct chart **out)
{
    struct chart_load_options options = {.helm3 = c->options->helm3};
    return chart_load_files(&c->files.files, c->options->path, &options, c->h->sources, out, c->diag);
}

bool chartify_kustomize(struct chartifying *c, const char *folder, bool unrestricted, struct buffer *out)
{
    struct build_options options = {.unrestricted = unrestricted,
                                    .enable_helm = unrestricted,
                                    .kube_version = c->options->kube_version};
    struct resource_map map = {NULL, 0, 0};
    struct diag diag; /* its warnings are not shown */
    diag_init(&diag);
    bool ok = kustomization_build(c->arena, c->h->sources, folder, &options, &map, &diag) &&
              output_write(c->arena, &map, out, &diag);
    if (!ok)
        diag_take_last(&diag, c->diag);
    diag_release(&diag);
    return ok;
}

/* --- rendering the original ----------------------------------------------------------------------------------- */

/* The files that Helm wrote, in the order of their first documents; `folder` is that of the chart among them. */
static bool collect_written(struct chartifying *c, struct slice lines, const struct scratch *scratch,
                            struct file_list *out)
{
    struct slice line;
    while (slice_next_piece(&lines, '\n', &line)) {
        if (!slice_starts(line, SLICE("wrote ")))
            continue;
        struct slice path = slice_after(line, strlen("wrote "));
        struct slice below = slice_after(path, strlen(scratch->path) + 1);
        struct slice name = arena_slice(c->arena, slice_after(below, slice_find_char(below, '/') + 1));
        struct slice text;
        if (chartify_find(out, name.ptr))
            continue;
        if (!file_read(c->arena, arena_text(c->arena, path), 0, &text, c->diag))
            return false;
        chartify_add(c, out, name, text);
    }
    return true;
}

static bool write_release(struct chartifying *c, const struct release *release, struct file_list *out)
{
    struct template_output_options output = {.include_crds = c->options->include_crds};
    struct scratch scratch;
    struct buffer lines = BUFFER_INIT;
    if (!scratch_make(&scratch, c->arena, c->diag))
        return false;
    bool ok = template_output_files(release, &output, slice_text(scratch.path), &lines, c->diag) &&
              collect_written(c, buffer_slice(&lines), &scratch, out);
    buffer_release(&lines);
    scratch_release(&scratch);
    return ok;
}

/* What `helm template --output-dir` writes for the chart as it is so far. */
static bool render(struct chartifying *c, const struct chart *chart, struct file_list *out)
{
    const struct chartify_options *o = c->options;
    const struct release_spec *r = c->release;
    struct arena arena;
    struct release release;
    struct release_options options = {
        .chart = chart,
        .values = o->values,
        .name = r->name,
        .name_space = r->name_space.len ? r->name_space : SLICE("default"),
        .skip_schema = o->skip_schema,
        .enable_dns = o->enable_dns,
        .helm3 = o->helm3,
        .capabilities = {.helm3 = o->helm3,
                         .kube_version = o->kube_version,
                         .api_versions = o->api_versions.items,
                         .api_version_count = o->api_versions.count},
        .functions = o->functions,
    };
    arena_init(&arena);
    bool ok = release_check_chart(chart, o->helm3, c->diag) &&
              release_render(&options, &arena, &release, c->diag) && write_release(c, &release, out);
    arena_release(&arena);
    return ok;
}

/* --- the chart of what was rendered ---------------------------------------------------------------------------- */

static bool is_replaced(struct slice name)
{
    static const char *const folders[] = {"templates/", "charts/", "crds/"};
    static const char *const files[] = {"Chart.yaml", "Chart.lock", "requirements.yaml", "requirements.lock"};
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
        if (slice_starts(name, slice_text(folders[i])))
            return true;
    }
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        if (slice_is(name, files[i]))
            return true;
    }
    return false;
}

/* Chart.yaml without dependencies: what they render is in the templates. */
static bool add_metadata(struct chartifying *c, struct file_list *list, const struct chart *chart)
{
    struct chart_metadata metadata = metadata_copy(c->arena, &chart->metadata);
    struct buffer text = BUFFER_INIT;
    metadata.dependencies = (struct chart_dependencies){NULL, 0};
    bool ok = metadata_write(&text, &metadata, c->arena, c->diag);
    chartify_add(c, list, SLICE("Chart.yaml"), buffer_move(&text, c->arena));
    return ok;
}

/* A template that prints a file keeps what is in it from being rendered again. */
static void freeze_file(struct chartifying *c, struct file_list *list, const struct chart_file *file)
{
    struct slice kept = arena_concat(c->arena, SLICE("files/"), file->name);
    struct slice template = arena_printf(c->arena, "{{ .Files.Get \"%.*s\" }}", SLICE_ARG(kept));
    bool is_subchart = slice_starts(file->name, SLICE("charts/"));
    if (slice_starts(file->name, SLICE("crds/"))) {
        chartify_add(c, list, file->name, file->bytes);
        return;
    }
    chartify_add(c, list, kept, file->bytes);
    chartify_add(c, list, is_subchart ? arena_concat(c->arena, SLICE("templates/"), file->name) : file->name, template);
}

static bool freeze(struct chartifying *c, const struct chart *chart, const struct file_list *rendered)
{
    struct file_list list = {{NULL, 0}, 0};
    if (!add_metadata(c, &list, chart))
        return false;
    for (size_t i = 0; i < c->files.files.count; i++) {
        if (!is_replaced(c->files.files.items[i].name))
            file_list_add(c->arena, &list, &c->files.files.items[i]);
    }
    for (size_t i = 0; i < rendered->files.count; i++)
        freeze_file(c, &list, &rendered->files.items[i]);
    c->files = list;
    return true;
}

/* --- entry ---------------------------------------------------------------------------------------------------- */

static bool has_items(const struct release_spec *release, const char *key)
{
    return field_items(release->body, key).count > 0;
}

bool chartify_has_patches(const struct release_spec *release)
{
    return has_items(release, "jsonPatches") || has_items(release, "strategicMergePatches") ||
           has_items(release, "transformers");
}

struct slice chartify_path(struct arena *a, const struct release_spec *release, bool is_fetched)
{
    const char *folder = getenv("CHARTIFY_TEMPDIR");
    struct slice parent = folder && *folder ? go_path_abs(a, slice_text(folder)) : SLICE("/tmp/chartify");
    struct slice path = slice_text(file_join(a, parent, release->id));
    return is_fetched ? slice_text(file_join(a, path, go_path_base(release->chart))) : path;
}

bool chartify_is_wanted(const struct release_spec *release, const char *path)
{
    return chartify_has_patches(release) || has_items(release, "dependencies") ||
           field_text(release->body, "forceNamespace").len || !is_chart(path);
}

/* The namespace that documents are given: manifests without a chart take the release's. */
static struct slice wanted_namespace(const struct chartifying *c)
{
    struct slice forced = field_text(c->release->body, "forceNamespace");
    bool is_bare = !is_chart(c->options->path) && !chartify_is_kustomization(c->options->path);
    return forced.len || !is_bare ? forced : c->release->name_space;
}

static bool rewrite(struct chartifying *c, const struct chart *chart)
{
    struct slice name_space = wanted_namespace(c);
    struct file_list rendered = {{NULL, 0}, 0};
    if (!render(c, chart, &rendered))
        return false;
    if (name_space.len && !chartify_set_namespace(c, &rendered, name_space))
        return false;
    if (chartify_has_patches(c->release) && rendered.files.count && !chartify_patch(c, &rendered))
        return false;
    return freeze(c, chart, &rendered);
}

bool chartify(struct helmfile *h, const struct release_spec *release, const struct chartify_options *options,
              struct chart **out, struct diag *diag)
{
    struct chartifying c = {.h = h, .release = release, .options = options, .arena = h->arena, .diag = diag};
    struct chart *chart;
    if (!read_source(&c) || !chartify_add_dependencies(&c) || !load(&c, &chart))
        return false;
    if (!chartify_has_patches(release) && wanted_namespace(&c).len == 0 && is_chart(options->path)) {
        *out = chart;
        return true;
    }
    bool ok = rewrite(&c, chart) && load(&c, out);
    chart_free(chart);
    return ok;
}
