/*
 * chartify_source.c - what a made chart is made of
 *
 * A folder of manifests, a kustomization, and charts that a release adds to its own.
 */
#include "helmfile/chartify_parts.h"

#include "base/file.h"
#include "base/limits.h"
#include "chart/local_dependencies.h"
#include "codec/yaml_write.h"
#include "golang/path.h"
#include "helmfile/release_chart.h"
#include "helmfile/release_values.h"
#include "helmfile/state_lock.h"
#include "helmfile/storage.h"
#include "value/merge.h"

#include <stdlib.h>

/* Chart.yaml of a folder that has none. */
static void add_metadata(struct chartifying *c)
{
    struct slice name = go_path_base(go_path_clean(c->arena, slice_text(c->options->path)));
    struct slice version = c->release->version;
    chartify_add(c, &c->files, SLICE("Chart.yaml"),
                 arena_printf(c->arena, "name: \"%.*s\"\nversion: %.*s\napiVersion: v2\n", SLICE_ARG(name),
                              SLICE_ARG(version.len ? version : SLICE("1.0.0"))));
}

/* The file below templates/ as a template that prints it. */
static void add_manifest(struct chartifying *c, struct slice name, struct slice text)
{
    struct slice kept = arena_concat(c->arena, SLICE("files/templates/"), name);
    chartify_add(c, &c->files, kept, text);
    chartify_add(c, &c->files, arena_concat(c->arena, SLICE("templates/"), name),
                 arena_printf(c->arena, "{{ .Files.Get \"%.*s\" }}", SLICE_ARG(kept)));
}

/* --- manifests ------------------------------------------------------------------------------------------------ */

static bool is_manifest(struct slice name)
{
    return slice_ends(name, SLICE("yaml")) || slice_ends(name, SLICE("yml"));
}

/* Templates lose their suffix; they are rendered with the release at hand. */
static bool render_template(struct chartifying *c, const struct chart_file *file, struct file_list *out)
{
    struct slice path = slice_text(file_join(c->arena, slice_text(c->options->path), file->name));
    const struct source *source = source_set_add(c->h->sources, path, file->bytes);
    struct slice text;
    if (!gotmpl_render(c->h->gotmpl, slice_text(c->options->path), file->bytes, source,
                       release_spec_data(c->h, c->release), &text, c->diag))
        return false;
    chartify_add(c, out, slice_part(file->name, 0, file->name.len - go_path_ext(file->name).len), text);
    return true;
}

static bool read_manifests(struct chartifying *c)
{
    struct chart_load_options options = {.helm3 = c->options->helm3};
    struct file_list found = {{NULL, 0}, 0};
    if (!folder_read(c->arena, c->options->path, &options, &found, c->diag))
        return false;
    size_t count = found.files.count;
    for (size_t i = 0; i < count; i++) {
        if (slice_ends(found.files.items[i].name, SLICE("gotmpl")) &&
            !render_template(c, &found.files.items[i], &found))
            return false;
    }
    for (size_t i = 0; i < found.files.count; i++) {
        const struct chart_file *file = &found.files.items[i];
        if (is_manifest(file->name))
            add_manifest(c, file->name, file->bytes);
        else
            file_list_add(c->arena, &c->files, file);
    }
    return true;
}

/* --- a kustomization ------------------------------------------------------------------------------------------ */

/* What the release's values may say about a kustomization. */
static bool kustomization_values(struct chartifying *c, struct map *out)
{
    static const char *const keys[] = {"images", "namePrefix", "nameSuffix", "namespace"};
    struct value documents;
    if (!release_values_documents(c->h, c->release, true, &documents, c->diag))
        return false;
    struct value merged = merge_layers(c->arena, documents.list->items, documents.list->len, &merge_helm_layers);
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        struct value v = field_value(merged, keys[i]);
        if (v.kind != VALUE_NIL)
            map_set_text(out, keys[i], v);
    }
    if (c->release->name_space.len)
        map_set_text(out, "namespace", value_string(c->release->name_space));
    return true;
}

/* The way from the scratch folder to the kustomization; kustomize takes no absolute one. */
static struct slice way_to(struct chartifying *c, const struct scratch *folder, const char *path)
{
    char *here = realpath(folder->path, NULL);
    char *there = realpath(path, NULL);
    struct buffer way = BUFFER_INIT;
    for (const char *p = here ? here : ""; *p; p++) {
        if (*p == '/' && p[1])
            buffer_add_text(&way, "../");
    }
    buffer_add_text(&way, there ? there + 1 : path);
    free(here);
    free(there);
    return buffer_move(&way, c->arena);
}

static bool write_kustomization(struct chartifying *c, const struct scratch *folder)
{
    struct map *map = map_new(c->arena, 5);
    struct list *resources = list_new(c->arena, 1);
    struct buffer text = BUFFER_INIT;
    struct slice error;
    if (!kustomization_values(c, map))
        return false;
    list_add(c->arena, resources, value_string(way_to(c, folder, c->options->path)));
    map_set_text(map, "resources", value_list(resources));
    bool ok = (yaml_write_pretty(&text, value_map(map), c->arena, &error) || diag_error_slice(c->diag, error)) &&
              scratch_write(folder, c->arena, SLICE("kustomization.yaml"), buffer_slice(&text), NULL, c->diag);
    buffer_release(&text);
    return ok;
}

static bool build_kustomization(struct chartifying *c)
{
    struct scratch folder;
    struct buffer built = BUFFER_INIT;
    if (field_items(c->release->body, "set").count)
        return diag_error(c->diag,
                          "--set is not yet supported for kustomize-based apps! Use -f/--values flag instead.");
    if (!scratch_make(&folder, c->arena, c->diag))
        return false;
    bool ok = write_kustomization(c, &folder) &&
              chartify_kustomize(c, folder.path, true, &built);
    if (ok)
        add_manifest(c, SLICE("kustomized.yaml"), buffer_move(&built, c->arena));
    buffer_release(&built);
    scratch_release(&folder);
    return ok;
}

bool chartify_read_folder(struct chartifying *c)
{
    add_metadata(c);
    return chartify_is_kustomization(c->options->path) ? build_kustomization(c) : read_manifests(c);
}

/* --- added charts --------------------------------------------------------------------------------------------- */

/* The folder or archive of a chart, fetched where it lies elsewhere. */
static bool find_dependency(struct chartifying *c, struct value entry, const char **path)
{
    struct slice chart = field_text(entry, "chart");
    struct release_spec wanted = *c->release;
    *path = storage_path(c->arena, c->release->state->folder, chart);
    if (file_is_directory(*path))
        return true;
    wanted.version = field_text(entry, "version");
    wanted.chart = chart;
    if (release_chart_is_remote(&wanted, chart, *path) && c->options->charts)
        return release_chart_fetch(c->options->charts, c->h, &wanted, chart, path, c->diag);
    diag_error(c->diag, "dependency \"%.*s\" of release \"%.*s\" does not exist", SLICE_ARG(chart),
               SLICE_ARG(c->release->name));
    helmfile_locate(c->h, field_value(entry, "chart"), c->diag);
    return false;
}

/* A chart that is added twice, under two aliases, is there once. */
static bool add_chart(struct chartifying *c, const char *path, struct slice name)
{
    struct chart_load_options options = {.helm3 = c->options->helm3};
    struct slice text;
    if (chartify_find(&c->files, arena_printf(c->arena, "charts/%.*s/Chart.yaml", SLICE_ARG(name)).ptr))
        return true;
    if (!file_is_directory(path)) {
        const char *archive = arena_printf(c->arena, "charts/%.*s.tgz", SLICE_ARG(name)).ptr;
        if (chartify_find(&c->files, archive))
            return true;
        if (!file_read(c->arena, path, LIMIT_CHART_ARCHIVE, &text, c->diag))
            return false;
        chartify_add(c, &c->files, slice_text(archive), text);
        return true;
    }
    return local_dependency_copy(c->arena, path, name, &options, &c->files, c->diag);
}

static struct chart_dependency *new_dependency(struct chartifying *c, struct value entry, const char *path)
{
    struct chart_dependency *d = ARENA_NEW(c->arena, struct chart_dependency);
    bool is_folder = file_is_directory(path);
    d->name = go_path_base(is_folder ? slice_text(path) : field_text(entry, "chart"));
    d->alias = field_text(entry, "alias");
    d->version = field_text(entry, "version");
    struct value repository;
    d->repository = state_repository_of(c->release->state, field_text(entry, "chart"), &repository) && !is_folder
                        ? field_text(repository, "url")
                        : arena_concat(c->arena, SLICE("file://"), go_path_abs(c->arena, slice_text(path)));
    d->condition = arena_printf(c->arena, "%.*s.enabled", SLICE_ARG(d->alias.len ? d->alias : d->name));
    d->import_values = value_nil();
    return d;
}

static bool read_metadata(struct chartifying *c, const struct chart_file *file, struct chart_metadata *out)
{
    const struct source *source = source_set_add(c->h->sources, file->name, file->bytes);
    metadata_init(out);
    return metadata_read(c->arena, source, file->bytes, "Chart.yaml", c->options->helm3, out, c->diag);
}

/* Makes a dependency of each of the release's and adds its chart's files. */
static bool add_charts(struct chartifying *c, struct field_items entries, struct chart_dependency **out)
{
    struct buffer wrong = BUFFER_INIT;
    size_t count = 0;
    bool ok = true;
    for (size_t i = 0; ok && i < entries.count; i++) {
        const char *path;
        ok = find_dependency(c, entries.items[i], &path);
        if (!ok)
            break;
        out[i] = new_dependency(c, entries.items[i], path);
        ok = add_chart(c, path, out[i]->name);
        if (ok && file_is_directory(path))
            ok = local_dependency_check(c->arena, out[i], c->h->sources, &c->files, &wrong, &count, c->diag);
    }
    if (ok && count)
        ok = local_dependencies_fail(&wrong, count, c->diag);
    buffer_release(&wrong);
    return ok;
}

bool chartify_add_dependencies(struct chartifying *c)
{
    struct field_items entries = field_items(c->release->body, "dependencies");
    struct chart_file *file = chartify_find(&c->files, "Chart.yaml");
    struct chart_metadata metadata;
    struct buffer text = BUFFER_INIT;
    if (entries.count == 0 || !file)
        return true;
    if (!read_metadata(c, file, &metadata))
        return false;
    size_t own = metadata.dependencies.count;
    struct chart_dependencies all = {ARENA_ARRAY(c->arena, struct chart_dependency *, own + entries.count),
                                     own + entries.count};
    for (size_t i = 0; i < own; i++)
        all.items[i] = metadata.dependencies.items[i];
    if (!add_charts(c, entries, all.items + own))
        return false;
    metadata.dependencies = all;
    bool ok = metadata_write(&text, &metadata, c->arena, c->diag);
    file = chartify_find(&c->files, "Chart.yaml"); /* the list may have moved */
    file->bytes = buffer_move(&text, c->arena);
    return ok;
}
