/*
 * cmd_envs.c - `yare envs`: the environments of a state file
 */
#include "cli/project_options.h"
#include "project/listing.h"

static bool run(struct context *c, struct slice path, const struct plan_options *options)
{
    struct helmfile_texts names;
    struct buffer text = BUFFER_INIT;
    if (!listing_environments(c->arena, c->sources, path, options, &names, c->diag))
        return false;
    for (size_t i = 0; i < names.count; i++)
        buffer_printf(&text, "%.*s\n", SLICE_ARG(names.items[i]));
    bool ok = context_print(c, buffer_slice(&text));
    buffer_release(&text);
    return ok;
}

int cmd_envs(struct context *c)
{
    struct project_options o;
    struct option_result result;
    struct plan_options plan_options;
    struct slice path;
    memset(&o, 0, sizeof o);
    const struct option *tables[] = {project_table(c->arena, &o)};
    if (!options_parse(c->arena, tables, sizeof tables / sizeof tables[0], c->argc, c->argv, &result, c->diag) ||
        !project_path(c, &result.arguments, 1, &path) || !project_plan_options(c, &o, &plan_options))
        return context_finish(c, EXIT_USAGE);
    if (o.help)
        return project_help(c, "envs [PATH]", "Lists the environments of a helmfile.", tables,
                            sizeof tables / sizeof tables[0]);
    return context_finish(c, run(c, path, &plan_options) ? EXIT_DONE : EXIT_FAILED);
}
