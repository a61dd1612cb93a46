/*
 * helm_subcommand.c - helm's commands found by their names, and groups of them
 *
 * Global options may stand before a command's name, so the name is looked for among them and then taken out.
 */
#include "cli/helm_subcommand.h"

#include "cli/helm_options.h"

/* Where the name of the command stands, or argc. */
static int find_word(const struct context *c)
{
    struct helm_global_options ignored;
    const struct option *tables[] = {helm_global_table(c->arena, &ignored)};
    int i = 0;
    while (i < c->argc && c->argv[i][0] == '-') {
        if (strcmp(c->argv[i], "--") == 0)
            return c->argc;
        i += options_take_next(tables, 1, slice_text(c->argv[i])) ? 2 : 1;
    }
    return i < c->argc ? i : c->argc;
}

const char *helm_command_word(const struct context *c)
{
    int at = find_word(c);
    return at < c->argc ? c->argv[at] : NULL;
}

const struct command *helm_take_command(struct context *c, const struct command *table)
{
    int at = find_word(c);
    const struct command *row = at < c->argc ? command_find(table, c->argv[at]) : NULL;
    if (!row)
        return NULL;
    memmove(c->argv + 1, c->argv, (size_t)at * sizeof *c->argv);
    c->argv++;
    c->argc--;
    return row;
}

int helm_print_commands(struct context *c, const char *name, const char *summary, const struct command *table)
{
    struct buffer out = BUFFER_INIT;
    const char *space = *name ? " " : "";
    buffer_printf(&out, "%s\n\nUsage:\n  helm%s%s COMMAND [flags]\n\nCommands:\n", summary, space, name);
    for (const struct command *row = table; row->name; row++) {
        if (row->summary)
            buffer_printf(&out, "  %-14s%s\n", row->name, row->summary);
    }
    buffer_printf(&out, "\nhelm%s%s COMMAND --help explains a command.\n", space, name);
    context_print(c, buffer_slice(&out));
    buffer_release(&out);
    return context_finish(c, EXIT_DONE);
}

int helm_subcommand(struct context *c, const char *name, const char *summary, const struct command *table)
{
    const struct command *row = helm_take_command(c, table);
    return row ? row->run(c) : helm_print_commands(c, name, summary, table);
}
