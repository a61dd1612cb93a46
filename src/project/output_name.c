/*
 * output_name.c - where Helmfile puts what it writes for a release
 */
#include "project/output_name.h"

#include "base/digest.h"
#include "base/file.h"
#include "golang/path.h"
#include "helmfile/state_lock.h"

enum {
    HASH_DIGITS = 8
};

static struct value state_data(struct arena *a, const struct state *state)
{
    struct map *map = map_new(a, 4);
    struct slice path = state->path;
    struct slice whole = go_path_abs(a, path);
    struct slice hash = digest_hex(a, DIGEST_SHA1, whole);
    map_set_text(map, "AbsPath", value_string(whole));
    map_set_text(map, "AbsPathSHA1", value_string(slice_part(hash, 0, HASH_DIGITS)));
    map_set_text(map, "BaseName", value_string(slice_part(path, 0, path.len - go_path_ext(path).len)));
    map_set_text(map, "Path", value_string(path));
    return value_map(map);
}

static struct value release_data(struct arena *a, const struct release_spec *r)
{
    struct map *map = map_new(a, 6);
    map_set_text(map, "Chart", value_string(r->chart));
    map_set_text(map, "KubeContext", value_string(r->kube_context));
    map_set_text(map, "Labels", value_map_as(GO_STRING_MAP, r->labels.map));
    map_set_text(map, "Name", value_string(r->name));
    map_set_text(map, "Namespace", value_string(r->name_space));
    map_set_text(map, "Version", value_string(r->version));
    return value_map(map);
}

/* A chart of a repository keeps the repository's name. */
static struct slice chart_name(const struct release_spec *r)
{
    struct value repository;
    bool whole = state_repository_of(r->state, r->chart, &repository) && !field_is_true(repository, "oci");
    return whole ? r->chart : go_path_base(r->chart);
}

bool output_name_make(struct arena *a, const struct release_spec *release, struct slice template,
                      struct slice folder, const char **out, struct diag *diag)
{
    struct source_set *sources = source_set_new();
    struct gotmpl_options options = {.allow_exec = false};
    struct gotmpl *templates = gotmpl_new(a, sources, &options);
    struct map *data = map_new(a, 5);
    struct slice name;
    map_set_text(data, "ChartName", value_string(chart_name(release)));
    map_set_text(data, "Environment", environment_record(a, &release->state->environment, false));
    map_set_text(data, "OutputDir", value_string(folder));
    map_set_text(data, "Release", release_data(a, release));
    map_set_text(data, "State", state_data(a, release->state));
    bool ok = gotmpl_render(templates, SLICE("."), template, NULL, value_map(data), &name, diag);
    if (ok)
        *out = arena_text(a, name);
    source_set_free(sources);
    return ok;
}
