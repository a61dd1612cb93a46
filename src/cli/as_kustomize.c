/*
 * as_kustomize.c - yare under the name of kustomize
 */
#include "cli/command.h"
#include "cli/options.h"
#include "kustomize/accumulate.h"

#include <stdio.h>

static bool check_restrictor(struct slice value, struct buffer *reason)
{
    if (slice_is(value, "LoadRestrictionsRootOnly") || slice_is(value, "LoadRestrictionsNone"))
        return true;
    buffer_add_text(reason, "illegal flag value --load-restrictor; legal values: [LoadRestrictionsRootOnly "
                            "LoadRestrictionsNone]");
    return false;
}

static int build(struct context *c)
{
    struct slice restrictor = SLICE("LoadRestrictionsRootOnly");
    struct slice reorder = SLICE("");
    struct buffer reason = BUFFER_INIT;
    struct build_options options = {.order = ORDER_UNSET};
    const struct option table[] = {
        {.name = "load-restrictor", .kind = OPTION_TEXT, .target = &restrictor, .argument = "RESTRICTION",
         .help = "LoadRestrictionsRootOnly or LoadRestrictionsNone"},
        {.name = "reorder", .kind = OPTION_TEXT, .target = &reorder, .argument = "ORDER", .help = "legacy or none"},
        {.name = NULL},
    };
    const struct option *tables[] = {table};
    struct option_result result = {.arguments = {NULL, 0, 0}};
    if (!options_parse(c->arena, tables, 1, c->argc, c->argv, &result, c->diag))
        return context_finish(c, EXIT_FAILED);
    bool good = check_restrictor(restrictor, &reason);
    if (!good)
        diag_error_slice(c->diag, buffer_slice(&reason));
    buffer_release(&reason);
    if (good && result.arguments.count > 1)
        good = diag_error(c->diag, "specify one path to kustomization.yaml");
    options.unrestricted = slice_is(restrictor, "LoadRestrictionsNone");
    options.order = slice_is(reorder, "none") ? ORDER_NONE : slice_is(reorder, "legacy") ? ORDER_LEGACY : ORDER_UNSET;
    const char *path = result.arguments.count ? arena_text(c->arena, result.arguments.items[0]) : ".";
    struct buffer out = BUFFER_INIT;
    if (good && kustomize_build(c->arena, c->sources, path, &options, &out, c->diag))
        context_print(c, buffer_slice(&out));
    buffer_release(&out);
    return context_finish(c, EXIT_DONE);
}

static const struct command commands[] = {
    {"build", build, "print the objects of a kustomization"},
    {NULL, NULL, NULL},
};

int as_kustomize(struct context *c)
{
    const struct command *row = c->argc ? command_find(commands, c->argv[0]) : NULL;
    if (!row) {
        diag_error(c->diag, "unknown command \"%s\" for \"kustomize\"", c->argc ? c->argv[0] : "");
        return context_finish(c, EXIT_FAILED);
    }
    c->argc--;
    c->argv++;
    return row->run(c);
}
