/*
 * helm_show.c - `helm show values|chart|readme|crds|all`
 */
#include "chart/load.h"
#include "cli/helm_remote.h"
#include "cli/helm_subcommand.h"
#include "codec/json_path.h"

#include <strings.h>

enum shown_part {
    SHOW_CHART = 1,
    SHOW_VALUES = 2,
    SHOW_README = 4,
    SHOW_CRDS = 8,
    SHOW_ALL = 15
};

struct show_run {
    struct helm_global_options global;
    struct helm_remote_options remote;
    enum shown_part part;
    struct slice json_path;
    bool help;
    struct buffer out;
};

static void write_line(struct show_run *run, struct slice text)
{
    buffer_add(&run->out, text);
    buffer_add_char(&run->out, '\n');
}

/* What separates the parts of `show all`. */
static void write_separator(struct show_run *run)
{
    if (run->part == SHOW_ALL)
        write_line(run, SLICE("---"));
}

static bool show_metadata(struct context *c, struct show_run *run, const struct chart *chart)
{
    if (!metadata_write(&run->out, &chart->metadata, c->arena, c->diag))
        return false;
    buffer_add_char(&run->out, '\n');
    return true;
}

/* A path that finds nothing prints nothing, as in Helm. */
static bool show_path(struct context *c, struct show_run *run, const struct chart *chart)
{
    struct slice error;
    const struct json_path *path = json_path_parse(c->arena, run->json_path, &error);
    if (!path)
        return diag_error(c->diag, "error parsing jsonpath %.*s: %.*s", SLICE_ARG(run->json_path), SLICE_ARG(error));
    json_path_run(path, chart->values, c->arena, &run->out, &error);
    return true;
}

static bool show_values(struct context *c, struct show_run *run, const struct chart *chart)
{
    if (!chart->values_file)
        return true;
    write_separator(run);
    if (run->json_path.len)
        return show_path(c, run, chart);
    for (size_t i = 0; i < chart->raw.count; i++) {
        if (slice_is(chart->raw.items[i].name, "values.yaml"))
            write_line(run, chart->raw.items[i].bytes);
    }
    return true;
}

static bool is_readme(struct slice name)
{
    static const char *const names[] = {"readme.md", "readme.txt", "readme"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (name.len == strlen(names[i]) && strncasecmp(name.ptr, names[i], name.len) == 0)
            return true;
    }
    return false;
}

static void show_readme(struct show_run *run, const struct chart *chart)
{
    for (size_t i = 0; i < chart->files.count; i++) {
        if (!is_readme(chart->files.items[i].name))
            continue;
        write_separator(run);
        write_line(run, chart->files.items[i].bytes);
        return;
    }
}

static bool show_crd(void *context, const struct chart_file *file)
{
    struct show_run *run = context;
    if (!slice_starts(file->bytes, SLICE("---")))
        write_line(run, SLICE("---"));
    write_line(run, file->bytes);
    return true;
}

static bool show_parts(struct context *c, struct show_run *run, const struct chart *chart)
{
    if ((run->part & SHOW_CHART) && !show_metadata(c, run, chart))
        return false;
    if ((run->part & SHOW_VALUES) && !show_values(c, run, chart))
        return false;
    if (run->part & SHOW_README)
        show_readme(run, chart);
    if (run->part & SHOW_CRDS)
        chart_each_crd(chart, show_crd, run);
    return true;
}

static bool show_chart(struct context *c, struct show_run *run, struct slice argument)
{
    struct chart_load_options options = {.helm3 = c->style == MESSAGES_HELM3, .any_version = true};
    struct chart *chart = NULL;
    struct slice path;
    helm_debug(c, "original chart version", "version", run->remote.remote.version);
    if (!helm_remote_apply(c, &run->global, &run->remote) || !helm_find_chart(c, argument, &run->remote, &path) ||
        !chart_load(arena_text(c->arena, path), &options, c->sources, &chart, c->diag))
        return false;
    bool ok = show_parts(c, run, chart);
    chart_free(chart);
    return ok && context_print(c, buffer_slice(&run->out));
}

static int show(struct context *c, enum shown_part part, const char *usage, const char *summary)
{
    struct show_run run;
    struct option_result result;
    memset(&run, 0, sizeof run);
    run.part = part;
    const struct option own[] = {
        {.name = "help", .letter = 'h', .kind = OPTION_HELP, .target = &run.help, .help = "this text"},
        {.name = NULL},
    };
    const struct option of_values[] = {
        {.name = "jsonpath",
         .kind = OPTION_TEXT,
         .target = &run.json_path,
         .argument = "template",
         .help = "JSONPath template that the values are printed by"},
        {.name = NULL},
    };
    const struct option none[] = {{.name = NULL}};
    const struct option *tables[] = {own, part == SHOW_VALUES ? of_values : none,
                                     helm_remote_table(c, &run.remote, true), helm_global_table(c->arena, &run.global)};
    if (!helm_parse(c, tables, 4, &run.global, &result))
        return context_finish(c, EXIT_FAILED);
    if (run.help)
        return helm_help(c, usage, summary, tables, 4);
    bool ok = helm_check_arguments(c, usage, &result.arguments, HELM_EXACTLY, 1) &&
              show_chart(c, &run, result.arguments.items[0]);
    buffer_release(&run.out);
    return context_finish(c, ok ? EXIT_DONE : EXIT_FAILED);
}

static int show_all(struct context *c)
{
    return show(c, SHOW_ALL, "show all [CHART]", "Prints Chart.yaml, values.yaml, the README and the CRDs of a chart.");
}

static int show_definition(struct context *c)
{
    return show(c, SHOW_CHART, "show chart [CHART]", "Prints the Chart.yaml of a chart.");
}

static int show_crds(struct context *c)
{
    return show(c, SHOW_CRDS, "show crds [CHART]", "Prints the CRDs of a chart and its subcharts.");
}

static int show_text(struct context *c)
{
    return show(c, SHOW_README, "show readme [CHART]", "Prints the README of a chart.");
}

static int show_defaults(struct context *c)
{
    return show(c, SHOW_VALUES, "show values [CHART]", "Prints the values.yaml of a chart.");
}

static const struct command commands[] = {
    {"all", show_all, "everything about a chart"},
    {"chart", show_definition, "its Chart.yaml"},
    {"crds", show_crds, "its CRDs"},
    {"readme", show_text, "its README"},
    {"values", show_defaults, "its values.yaml"},
    {NULL, NULL, NULL},
};

int helm_show(struct context *c)
{
    return helm_subcommand(c, "show", "Prints what is in a chart.", commands);
}
