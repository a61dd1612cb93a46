/*
 * helm_version.c - `helm version`
 */
#include "cli/command.h"
#include "cli/options.h"

int helm_version(struct context *c)
{
    bool is_short = false;
    struct slice template_text = {NULL, 0};
    struct option_result result;
    const struct option own[] = {
        {.name = "short", .kind = OPTION_FLAG, .target = &is_short, .help = "print the version only"},
        {.name = "template",
         .kind = OPTION_TEXT,
         .target = &template_text,
         .argument = "text",
         .help = "template for the version"},
        {.name = "client", .letter = 'c', .kind = OPTION_FLAG},
        {.name = NULL},
    };
    const struct option *tables[] = {own};
    if (!options_parse(c->arena, tables, 1, c->argc, c->argv, &result, c->diag))
        return context_finish(c, EXIT_FAILED);
    context_print(c, is_short
                         ? SLICE("v4.1.4+g05fa379\n")
                         : SLICE("version.BuildInfo{Version:\"v4.1.4\", "
                                 "GitCommit:\"05fa37973dc9e42b76e1d2883494c87174b6074f\", "
                                 "GitTreeState:\"clean\", GoVersion:\"go1.25.9\", KubeClientVersion:\"v1.35\"}\n"));
    return context_finish(c, EXIT_DONE);
}
