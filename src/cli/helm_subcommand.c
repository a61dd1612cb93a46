/*
 * helm_subcommand.c - commands of helm that are groups of commands
 */
#include "cli/helm_subcommand.h"

static int print_help(struct context *c, const char *name, const char *summary, const struct command *table)
{
    struct buffer out = BUFFER_INIT;
    buffer_printf(&out, "%s\n\nUsage:\n  helm %s COMMAND [flags]\n\nCommands:\n", summary, name);
    for (const struct command *row = table; row->name; row++) {
        if (row->summary)
            buffer_printf(&out, "  %-14s%s\n", row->name, row->summary);
    }
    context_print(c, buffer_slice(&out));
    buffer_release(&out);
    return context_finish(c, EXIT_DONE);
}

int helm_subcommand(struct context *c, const char *name, const char *summary, const struct command *table)
{
    const struct command *row = c->argc ? command_find(table, c->argv[0]) : NULL;
    if (!row)
        return print_help(c, name, summary, table);
    c->argc--;
    c->argv++;
    return row->run(c);
}
