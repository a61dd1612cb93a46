/*
 * helm_dependency.c - `helm dependency list`, `update` and `build`
 */
#include "chart/dependency.h"
#include "chart/dependency_update.h"
#include "cli/helm_remote.h"
#include "cli/helm_subcommand.h"
#include "golang/path.h"

struct dependency_command {
    struct helm_global_options global;
    struct helm_remote_options remote;
    uint64_t column_width;
    bool skip_refresh;
    bool help;
};

/* The chart's folder: the argument, or here. */
static const char *chart_folder(struct context *c, const struct text_list *arguments)
{
    if (arguments->count == 0)
        return ".";
    return arena_text(c->arena, go_path_clean(c->arena, arguments->items[0]));
}

static int dependency_list_command(struct context *c)
{
    static const char usage[] = "dependency list CHART";
    struct dependency_command o;
    struct option_result result;
    struct buffer out = BUFFER_INIT;
    struct chart *chart = NULL;
    memset(&o, 0, sizeof o);
    o.column_width = 80;
    const struct option own[] = {
        {.name = "help", .letter = 'h', .kind = OPTION_HELP, .target = &o.help, .help = "this text"},
        {.name = "max-col-width",
         .kind = OPTION_NUMBER,
         .target = &o.column_width,
         .argument = "uint",
         .help = "cut cells of the table to this width (default 80)"},
        {.name = NULL},
    };
    const struct option *tables[] = {own, helm_global_table(c->arena, &o.global)};
    size_t count = sizeof tables / sizeof tables[0];
    if (!helm_parse(c, tables, count, &o.global, &result))
        return context_finish(c, EXIT_FAILED);
    if (o.help)
        return helm_help(c, usage, "Lists a chart's dependencies and what charts/ has of them.", tables, count);
    struct chart_load_options load = {.helm3 = c->style == MESSAGES_HELM3, .any_version = true};
    const char *folder = chart_folder(c, &result.arguments);
    bool ok = helm_check_arguments(c, usage, &result.arguments, HELM_AT_MOST, 1) &&
              chart_load(folder, &load, c->sources, &chart, c->diag);
    if (ok) {
        dependency_list(chart, folder, (size_t)o.column_width, c->sources, &out);
        ok = context_print(c, buffer_slice(&out));
    }
    chart_free(chart);
    buffer_release(&out);
    return context_finish(c, ok ? EXIT_DONE : EXIT_FAILED);
}

typedef bool dependency_operation(const char *folder, const struct dependency_options *options,
                                  struct source_set *sources, struct buffer *out, struct diag *diag);

/* What `update` and `build` share. */
static int run(struct context *c, const char *usage, const char *summary, dependency_operation *operation)
{
    struct dependency_command o;
    struct option_result result;
    struct buffer out = BUFFER_INIT;
    memset(&o, 0, sizeof o);
    const struct option *reach = helm_remote_table(c, &o.remote, false);
    const struct option own[] = {
        {.name = "help", .letter = 'h', .kind = OPTION_HELP, .target = &o.help, .help = "this text"},
        {.name = "keyring", .kind = OPTION_TEXT, .target = &o.remote.keyring, .argument = "file"},
        {.name = "skip-refresh",
         .kind = OPTION_FLAG,
         .target = &o.skip_refresh,
         .help = "do not fetch the indexes of repositories anew"},
        {.name = "verify", .kind = OPTION_FLAG, .target = &o.remote.verify},
        {.name = NULL},
    };
    const struct option *tables[] = {own, reach, helm_global_table(c->arena, &o.global)};
    size_t count = sizeof tables / sizeof tables[0];
    if (!helm_parse(c, tables, count, &o.global, &result))
        return context_finish(c, EXIT_FAILED);
    if (o.help)
        return helm_help(c, usage, summary, tables, count);
    bool ok = helm_check_arguments(c, usage, &result.arguments, HELM_AT_MOST, 1) &&
              helm_remote_apply(c, &o.global, &o.remote);
    struct dependency_options options = {
        .load = {.helm3 = c->style == MESSAGES_HELM3},
        .source = &o.remote.source,
        .skip_refresh = o.skip_refresh,
        .now = helm_now(c->arena),
    };
    ok = ok && operation(chart_folder(c, &result.arguments), &options, c->sources, &out, c->diag);
    ok = context_print(c, buffer_slice(&out)) && ok;
    buffer_release(&out);
    return context_finish(c, ok ? EXIT_DONE : EXIT_FAILED);
}

static int dependency_update_command(struct context *c)
{
    return run(c, "dependency update CHART", "Fills charts/ with what Chart.yaml asks for.", dependency_update);
}

static int dependency_build_command(struct context *c)
{
    return run(c, "dependency build CHART", "Fills charts/ with what the lock file names.", dependency_build);
}

static const struct command commands[] = {
    {"build", dependency_build_command, "rebuild the charts/ directory based on the Chart.lock file"},
    {"list", dependency_list_command, "list the dependencies for the given chart"},
    {"ls", dependency_list_command, NULL},
    {"update", dependency_update_command, "update charts/ based on the contents of Chart.yaml"},
    {"up", dependency_update_command, NULL},
    {NULL, NULL, NULL},
};

int helm_dependency(struct context *c)
{
    return helm_subcommand(c, "dependency", "Manages what charts depend on.", commands);
}
