/*
 * helm_template.c - `helm template`
 */
#include "base/file.h"
#include "base/limits.h"
#include "chart/dependency.h"
#include "chart/dependency_update.h"
#include "chart/helm_paths.h"
#include "cli/command.h"
#include "cli/helm_options.h"
#include "cli/helm_remote.h"
#include "cli/options.h"
#include "codec/yaml_read.h"
#include "funcs/library.h"
#include "golang/path.h"
#include "golang/strconv.h"
#include "helm/release_name.h"
#include "helm/template_output.h"

#include <stdio.h>
#include <stdlib.h>

struct template_options {
    struct helm_global_options global;
    struct helm_value_options values;
    struct helm_remote_options remote;
    struct text_list api_versions;
    struct text_list show_only;
    struct slice kube_version;
    struct slice output_dir;
    struct slice name_template;
    struct slice post_renderer;
    struct text_list post_renderer_args;
    struct slice dry_run;
    bool generate_name;
    bool include_crds;
    bool is_upgrade;
    bool no_hooks;
    bool release_name;
    bool skip_schema;
    bool skip_tests;
    bool enable_dns;
    bool dependency_update;
    bool validate;
    bool help;
};

/* Name of the release and the chart from the arguments. */
static bool name_and_chart(const struct template_options *o, const struct text_list *arguments, struct slice *name,
                           struct slice *chart, struct diag *diag)
{
    if (arguments->count == 0)
        return diag_error(diag, "\"helm template\" requires at least 1 argument\n\nUsage:  helm template [NAME] "
                                "[CHART] [flags]");
    if (arguments->count > 2)
        return diag_error(diag, "expected at most two arguments, unexpected arguments: %.*s",
                          SLICE_ARG(arguments->items[2]));
    *chart = arguments->items[arguments->count - 1];
    *name = arguments->count == 2 ? arguments->items[0] : SLICE("release-name");
    if (arguments->count == 2 && o->generate_name)
        return diag_error(diag, "cannot set --generate-name and also specify a name");
    if (arguments->count == 2 && o->name_template.len)
        return diag_error(diag, "cannot set --name-template and also specify a name");
    return true;
}

/* Whether the folder is a plugin of that name and kind. */
static bool is_post_renderer(struct context *c, struct slice folder, struct slice name)
{
    const struct yaml_read_options options = {.no_origin = true};
    struct slice text;
    struct value plugin;
    struct yaml_error error;
    struct diag ignored;
    diag_init(&ignored);
    bool ok = file_read(c->arena, file_join(c->arena, folder, SLICE("plugin.yaml")), LIMIT_CHART_FILE, &text, &ignored);
    diag_release(&ignored);
    if (!ok || !yaml_read(c->arena, NULL, text, &options, &plugin, &error) || !value_is_map(plugin))
        return false;
    const struct value *its_name = map_find_text(plugin.map, "name");
    const struct value *its_type = map_find_text(plugin.map, "type");
    return its_name && value_is_string(*its_name) && slice_equal(value_slice(*its_name), name) && its_type &&
           value_is_string(*its_type) && slice_is(value_slice(*its_type), "postrenderer/v1");
}

/* Whether one of Helm's plugin folders has a post-renderer of that name. */
static bool has_post_renderer(struct context *c, struct slice name)
{
    struct helm_paths paths;
    struct diag ignored;
    helm_paths_find(c->arena, &paths);
    struct slice rest = slice_text(paths.plugins);
    struct slice folder;
    bool found = false;
    diag_init(&ignored);
    while (!found && slice_next_piece(&rest, ':', &folder)) {
        struct slice *entries;
        size_t count = 0;
        if (!file_list(c->arena, arena_text(c->arena, folder), &entries, &count, &ignored))
            continue;
        for (size_t i = 0; i < count && !found; i++)
            found = is_post_renderer(c, slice_text(file_join(c->arena, folder, entries[i])), name);
    }
    diag_release(&ignored);
    return found;
}

/* Helm 4 knows post-renderers as plugins, Helm 3 as programs; yare runs neither. */
static bool check_post_renderer(struct context *c, const struct template_options *o)
{
    if (o->post_renderer.len == 0)
        return true;
    if (c->style != MESSAGES_HELM3 && !has_post_renderer(c, o->post_renderer))
        return diag_error(c->diag, "invalid argument \"%.*s\" for \"--post-renderer\" flag: plugin: {Name:%.*s "
                                   "Type:postrenderer/v1} not found",
                          SLICE_ARG(o->post_renderer), SLICE_ARG(o->post_renderer));
    return diag_error(c->diag, "yare runs no post-renderer: leave --post-renderer out and give what is printed to the "
                               "program");
}

static bool check_dry_run(const struct template_options *o, struct diag *diag)
{
    bool server = o->validate || slice_is(o->dry_run, "server");
    if (o->validate && o->dry_run.ptr)
        return diag_error(diag, "if any flags in the group [validate dry-run] are set none of the others can be; "
                                "[dry-run validate] were all set");
    if (slice_is(o->dry_run, "unset"))
        diag_warning(diag, "msg=\"--dry-run is deprecated and should be replaced with '--dry-run=client'\"");
    else if (o->dry_run.len && !server && !slice_is(o->dry_run, "client"))
        return diag_error(diag, "invalid dry-run value (\"%.*s\"). Must be \"server\" or \"client\"",
                          SLICE_ARG(o->dry_run));
    if (server)
        return diag_error(diag, "cluster reachability check failed: yare renders without a cluster, so --validate and "
                                "--dry-run=server cannot be done");
    return true;
}

/* Fills charts/ and loads the chart again; what that prints comes before the manifests. */
static bool update_dependencies(struct context *c, const struct template_options *o, const char *path,
                                const struct chart_load_options *load, struct chart **chart)
{
    struct dependency_options options = {
        .load = *load, .source = &o->remote.source, .now = helm_now(c->arena)};
    struct buffer out = BUFFER_INIT;
    bool ok = dependency_update(path, &options, c->sources, &out, c->diag);
    ok = context_print(c, buffer_slice(&out)) && ok;
    buffer_release(&out);
    if (!ok)
        return false;
    chart_free(*chart);
    *chart = NULL;
    if (chart_load(path, load, c->sources, chart, c->diag))
        return true;
    diag_prefix(c->diag, "failed reloading chart after repo update: ");
    return false;
}

/* Loads the chart and checks that it can be rendered; --dependency-update fetches what charts/ lacks. */
static bool load_chart(struct context *c, const struct template_options *o, const char *path, struct chart **chart)
{
    bool helm3 = c->style == MESSAGES_HELM3;
    struct chart_load_options load = {.helm3 = helm3};
    struct buffer missing = BUFFER_INIT;
    if (!chart_load(path, &load, c->sources, chart, c->diag) || !release_check_type(*chart, helm3, c->diag))
        return false;
    bool update = o->dependency_update && dependency_missing(*chart, &missing);
    buffer_release(&missing);
    return update ? update_dependencies(c, o, path, &load, chart) : dependency_check(*chart, helm3, c->diag);
}

static bool render(struct context *c, struct template_options *o, const struct text_list *arguments,
                   struct release *release, struct release_options *options, struct chart **chart)
{
    bool helm3 = c->style == MESSAGES_HELM3;
    struct slice chart_path;
    struct value_layers layers;
    options->helm3 = helm3;
    options->functions = library_new(c->arena, helm3 ? LIBRARY_HELM3 : LIBRARY_HELM4);
    helm_debug(c, "Original chart version", "version", o->remote.remote.version);
    if (!helm_remote_apply(c, &o->global, &o->remote))
        return false;
    if (!name_and_chart(o, arguments, &options->name, &chart_path, c->diag))
        return false;
    if (o->name_template.len &&
        !release_name_from_template(c->arena, o->name_template, options->functions, helm3, &options->name, c->diag))
        return false;
    if (!helm_find_chart(c, chart_path, &o->remote, &chart_path))
        return false;
    helm_debug(c, "Chart path", "path", go_path_abs(c->arena, chart_path));
    if (!helm_read_values(c, &o->values, helm3, &layers) ||
        !load_chart(c, o, arena_text(c->arena, chart_path), chart))
        return false;
    options->chart = *chart;
    options->values = layers.merged;
    options->name_space = helm_namespace(c, &o->global);
    options->is_upgrade = o->is_upgrade;
    options->skip_schema = o->skip_schema;
    options->debug = c->debug;
    options->enable_dns = o->enable_dns;
    options->seeded = o->global.seeded;
    options->seed = o->global.seed_value;
    return release_render(options, c->arena, release, c->diag);
}

static bool check_kube_version(struct context *c, const struct template_options *o)
{
    struct capabilities_options options = {.helm3 = c->style == MESSAGES_HELM3, .kube_version = o->kube_version};
    struct capabilities ignored;
    return o->kube_version.len == 0 || capabilities_make(c->arena, &options, &ignored, c->diag);
}

static bool print_release(struct context *c, const struct template_options *o, const struct release *release,
                          struct slice name)
{
    struct template_output_options output = {.include_crds = o->include_crds,
                                             .no_hooks = o->no_hooks,
                                             .skip_tests = o->skip_tests,
                                             .show_only = o->show_only.items,
                                             .show_only_count = o->show_only.count,
                                             .release_folder = o->release_name ? name : slice_of(NULL, 0)};
    struct buffer out = BUFFER_INIT;
    bool ok = o->output_dir.len ? template_output_files(release, &output, o->output_dir, &out, c->diag)
                                : template_output_write(release, &output, &out, c->diag);
    ok = context_print(c, buffer_slice(&out)) && ok;
    buffer_release(&out);
    return ok;
}

static void print_debug(struct context *c, const struct release *release)
{
    struct buffer out = BUFFER_INIT;
    template_output_debug(release, &out);
    context_print(c, buffer_slice(&out));
    buffer_release(&out);
}

static int run(struct context *c, struct template_options *o, const struct text_list *arguments)
{
    struct release release;
    struct release_options options = {.capabilities = {.helm3 = c->style == MESSAGES_HELM3,
                                                       .kube_version = o->kube_version,
                                                       .api_versions = o->api_versions.items,
                                                       .api_version_count = o->api_versions.count}};
    memset(&release, 0, sizeof release);
    if (!check_post_renderer(c, o) || !check_kube_version(c, o) || !check_dry_run(o, c->diag))
        return context_finish(c, EXIT_FAILED);
    struct chart *chart = NULL;
    bool ok = render(c, o, arguments, &release, &options, &chart);
    if (ok)
        ok = print_release(c, o, &release, options.name);
    else if (c->debug && c->diag->last && c->diag->last->peer_detail)
        print_debug(c, &release);
    chart_free(chart);
    return context_finish(c, ok ? EXIT_DONE : EXIT_FAILED);
}

int helm_template(struct context *c)
{
    struct template_options o;
    struct option_result result;
    memset(&o, 0, sizeof o);
    const struct option own[] = {
        {.name = "api-versions",
         .letter = 'a',
         .kind = OPTION_COMMAS,
         .target = &o.api_versions,
         .argument = "strings",
         .help = "API versions that .Capabilities.APIVersions has beside the defaults"},
        {.name = "atomic",
         .kind = OPTION_FLAG,
         .note = "Flag --atomic has been deprecated, use --rollback-on-failure instead"},
        {.name = "dependency-update",
         .kind = OPTION_FLAG,
         .target = &o.dependency_update,
         .help = "fetch dependencies that charts/ lacks before rendering"},
        {.name = "dry-run",
         .kind = OPTION_TEXT,
         .target = &o.dry_run,
         .argument = "string",
         .help = "client (the default); server needs a cluster",
         .implied = "unset"},
        {.name = "enable-dns",
         .kind = OPTION_FLAG,
         .target = &o.enable_dns,
         .help = "let getHostByName ask the name service"},
        {.name = "generate-name",
         .letter = 'g',
         .kind = OPTION_FLAG,
         .target = &o.generate_name,
         .help = "generate the name of the release"},
        {.name = "help", .letter = 'h', .kind = OPTION_HELP, .target = &o.help, .help = "this text"},
        {.name = "include-crds",
         .kind = OPTION_FLAG,
         .target = &o.include_crds,
         .help = "print the files of crds/ first"},
        {.name = "is-upgrade",
         .kind = OPTION_FLAG,
         .target = &o.is_upgrade,
         .help = "set .Release.IsUpgrade instead of .Release.IsInstall"},
        {.name = "kube-version",
         .kind = OPTION_TEXT,
         .target = &o.kube_version,
         .argument = "string",
         .help = "Kubernetes version of .Capabilities"},
        {.name = "name-template",
         .kind = OPTION_TEXT,
         .target = &o.name_template,
         .argument = "string",
         .help = "template that makes the release's name"},
        {.name = "no-hooks", .kind = OPTION_FLAG, .target = &o.no_hooks, .help = "leave hooks out"},
        {.name = "output-dir",
         .kind = OPTION_TEXT,
         .target = &o.output_dir,
         .argument = "folder",
         .help = "write files there instead of printing"},
        {.name = "post-renderer", .kind = OPTION_TEXT, .target = &o.post_renderer, .argument = "plugin"},
        {.name = "post-renderer-args", .kind = OPTION_TEXTS, .target = &o.post_renderer_args, .argument = "text"},
        {.name = "release-name",
         .kind = OPTION_FLAG,
         .target = &o.release_name,
         .help = "put the release's name into the output folder"},
        {.name = "show-only",
         .letter = 's',
         .kind = OPTION_TEXTS,
         .target = &o.show_only,
         .argument = "pattern",
         .help = "print only what these templates made"},
        {.name = "skip-schema-validation",
         .kind = OPTION_FLAG,
         .target = &o.skip_schema,
         .help = "do not check values.schema.json"},
        {.name = "skip-tests", .kind = OPTION_FLAG, .target = &o.skip_tests, .help = "leave test hooks out"},
        {.name = "validate",
         .kind = OPTION_FLAG,
         .target = &o.validate,
         .note = "Flag --validate has been deprecated, use '--dry-run=server' instead"},
        {.name = NULL},
    };
    const struct option *tables[] = {own, helm_value_table(c->arena, &o.values),
                                     helm_remote_table(c, &o.remote, true), helm_ignored_options,
                                     helm_global_table(c->arena, &o.global)};
    if (!helm_parse(c, tables, sizeof tables / sizeof tables[0], &o.global, &result))
        return context_finish(c, EXIT_FAILED);
    if (o.help)
        return helm_help(c, "template [NAME] CHART", "Renders a chart and prints its manifests.", tables,
                         sizeof tables / sizeof tables[0]);
    return run(c, &o, &result.arguments);
}
