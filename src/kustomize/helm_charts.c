/*
 * helm_charts.c - the field `helmCharts`
 *
 * A chart is rendered by yare itself, as Helm 3 does: Kustomize runs no other. Its values are those of a file, merged
 * with those written in the kustomization; further files come on top.
 */
#include "kustomize/helm_charts.h"

#include "base/file.h"
#include "chart/load.h"
#include "chart/remote_chart.h"
#include "chart/unpack.h"
#include "codec/yaml_read.h"
#include "codec/yaml_write.h"
#include "funcs/library.h"
#include "golang/path.h"
#include "helm/release_name.h"
#include "helm/template_output.h"
#include "helm/value_layers.h"
#include "value/merge.h"

#define DEFAULT_HOME "charts"

/* --- where the chart is ------------------------------------------------------------------------------------------- */

/* The folder that the chart lies in: charts of a repository have one for each version. */
static struct slice chart_home(const struct target *t, const struct helm_chart *chart, struct slice home)
{
    struct arena *a = t->build->arena;
    if (home.len == 0)
        home = SLICE(DEFAULT_HOME);
    if (home.ptr[0] != '/')
        home = arena_printf(a, "%s/%.*s", t->root->path, SLICE_ARG(home));
    if (chart->version.len && chart->repo.len)
        home = arena_printf(a, "%.*s/%.*s-%.*s", SLICE_ARG(home), SLICE_ARG(chart->name), SLICE_ARG(chart->version));
    return go_path_clean(a, home);
}

/* As `helm pull --untar` does, so that the chart is there the next time. */
static bool pull(struct target *t, const struct helm_chart *chart, struct slice home, struct diag *diag)
{
    struct arena *a = t->build->arena;
    struct remote_options options;
    const struct remote_source source = {.options = &options};
    struct remote_chart fetched;
    struct slice repo = chart->repo;
    struct slice reference = chart->name;
    remote_options_init(a, &options);
    options.helm3 = true;
    options.version = chart->version.len || !chart->devel ? chart->version : SLICE(">0.0.0-0");
    if (slice_starts(repo, SLICE("oci://"))) {
        while (slice_ends(repo, SLICE("/")))
            repo.len--;
        reference = arena_printf(a, "%.*s/%.*s", SLICE_ARG(repo), SLICE_ARG(chart->name));
    } else {
        options.repository = repo;
    }
    const char *folder = arena_text(a, home);
    return remote_chart_fetch(&source, reference, a, &fetched, diag) && file_make_directories(folder, diag) &&
           chart_unpack(fetched.bytes, folder, diag);
}

static bool find_chart(struct target *t, const struct helm_chart *chart, struct slice home, const char *folder,
                       struct diag *diag)
{
    if (file_is_directory(folder))
        return true;
    if (chart->repo.len)
        return pull(t, chart, home, diag);
    diag_error(diag, "no repo specified for pull, no chart found at ''");
    diag_note(diag, (struct diag_place){0}, "it would be in %s", folder);
    return false;
}

/* --- values ------------------------------------------------------------------------------------------------------- */

/* The file's values and those written in place, whichever wins, as the text of a file. */
static bool merged_values(struct target *t, const struct helm_chart *chart, struct slice file, struct slice *out,
                          struct diag *diag)
{
    static const struct yaml_read_options options = {.keep_integers = true};
    struct arena *a = t->build->arena;
    struct value from_file = value_nil();
    struct value merged = chart->values_inline;
    struct yaml_error why;
    struct slice error;
    struct buffer text = BUFFER_INIT;
    if (!yaml_read(a, NULL, file, &options, &from_file, &why))
        return diag_error(diag, "could not parse values file into rnode: %.*s", SLICE_ARG(why.message));
    if (slice_is(chart->values_merge, "merge"))
        merged = merge_values(a, merged, from_file, &merge_kustomize_values);
    else if (!slice_is(chart->values_merge, "replace"))
        merged = merge_values(a, from_file, merged, &merge_kustomize_values);
    bool done = yaml_write(&text, merged, a, &error);
    *out = buffer_move(&text, a);
    return done || diag_error_slice(diag, error);
}

struct value_texts {
    const struct source **items;
    size_t count;
};

static void add_values(struct target *t, struct value_texts *texts, const char *name, struct slice text)
{
    texts->items[texts->count++] = source_set_keep(t->build->sources, slice_text(name), text);
}

static bool read_values(struct target *t, const struct helm_chart *chart, const char *folder, struct value *out,
                        struct diag *diag)
{
    struct arena *a = t->build->arena;
    const struct texts *more = &chart->additional_values_files;
    struct value_texts texts = {ARENA_ARRAY(a, const struct source *, more->count + 1), 0};
    struct slice path = chart->values_file;
    struct slice text = SLICE("");
    const char *full = folder;
    bool merges = chart->values_inline.kind == VALUE_MAP && chart->values_inline.map->len;
    if (path.len == 0)
        path = arena_printf(a, "%s/values.yaml", folder);
    if (!(merges && slice_is(chart->values_merge, "replace")) && !root_read(a, t->root, path, &text, &full, diag))
        return false;
    if (merges && !merged_values(t, chart, text, &text, diag))
        return false;
    add_values(t, &texts, full, text);
    for (size_t i = 0; i < more->count; i++) {
        if (!root_read(a, t->root, more->items[i], &text, &full, diag)) {
            diag_prefix(diag, "could not load additionalValuesFile: ");
            return false;
        }
        add_values(t, &texts, full, text);
    }
    struct layer_flags flags = {.texts = {texts.items, texts.count}};
    struct value_layers layers;
    if (!value_layers_read(a, &flags, true, t->build->sources, &layers, diag))
        return false;
    *out = layers.merged;
    return true;
}

/* --- rendering ---------------------------------------------------------------------------------------------------- */

static bool name_release(struct target *t, const struct helm_chart *chart, const struct function_table *functions,
                         struct slice *name, struct diag *diag)
{
    *name = chart->release_name.len ? chart->release_name : SLICE("release-name");
    if (chart->name_template.len == 0)
        return true;
    if (chart->release_name.len)
        return diag_error(diag, "cannot set --name-template and also specify a name");
    return release_name_from_template(t->build->arena, chart->name_template, functions, true, name, diag);
}

static struct capabilities_options capabilities_of(const struct target *t, const struct helm_chart *chart)
{
    const struct build_options *options = t->build->options;
    const struct texts *versions = chart->api_versions.count ? &chart->api_versions : &options->api_versions;
    return (struct capabilities_options){
        .helm3 = true,
        .kube_version = chart->kube_version.len ? chart->kube_version : options->kube_version,
        .api_versions = versions->items,
        .api_version_count = versions->count,
    };
}

static bool render(struct target *t, const struct helm_chart *chart, const struct chart *loaded, struct value values,
                   struct buffer *out, struct diag *diag)
{
    struct release release;
    const struct template_output_options output = {.include_crds = chart->include_crds,
                                                   .no_hooks = chart->skip_hooks,
                                                   .skip_tests = chart->skip_tests};
    struct release_options options = {.chart = loaded,
                                      .values = values,
                                      .name_space = chart->namespace.len ? chart->namespace : SLICE("default"),
                                      .helm3 = true,
                                      .capabilities = capabilities_of(t, chart),
                                      .functions = library_new(t->build->arena, LIBRARY_HELM3)};
    memset(&release, 0, sizeof release);
    return name_release(t, chart, options.functions, &options.name, diag) &&
           release_check_chart(loaded, true, diag) &&
           release_render(&options, t->build->arena, &release, diag) &&
           template_output_write(&release, &output, out, diag);
}

static bool check_config(const struct target *t, const struct helm_chart *chart, struct diag *diag)
{
    static const char *const words[] = {"", "merge", "override", "replace"};
    if (!t->build->options->enable_helm)
        return diag_error(diag, "must specify --enable-helm");
    if (chart->name.len == 0)
        return diag_error(diag, "chart name cannot be empty");
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (slice_is(chart->values_merge, words[i]))
            return true;
    }
    return diag_error(diag, "valuesMerge must be one of [merge override replace]");
}

bool helm_chart_inflate(struct target *t, const struct helm_chart *chart, const struct helm_globals *globals,
                        struct resource_map *out, struct diag *diag)
{
    static const struct chart_load_options load = {.helm3 = true};
    struct arena *a = t->build->arena;
    struct chart *loaded = NULL;
    struct value values;
    struct buffer text = BUFFER_INIT;
    if (!check_config(t, chart, diag)) {
        diag_prefix(diag, "trouble configuring builtin HelmChartInflationGenerator with config: `\nname: %.*s\n`: ",
                    SLICE_ARG(chart->name));
        return false;
    }
    struct slice home = chart_home(t, chart, globals ? globals->chart_home : SLICE(""));
    const char *folder = arena_printf(a, "%.*s/%.*s", SLICE_ARG(home), SLICE_ARG(chart->name)).ptr;
    bool done = find_chart(t, chart, home, folder, diag) && read_values(t, chart, folder, &values, diag) &&
                chart_load(folder, &load, t->build->sources, &loaded, diag) &&
                render(t, chart, loaded, values, &text, diag);
    struct slice rendered = buffer_move(&text, a);
    chart_free(loaded);
    return done && resource_map_read(a, t->build->sources, rendered, folder, out, diag);
}
