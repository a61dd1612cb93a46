/*
 * helm_subcommand.h - helm's commands found by their names, and groups of them
 */
#ifndef YARE_CLI_HELM_SUBCOMMAND_H
#define YARE_CLI_HELM_SUBCOMMAND_H

#include "cli/command.h"

/* The first word that is no option, nor the value of a global one; null where there is none. */
const char *helm_command_word(const struct context *c);

/* The row of that word, with the word taken out of the command line; null where the table has none. */
const struct command *helm_take_command(struct context *c, const struct command *table);

/* Prints the commands of a group; `name` is empty for helm itself. */
int helm_print_commands(struct context *c, const char *name, const char *summary, const struct command *table);

/* Runs the row that the first word names; without one, or where there is none of that name, prints the help, as
   Helm does. `name` is the group's: "repo". Rows without a summary are other names of the one before. */
int helm_subcommand(struct context *c, const char *name, const char *summary, const struct command *table);

#endif
