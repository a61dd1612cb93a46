/*
 * repository_directory.c - an index of the packed charts in a folder
 */
#include "chart/repository_directory.h"

#include "base/digest.h"
#include "base/file.h"
#include "chart/load.h"
#include "golang/path.h"
#include "golang/url.h"

struct indexing {
    struct arena *arena;
    struct slice now;
    struct source_set *sources;
    struct repository_index *index;
    struct diag *diag;
};

/* path.Join on the path of a URL. */
static struct slice url_join(struct arena *a, struct slice base, struct slice name)
{
    struct go_url url;
    struct slice error;
    struct buffer text = BUFFER_INIT;
    if (!go_url_parse(a, base, &url, &error))
        return go_path_clean(a, arena_printf(a, "%.*s/%.*s", SLICE_ARG(base), SLICE_ARG(name)));
    if (url.path.len && name.len)
        url.path = go_path_clean(a, arena_printf(a, "%.*s/%.*s", SLICE_ARG(url.path), SLICE_ARG(name)));
    else
        url.path = url.path.len ? go_path_clean(a, url.path) : name;
    url.raw_path = SLICE("");
    go_url_string(&text, &url);
    return buffer_move(&text, a);
}

/* Loads an archive; null where it is no chart. */
static struct chart *try_load(struct indexing *x, struct slice bytes, const char *path)
{
    struct chart_load_options options = {.helm3 = false};
    struct chart *chart = NULL;
    struct diag ignored;
    diag_init(&ignored);
    if (!chart_load_archive(bytes, path, &options, x->sources, &chart, &ignored))
        chart = NULL;
    diag_release(&ignored);
    return chart;
}

/* The metadata outlives its chart as a reading of what would be written. */
static bool copy_metadata(struct indexing *x, const struct chart_metadata *from, struct chart_metadata *to)
{
    struct buffer text = BUFFER_INIT;
    metadata_init(to);
    bool ok = metadata_write(&text, from, x->arena, x->diag) &&
              metadata_read(x->arena, NULL, arena_slice(x->arena, buffer_slice(&text)), "Chart.yaml", false, to,
                            x->diag);
    buffer_release(&text);
    return ok;
}

static bool add_archive(struct indexing *x, const char *path, struct slice name, struct slice url)
{
    struct slice bytes;
    if (!file_read(x->arena, path, 0, &bytes, x->diag))
        return false;
    struct chart *chart = try_load(x, bytes, path);
    if (!chart)
        return true;
    struct index_version *version = ARENA_NEW(x->arena, struct index_version);
    bool ok = copy_metadata(x, &chart->metadata, &version->metadata);
    chart_free(chart);
    version->urls.items = ARENA_NEW(x->arena, struct slice);
    version->urls.items[0] = url.len ? url_join(x->arena, url, name) : name;
    version->urls.count = 1;
    version->created = x->now;
    version->digest = digest_hex(x->arena, DIGEST_SHA256, bytes);
    if (ok)
        repository_index_add(x->arena, x->index, version);
    return ok;
}

/* A folder that cannot be read has nothing for the index. */
static size_t list_names(struct arena *a, const char *folder, struct slice **names)
{
    size_t count;
    struct diag ignored;
    diag_init(&ignored);
    if (!file_list(a, folder, names, &count, &ignored))
        count = 0;
    diag_release(&ignored);
    return count;
}

static bool add_folder(struct indexing *x, const char *folder, struct slice url)
{
    struct slice *names;
    size_t count = list_names(x->arena, folder, &names);
    for (size_t i = 0; i < count; i++) {
        const char *path = file_join(x->arena, slice_text(folder), names[i]);
        if (slice_ends(names[i], SLICE(".tgz")) && !file_is_directory(path) && !add_archive(x, path, names[i], url))
            return false;
    }
    return true;
}

static bool add_folders_below(struct indexing *x, const char *folder, struct slice url)
{
    struct slice *names;
    size_t count = list_names(x->arena, folder, &names);
    for (size_t i = 0; i < count; i++) {
        const char *path = file_join(x->arena, slice_text(folder), names[i]);
        if (file_is_directory(path) && !add_folder(x, path, url_join(x->arena, url, names[i])))
            return false;
    }
    return true;
}

bool repository_index_directory(struct arena *a, const char *folder, struct slice url, struct slice now,
                                struct source_set *sources, struct repository_index *out, struct diag *diag)
{
    struct indexing x = {a, now, sources, out, diag};
    repository_index_init(out, now);
    return add_folder(&x, folder, url) && add_folders_below(&x, folder, url);
}
