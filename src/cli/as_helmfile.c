/*
 * as_helmfile.c - yare under the name of helmfile
 */
#include "cli/helmfile_options.h"

struct row {
    const char *name;
    helmfile_run_fn *run;
    const char *summary;
};

static const struct row rows[] = {
    {"build", helmfile_build, "the state as it is in the end, as YAML"},
    {"cache", helmfile_cache, "the cache of remote files: info or cleanup"},
    {"deps", helmfile_deps, "bring the dependencies of local charts up to date"},
    {"fetch", helmfile_fetch, "put the releases' charts into a folder"},
    {"lint", helmfile_lint, "lint the charts with the values of the releases"},
    {"list", helmfile_list, "the releases"},
    {"print-env", helmfile_print_env, "the values of the environment"},
    {"repos", helmfile_repos, "make the repositories known to helm"},
    {"show-dag", helmfile_show_dag, "the order of the releases"},
    {"template", helmfile_template, "the manifests of all releases"},
    {"version", helmfile_version, "the version of helmfile that yare stands in for"},
    {"write-values", helmfile_write_values, "a values file for each release"},
};

/* What cannot be done here, and why. */
struct refusal {
    const char *name;
    const char *reason;
};

static const struct refusal refusals[] = {
    {"apply", "it changes a cluster"},
    {"create", "it writes a new project"},
    {"destroy", "it changes a cluster"},
    {"diff", "it compares with a cluster; yare diff compares environments and revisions"},
    {"doctor", "it asks a language model"},
    {"init", "it installs helm and its plugins, which yare does not need"},
    {"status", "it asks a cluster"},
    {"sync", "it changes a cluster"},
    {"test", "it runs pods in a cluster"},
    {"unittest", "it runs a plugin of helm"},
};

static const struct row *find(struct slice name)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (slice_is(name, rows[i].name))
            return &rows[i];
    }
    return NULL;
}

static int print_help(struct context *c, const struct option *table)
{
    struct buffer out = BUFFER_INIT;
    buffer_add_text(&out, "Helmfile's command line, answered by yare.\n\nUsage:\n  helmfile [flags] COMMAND "
                          "[flags]\n\nCommands:\n");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        buffer_printf(&out, "  %-14s%s\n", rows[i].name, rows[i].summary);
    buffer_add_text(&out, "\nFlags:\n");
    options_write_help(&table, 1, &out);
    context_print(c, buffer_slice(&out));
    buffer_release(&out);
    return context_finish(c, EXIT_DONE);
}

static int fail_command(struct context *c, struct slice name)
{
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        if (!slice_is(name, refusals[i].name))
            continue;
        diag_error(c->diag, "helmfile %s is not done by yare: %s", refusals[i].name, refusals[i].reason);
        return context_finish(c, EXIT_FAILED);
    }
    struct diag_place nowhere = {NULL, 0, 0, 0};
    const char *names[sizeof rows / sizeof rows[0]];
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        names[i] = rows[i].name;
    const char *near = diag_nearest(name, names, sizeof names / sizeof names[0]);
    diag_error(c->diag, "unknown command \"%.*s\" for \"helmfile\"", SLICE_ARG(name));
    if (near)
        diag_note(c->diag, nowhere, "did you mean %s?", near);
    return context_finish(c, EXIT_NO_MATCH);
}

static bool is_quiet_level(struct slice level)
{
    return slice_is(level, "warn") || slice_is(level, "error") || slice_is(level, "fatal");
}

int as_helmfile(struct context *c)
{
    struct helmfile_command o;
    struct option_result result;
    memset(&o, 0, sizeof o);
    const struct option *table = helmfile_table(c->arena, &o);
    if (!options_parse(c->arena, &table, 1, c->argc, c->argv, &result, c->diag))
        return context_finish(c, EXIT_NO_MATCH);
    c->quiet = !o.debug && (o.quiet || is_quiet_level(o.log_level));
    if (o.version)
        return helmfile_version(c, &o);
    if (o.help || result.arguments.count == 0 || slice_is(result.arguments.items[0], "help"))
        return print_help(c, table);
    o.words = result.arguments;
    const struct row *row = find(result.arguments.items[0]);
    return row ? row->run(c, &o) : fail_command(c, result.arguments.items[0]);
}
