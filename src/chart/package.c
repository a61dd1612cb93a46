/*
 * package.c - a chart as a .tgz
 */
#include "chart/package.h"

#include "base/file.h"
#include "chart/dependency.h"
#include "codec/json_read.h"
#include "codec/targz.h"
#include "golang/path.h"
#include "golang/semver.h"
#include "golang/strconv.h"
#include "golang/time_format.h"

/* What Helm puts into the gzip header. */
static const char gzip_comment[] = "Helm";
static const struct slice gzip_extra = SLICE_INIT("+aHR0cHM6Ly95b3V0dS5iZS96OVV6MWljandyTQo=");

struct packing {
    struct arena *arena;
    struct buffer tar;
    struct diag *diag;
};

static void add_file(struct packing *p, struct slice base, struct slice name, struct slice bytes, int64_t modified)
{
    tar_add(&p->tar, slice_text(file_join(p->arena, base, name)), bytes, modified);
}

static int64_t modified_of(const struct chart *chart, struct slice name)
{
    const struct chart_file *file = chart_files_find(&chart->raw, name);
    return file ? file->modified : 0;
}

static bool add_metadata(struct packing *p, const struct chart *chart, const struct chart_metadata *metadata,
                         struct slice base)
{
    struct chart_metadata written = *metadata;
    struct buffer text = BUFFER_INIT;
    if (slice_is(written.api_version, "v1")) /* they are in requirements.yaml, an ordinary file */
        written.dependencies = (struct chart_dependencies){NULL, 0};
    bool ok = metadata_write(&text, &written, p->arena, p->diag);
    if (ok)
        add_file(p, base, SLICE("Chart.yaml"), buffer_slice(&text), modified_of(chart, SLICE("Chart.yaml")));
    buffer_release(&text);
    return ok;
}

static bool add_lock(struct packing *p, const struct chart *chart, struct slice base)
{
    struct buffer text = BUFFER_INIT;
    struct slice error;
    struct go_time generated;
    if (!chart->lock || !slice_is(chart->metadata.api_version, "v2"))
        return true;
    if (!go_time_parse(p->arena, SLICE("2006-01-02T15:04:05Z07:00"), chart->lock->generated, "", &generated, &error))
        generated.seconds = 0;
    bool ok = lock_write(&text, chart->lock, p->arena, p->diag);
    if (ok)
        add_file(p, base, SLICE("Chart.lock"), buffer_slice(&text), generated.seconds);
    buffer_release(&text);
    return ok;
}

static bool add_schema(struct packing *p, const struct chart *chart, struct slice base)
{
    struct value ignored;
    struct slice error;
    const struct chart_file *schema = chart->schema_file;
    if (!schema)
        return true;
    if (!json_read(p->arena, NULL, schema->bytes, &ignored, &error, NULL))
        return diag_error(p->diag, "invalid JSON in values.schema.json");
    add_file(p, base, schema->name, schema->bytes, schema->modified);
    return true;
}

static void add_files(struct packing *p, const struct chart_files *files, struct slice base)
{
    for (size_t i = 0; i < files->count; i++)
        add_file(p, base, files->items[i].name, files->items[i].bytes, files->items[i].modified);
}

static bool add_chart(struct packing *p, const struct chart *chart, const struct chart_metadata *metadata,
                      struct slice folder)
{
    if (!slice_equal(go_path_base(metadata->name), metadata->name)) {
        struct buffer name = BUFFER_INIT;
        go_quote(&name, metadata->name);
        diag_error(p->diag, "%.*s is not a valid chart name", SLICE_ARG(buffer_slice(&name)));
        buffer_release(&name);
        return false;
    }
    struct slice base = slice_text(file_join(p->arena, folder, metadata->name));
    if (!add_metadata(p, chart, metadata, base) || !add_lock(p, chart, base))
        return false;
    for (size_t i = 0; i < chart->raw.count; i++) {
        const struct chart_file *file = &chart->raw.items[i];
        if (slice_is(file->name, "values.yaml"))
            add_file(p, base, file->name, file->bytes, file->modified);
    }
    if (!add_schema(p, chart, base))
        return false;
    add_files(p, &chart->templates, base);
    add_files(p, &chart->files, base);
    struct slice charts = slice_text(file_join(p->arena, base, SLICE("charts")));
    for (size_t i = 0; i < chart->dependency_count; i++) {
        if (!add_chart(p, chart->dependencies[i], &chart->dependencies[i]->metadata, charts))
            return false;
    }
    return true;
}

/* The chart's metadata with what the options replace, checked. */
static bool find_metadata(const struct chart *chart, const struct chart_package_options *options, struct arena *a,
                          struct chart_metadata *out, struct diag *diag)
{
    struct semver ignored;
    *out = metadata_copy(a, &chart->metadata);
    if (options->version.len)
        out->version = options->version;
    if (options->app_version.len)
        out->app_version = options->app_version;
    if (!semver_parse_loose(out->version, &ignored))
        return diag_error_slice(diag, semver_loose_error(a, out->version));
    return true;
}

bool chart_package_check(const struct chart *chart, const struct chart_package_options *options, struct arena *a,
                         struct diag *diag)
{
    struct chart_metadata ignored;
    struct buffer missing = BUFFER_INIT;
    if (!find_metadata(chart, options, a, &ignored, diag))
        return false;
    bool ok = !dependency_missing(chart, &missing);
    if (!ok)
        diag_error(diag, "found in Chart.yaml, but missing in charts/ directory: %.*s",
                   SLICE_ARG(buffer_slice(&missing)));
    buffer_release(&missing);
    return ok;
}

static bool pack(const struct chart *chart, const struct chart_metadata *metadata, struct arena *a,
                 struct slice *bytes, struct diag *diag)
{
    struct packing p = {.arena = a, .diag = diag};
    struct buffer packed = BUFFER_INIT;
    bool ok = add_chart(&p, chart, metadata, SLICE(""));
    if (ok && !targz_pack(&p.tar, gzip_comment, gzip_extra, &packed))
        ok = diag_error(diag, "chart is too large to be packed");
    buffer_release(&p.tar);
    if (ok)
        *bytes = buffer_move(&packed, a);
    else
        buffer_release(&packed);
    return ok;
}

bool chart_package_bytes(const struct chart *chart, const struct chart_package_options *options, struct arena *a,
                         struct slice *bytes, struct diag *diag)
{
    struct chart_metadata metadata;
    return find_metadata(chart, options, a, &metadata, diag) && pack(chart, &metadata, a, bytes, diag);
}

bool chart_package(const struct chart *chart, const char *folder, const struct chart_package_options *options,
                   struct arena *a, struct slice *path, struct diag *diag)
{
    struct chart_metadata metadata;
    struct slice bytes;
    if (!find_metadata(chart, options, a, &metadata, diag))
        return false;
    struct slice name = arena_printf(a, "%.*s-%.*s.tgz", SLICE_ARG(metadata.name), SLICE_ARG(metadata.version));
    *path = slice_text(file_join(a, slice_text(folder), name));
    if (pack(chart, &metadata, a, &bytes, diag) && file_write(path->ptr, bytes, NULL, diag))
        return true;
    diag_prefix(diag, "failed to save: ");
    return false;
}
