/*
 * load.c - a chart, from a folder or an archive
 *
 * folder.c and archive.c give a list of files; here they become a chart, and those below charts/ again charts, in the
 * order in which Helm looks at them, so that of several faults the same one is found first.
 */
#include "chart/load.h"

#include "base/file.h"
#include "base/limits.h"
#include "base/memory.h"
#include "chart/archive.h"
#include "chart/folder.h"
#include "chart/log_line.h"
#include "golang/path.h"

#include <stdlib.h>
#include <strings.h>

struct loading {
    struct arena *arena;
    const struct chart_load_options *options;
    struct source_set *sources;
    struct slice location; /* of the root chart, as the user gave it */
    bool is_v3;            /* a chart that only Helm's experimental loader takes */
    struct diag *diag;
};

/* The root chart and the arena in which all its charts lie. */
struct root_chart {
    struct chart chart;
    struct arena arena;
};

/* --- lists of files ----------------------------------------------------------------------------------------- */

const struct chart_file *chart_files_find(const struct chart_files *files, struct slice name)
{
    for (size_t i = files->count; i-- > 0;) {
        if (slice_equal(files->items[i].name, name))
            return &files->items[i];
    }
    return NULL;
}

bool chart_file_is_crd(const struct chart_file *file)
{
    static const char *const extensions[] = {".yaml", ".yml", ".json"};
    if (!slice_starts(file->name, SLICE("crds/")))
        return false;
    struct slice extension = go_path_ext(file->name);
    for (size_t i = 0; i < sizeof extensions / sizeof extensions[0]; i++) {
        size_t len = strlen(extensions[i]);
        if (extension.len == len && strncasecmp(extension.ptr, extensions[i], len) == 0)
            return true;
    }
    return false;
}

static bool each_crd(const struct chart *chart, bool (*found)(void *context, const struct chart_file *file),
                     void *context)
{
    for (size_t i = 0; i < chart->files.count; i++) {
        if (chart_file_is_crd(&chart->files.items[i]) && !found(context, &chart->files.items[i]))
            return false;
    }
    for (size_t i = 0; i < chart->dependency_count; i++) {
        if (!each_crd(chart->dependencies[i], found, context))
            return false;
    }
    return true;
}

void chart_each_crd(const struct chart *chart, bool (*found)(void *context, const struct chart_file *file),
                    void *context)
{
    each_crd(chart, found, context);
}

static struct value make_files_value(struct arena *a, const struct chart_files *files)
{
    struct map *map = map_new(a, (uint32_t)files->count);
    for (size_t i = 0; i < files->count; i++) {
        struct slice bytes = files->items[i].bytes;
        map_append(map, files->items[i].name, value_bytes(bytes.ptr ? bytes : SLICE("")));
    }
    map_sort(map, NULL, NULL);
    struct value v = value_map_as(GO_FILES, map);
    value_freeze(v);
    return v;
}

/* --- the files of one chart --------------------------------------------------------------------------------- */

/* What is known of a chart while its files are looked at. */
struct unfinished {
    struct loading *loading;
    struct chart *chart;
    struct slice prefix;          /* of its files' paths below the root chart: "", "charts/s/" */
    struct chart_files subcharts; /* files below charts/, names without "charts/" */
    bool has_metadata;
};

static const struct source *add_source(struct unfinished *u, const struct chart_file *file)
{
    struct arena *a = u->loading->arena;
    struct slice path = arena_concat(a, u->prefix, file->name);
    struct slice name = slice_text(file_join(a, u->loading->location, path));
    return source_set_keep(u->loading->sources, name, file->bytes);
}

static void need_metadata(struct unfinished *u)
{
    if (!u->has_metadata)
        metadata_init(&u->chart->metadata);
    u->has_metadata = true;
}

static bool read_metadata(struct unfinished *u, struct chart_file *file)
{
    struct loading *l = u->loading;
    need_metadata(u);
    file->source = add_source(u, file);
    if (!metadata_read(l->arena, file->source, file->bytes, "Chart.yaml", l->options->helm3, &u->chart->metadata,
                       l->diag))
        return false;
    if (u->chart->metadata.api_version.len == 0)
        u->chart->metadata.api_version = SLICE("v1");
    return true;
}

static bool read_lock(struct unfinished *u, struct chart_file *file)
{
    struct loading *l = u->loading;
    file->source = add_source(u, file);
    u->chart->lock = ARENA_NEW(l->arena, struct chart_lock);
    const char *name = arena_text(l->arena, file->name); /* of an archive it need not end */
    return lock_read(l->arena, file->source, file->bytes, name, l->options->helm3, u->chart->lock, l->diag);
}

static bool read_values(struct unfinished *u, struct chart_file *file)
{
    struct loading *l = u->loading;
    file->source = add_source(u, file);
    u->chart->values_file = file;
    if (chart_values_read(l->arena, file->source, file->bytes, l->options->helm3, &u->chart->values, l->diag))
        return true;
    diag_prefix(l->diag, "cannot load values.yaml: ");
    return false;
}

static void add_to(struct chart_files *files, const struct chart_file *file)
{
    files->items[files->count++] = *file;
}

static bool is_v1(const struct unfinished *u)
{
    return slice_is(u->chart->metadata.api_version, "v1");
}

static bool read_requirements(struct unfinished *u, struct chart_file *file)
{
    struct loading *l = u->loading;
    need_metadata(u);
    if (!is_v1(u))
        log_text(l->diag, l->options->helm3, "load.go:120",
                 "Warning: Dependencies are handled in Chart.yaml since apiVersion \"v2\". We recommend migrating "
                 "dependencies to Chart.yaml.");
    file->source = add_source(u, file);
    if (!metadata_read(l->arena, file->source, file->bytes, "requirements.yaml", l->options->helm3,
                       &u->chart->metadata, l->diag))
        return false;
    if (is_v1(u))
        add_to(&u->chart->files, file);
    return true;
}

static bool read_requirements_lock(struct unfinished *u, struct chart_file *file)
{
    struct loading *l = u->loading;
    if (!read_lock(u, file))
        return false;
    need_metadata(u);
    if (!is_v1(u))
        log_text(l->diag, l->options->helm3, "load.go:138",
                 "Warning: Dependency locking is handled in Chart.lock since apiVersion \"v2\". We recommend migrating "
                 "to Chart.lock.");
    else
        add_to(&u->chart->files, file);
    return true;
}

static void add_below_charts(struct unfinished *u, const struct chart_file *file)
{
    if (slice_is(go_path_ext(file->name), ".prov")) {
        add_to(&u->chart->files, file);
        return;
    }
    struct chart_file below = *file;
    below.name = slice_after(file->name, strlen("charts/"));
    add_to(&u->subcharts, &below);
}

static bool place_file(struct unfinished *u, struct chart_file *file)
{
    struct slice name = file->name;
    if (slice_is(name, "Chart.yaml"))
        return true;
    if (slice_is(name, "Chart.lock"))
        return read_lock(u, file);
    if (slice_is(name, "values.yaml"))
        return read_values(u, file);
    if (slice_is(name, "requirements.yaml"))
        return read_requirements(u, file);
    if (slice_is(name, "requirements.lock"))
        return read_requirements_lock(u, file);
    if (slice_is(name, "values.schema.json")) {
        file->source = add_source(u, file);
        u->chart->schema_file = file;
    } else if (slice_starts(name, SLICE("templates/"))) {
        file->source = add_source(u, file);
        add_to(&u->chart->templates, file);
    } else if (slice_starts(name, SLICE("charts/"))) {
        add_below_charts(u, file);
    } else {
        add_to(&u->chart->files, file);
    }
    return true;
}

static void init_chart(struct unfinished *u, struct chart_files files)
{
    struct arena *a = u->loading->arena;
    struct chart *chart = u->chart;
    chart->raw = files;
    chart->values = value_map(map_nil());
    chart->templates.items = ARENA_ARRAY(a, struct chart_file, files.count + 1);
    chart->files.items = ARENA_ARRAY(a, struct chart_file, files.count + 1);
    u->subcharts.items = ARENA_ARRAY(a, struct chart_file, files.count + 1);
}

static bool read_files(struct unfinished *u, struct chart_files files)
{
    init_chart(u, files);
    for (size_t i = 0; i < files.count; i++) {
        if (slice_is(files.items[i].name, "Chart.yaml") && !read_metadata(u, &files.items[i]))
            return false;
    }
    for (size_t i = 0; i < files.count; i++) {
        if (!place_file(u, &files.items[i]))
            return false;
    }
    struct loading *l = u->loading;
    if (!u->has_metadata)
        return diag_error(l->diag, "Chart.yaml file is missing");
    u->chart->files_value = make_files_value(l->arena, &u->chart->files);
    return metadata_validate(l->arena, &u->chart->metadata, l->options->helm3, l->diag);
}

/* --- subcharts ---------------------------------------------------------------------------------------------- */

static bool load_files(struct loading *l, struct chart *chart, struct chart_files files, struct slice prefix,
                       int depth);

static struct slice first_component(struct slice path)
{
    return slice_part(path, 0, slice_find_char(path, '/'));
}

/* By first component; files of one subchart keep the order in which they lie in their array. */
static int compare_subcharts(const void *x, const void *y)
{
    const struct chart_file *a = *(const struct chart_file *const *)x;
    const struct chart_file *b = *(const struct chart_file *const *)y;
    int order = slice_compare(first_component(a->name), first_component(b->name));
    if (order)
        return order;
    return a < b ? -1 : a > b;
}

static void sort_subcharts(struct arena *a, struct chart_files *files)
{
    const struct chart_file **order = ARENA_ARRAY(a, const struct chart_file *, files->count + 1);
    struct chart_file *sorted = ARENA_ARRAY(a, struct chart_file, files->count + 1);
    for (size_t i = 0; i < files->count; i++)
        order[i] = &files->items[i];
    qsort(order, files->count, sizeof *order, compare_subcharts);
    for (size_t i = 0; i < files->count; i++)
        sorted[i] = *order[i];
    files->items = sorted;
}

/* Loads an archive that lies in charts/. */
static bool load_packed(struct loading *l, struct chart *chart, const struct chart_file *file, struct slice prefix,
                        int depth)
{
    struct file_list list = {{NULL, 0}, 0};
    struct slice error;
    if (!archive_read(l->arena, file->bytes, &list, &error))
        return diag_error_slice(l->diag, error);
    return load_files(l, chart, list.files, prefix, depth);
}

/* Loads a chart's folder in charts/: files of the subchart without their first component. */
static bool load_unpacked(struct loading *l, struct chart *chart, struct chart_files files, struct slice prefix,
                          int depth)
{
    struct chart_files inner = {ARENA_ARRAY(l->arena, struct chart_file, files.count + 1), 0};
    for (size_t i = 0; i < files.count; i++) {
        size_t at = slice_find_char(files.items[i].name, '/');
        if (at == files.items[i].name.len)
            continue;
        struct chart_file file = files.items[i];
        file.name = slice_after(file.name, at + 1);
        add_to(&inner, &file);
    }
    return load_files(l, chart, inner, prefix, depth);
}

static bool load_subchart(struct unfinished *u, struct slice name, struct chart_files files, int depth)
{
    struct loading *l = u->loading;
    struct slice parent = u->chart->metadata.name;
    struct chart *chart = ARENA_NEW(l->arena, struct chart);
    chart->parent = u->chart;
    struct slice prefix = arena_printf(l->arena, "%.*scharts/%.*s/", SLICE_ARG(u->prefix), SLICE_ARG(name));
    bool ok;
    if (slice_is(go_path_ext(name), ".tgz")) {
        if (!slice_equal(files.items[0].name, name))
            return diag_error(l->diag, "error unpacking subchart tar in %.*s: expected %.*s, got %.*s",
                              SLICE_ARG(parent), SLICE_ARG(name), SLICE_ARG(files.items[0].name));
        ok = load_packed(l, chart, &files.items[0], prefix, depth);
    } else {
        ok = load_unpacked(l, chart, files, prefix, depth);
    }
    if (!ok) {
        diag_prefix(l->diag, "error unpacking subchart %.*s in %.*s: ", SLICE_ARG(name), SLICE_ARG(parent));
        return false;
    }
    u->chart->dependencies[u->chart->dependency_count++] = chart;
    return true;
}

static bool load_subcharts(struct unfinished *u, int depth)
{
    struct chart_files *files = &u->subcharts;
    sort_subcharts(u->loading->arena, files);
    u->chart->dependencies = ARENA_ARRAY(u->loading->arena, struct chart *, files->count + 1);
    for (size_t i = 0; i < files->count;) {
        struct slice name = first_component(files->items[i].name);
        size_t end = i + 1;
        while (end < files->count && slice_equal(first_component(files->items[end].name), name))
            end++;
        struct chart_files of_one = {files->items + i, end - i};
        i = end;
        if (name.len && (name.ptr[0] == '_' || name.ptr[0] == '.'))
            continue;
        if (!load_subchart(u, name, of_one, depth + 1))
            return false;
    }
    return true;
}

static bool load_files(struct loading *l, struct chart *chart, struct chart_files files, struct slice prefix,
                       int depth)
{
    if (depth > LIMIT_CHART_DEPTH)
        return diag_error(l->diag, "charts are nested more than %d deep", LIMIT_CHART_DEPTH);
    chart->location = slice_text(file_join(l->arena, l->location, prefix));
    struct unfinished u = {.loading = l, .chart = chart, .prefix = prefix};
    return read_files(&u, files) && load_subcharts(&u, depth);
}

/* --- finding out what is to be loaded ------------------------------------------------------------------------ */

/* Helm 4 looks at apiVersion before anything else. */
static bool check_api_version(struct loading *l, const char *name, struct slice text)
{
    struct slice version = SLICE("");
    const struct source *source = source_set_keep(l->sources, slice_text(name), text);
    if (!metadata_read_api_version(l->arena, source, text, &version, l->diag))
        return false;
    l->is_v3 = slice_is(version, "v3");
    if (version.len == 0 || l->is_v3 || slice_is(version, "v1") || slice_is(version, "v2"))
        return true;
    return diag_error(l->diag, "unsupported chart version");
}

/* Helm 4 loads charts of version 3, and then cannot do anything with them; undeclared subcharts it meets first. */
static bool refuse_v3(struct loading *l, const struct chart *chart)
{
    if (!l->is_v3)
        return true;
    if (chart->dependency_count > chart->metadata.dependencies.count)
        return diag_error(l->diag, "an error occurred while checking for chart dependencies. You may need to run `helm "
                                   "dependency build` to fetch missing dependencies: unsupported chart dependency "
                                   "type");
    return diag_error(l->diag, "invalid chart apiVersion");
}

static bool detects_version(const struct loading *l)
{
    return !l->options->helm3 && !l->options->any_version;
}

static bool detect_in_folder(struct loading *l, const char *folder)
{
    const char *name = file_join(l->arena, go_path_abs(l->arena, slice_text(folder)), SLICE("Chart.yaml"));
    struct slice text;
    if (!file_read(l->arena, name, LIMIT_CHART_FILE, &text, l->diag)) {
        diag_prefix(l->diag, "unable to detect chart at %s: ", name);
        return false;
    }
    return check_api_version(l, name, text);
}

static bool load_folder(struct loading *l, const char *folder, struct chart *chart)
{
    struct file_list list = {{NULL, 0}, 0};
    if (detects_version(l) && !detect_in_folder(l, folder))
        return false;
    return folder_read(l->arena, folder, l->options, &list, l->diag) &&
           load_files(l, chart, list.files, SLICE(""), 0);
}

static bool check_is_archive(struct loading *l, const char *name, struct slice bytes)
{
    const char *type;
    if (archive_is_gzip(bytes, &type))
        return true;
    struct slice path = go_path_abs(l->arena, slice_text(name));
    if (slice_ends(path, SLICE(".yml")) || slice_ends(path, SLICE(".yaml")))
        return diag_error(l->diag, "file '%.*s' seems to be a YAML file, but expected a gzipped archive", SLICE_ARG(path));
    return diag_error(l->diag, "file '%.*s' does not appear to be a gzipped archive; got '%s'",
                      SLICE_ARG(path), type);
}

static bool load_archive(struct loading *l, const char *name, struct slice bytes, struct chart *chart)
{
    struct file_list list = {{NULL, 0}, 0};
    struct slice error;
    if (!check_is_archive(l, name, bytes))
        return false;
    if (!archive_read(l->arena, bytes, &list, &error)) {
        if (!detects_version(l))
            return diag_error_slice(l->diag, error);
        return diag_error(l->diag, "unable to load chart archive");
    }
    if (detects_version(l)) {
        size_t i = 0; /* the first of several, where chart_files_find gives the last */
        while (i < list.files.count && !slice_is(list.files.items[i].name, "Chart.yaml"))
            i++;
        if (i == list.files.count)
            return diag_error(l->diag, "unable to detect chart version, no Chart.yaml found");
        if (!check_api_version(l, file_join(l->arena, slice_text(name), SLICE("Chart.yaml")),
                               list.files.items[i].bytes))
            return false;
    }
    return load_files(l, chart, list.files, SLICE(""), 0);
}

/* --- entry points ------------------------------------------------------------------------------------------- */

static struct root_chart *new_root(struct loading *l, const char *path)
{
    struct root_chart *root = memory_zalloc(1, sizeof *root);
    arena_init(&root->arena);
    l->arena = &root->arena;
    l->location = arena_slice(l->arena, slice_text(path));
    return root;
}

static bool finish(struct loading *l, struct root_chart *root, bool ok, struct chart **out)
{
    ok = ok && refuse_v3(l, &root->chart);
    if (ok)
        *out = &root->chart;
    else
        chart_free(&root->chart);
    return ok;
}

bool chart_load(const char *path, const struct chart_load_options *options, struct source_set *sources,
                struct chart **out, struct diag *diag)
{
    struct loading l = {.options = options, .sources = sources, .diag = diag};
    struct root_chart *root = new_root(&l, path);
    if (file_is_directory(path))
        return finish(&l, root, load_folder(&l, path, &root->chart), out);
    struct slice bytes;
    bool ok = (file_exists(path) || diag_error(diag, "stat %s: no such file or directory", path)) &&
              file_read(l.arena, path, LIMIT_CHART_ARCHIVE, &bytes, diag) &&
              load_archive(&l, path, bytes, &root->chart);
    return finish(&l, root, ok, out);
}

bool chart_load_archive(struct slice bytes, const char *name, const struct chart_load_options *options,
                        struct source_set *sources, struct chart **out, struct diag *diag)
{
    struct loading l = {.options = options, .sources = sources, .diag = diag};
    struct root_chart *root = new_root(&l, name);
    return finish(&l, root, load_archive(&l, name, bytes, &root->chart), out);
}

bool chart_load_files(const struct chart_files *files, const char *name, const struct chart_load_options *options,
                      struct source_set *sources, struct chart **out, struct diag *diag)
{
    struct loading l = {.options = options, .sources = sources, .diag = diag};
    struct root_chart *root = new_root(&l, name);
    struct chart_files own = {ARENA_ARRAY(l.arena, struct chart_file, files->count), files->count};
    if (files->count)
        memcpy(own.items, files->items, files->count * sizeof *own.items);
    return finish(&l, root, load_files(&l, &root->chart, own, SLICE(""), 0), out);
}

void chart_free(struct chart *root)
{
    if (!root)
        return;
    struct root_chart *owner = (struct root_chart *)root; /* the chart is its first member */
    struct arena arena = owner->arena;
    arena_release(&arena);
    memory_free(owner);
}
