/*
 * cmd_list.c - `yare list`: the releases of a project
 */
#include "cli/project_options.h"
#include "project/listing.h"

static bool run(struct context *c, struct slice path, const struct plan_options *options, bool json)
{
    struct listing listing;
    struct buffer text = BUFFER_INIT;
    if (!listing_releases(c->arena, c->sources, path, options, &listing, c->diag))
        return false;
    if (json)
        listing_write_json(&listing, &text);
    else
        listing_write_table(&listing, &text);
    bool ok = context_print(c, buffer_slice(&text));
    buffer_release(&text);
    return ok;
}

int cmd_list(struct context *c)
{
    struct project_options o;
    struct option_result result;
    struct plan_options plan_options;
    struct slice path;
    struct slice output = SLICE("table");
    memset(&o, 0, sizeof o);
    const struct option own[] = {
        {.name = "output",
         .letter = 'o',
         .kind = OPTION_TEXT,
         .target = &output,
         .argument = "table|json",
         .help = "how to print (default table)"},
        {.name = NULL},
    };
    const struct option *tables[] = {own, project_table(c->arena, &o)};
    if (!options_parse(c->arena, tables, sizeof tables / sizeof tables[0], c->argc, c->argv, &result, c->diag) ||
        !project_path(c, &result.arguments, 1, &path) || !project_plan_options(c, &o, &plan_options))
        return context_finish(c, EXIT_USAGE);
    if (o.help)
        return project_help(c, "list [PATH] [-e ENV] [-l SELECTOR]...",
                            "Lists the releases of a helmfile: names, whether they are rendered, labels, charts.", tables,
                            sizeof tables / sizeof tables[0]);
    if (!slice_is(output, "table") && !slice_is(output, "json")) {
        diag_error(c->diag, "--output is table or json, not '%.*s'", SLICE_ARG(output));
        return context_finish(c, EXIT_USAGE);
    }
    return context_finish(c, run(c, path, &plan_options, slice_is(output, "json")) ? EXIT_DONE : EXIT_FAILED);
}
