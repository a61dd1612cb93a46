/*
 * as_helm.c - yare under the name of helm
 */
#include "cli/command.h"

#include <stdio.h>

static const struct command commands[] = {
    {"dep", helm_dependency, NULL},
    {"dependencies", helm_dependency, NULL},
    {"dependency", helm_dependency, "manage what charts depend on"},
    {"fetch", helm_pull, NULL},
    {"lint", helm_lint, "examine charts for possible faults"},
    {"pull", helm_pull, "fetch charts from repositories and registries"},
    {"push", helm_push, "store a packed chart in a registry"},
    {"registry", helm_registry, "log in to registries, and out"},
    {"repo", helm_repo, "keep a list of chart repositories"},
    {"template", helm_template, "render a chart and print its manifests"},
    {"version", helm_version, "print the version of Helm that yare stands in for"},
    {NULL, NULL, NULL},
};

static int print_help(struct context *c)
{
    struct buffer out = BUFFER_INIT;
    buffer_add_text(&out, "Helm's command line, answered by yare.\n\nUsage:\n  helm COMMAND [flags]\n\nCommands:\n");
    for (const struct command *row = commands; row->name; row++) {
        if (row->summary)
            buffer_printf(&out, "  %-14s%s\n", row->name, row->summary);
    }
    context_print(c, buffer_slice(&out));
    buffer_release(&out);
    return context_finish(c, EXIT_DONE);
}

int as_helm(struct context *c)
{
    if (c->argc == 0 || strcmp(c->argv[0], "--help") == 0 || strcmp(c->argv[0], "-h") == 0 ||
        strcmp(c->argv[0], "help") == 0)
        return print_help(c);
    const struct command *row = command_find(commands, c->argv[0]);
    if (!row) {
        diag_error(c->diag, "unknown command \"%s\" for \"helm\"\nRun 'helm --help' for usage.", c->argv[0]);
        return context_finish(c, EXIT_FAILED);
    }
    c->argc--;
    c->argv++;
    return row->run(c);
}
