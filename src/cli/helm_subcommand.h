/*
 * helm_subcommand.h - commands of helm that are groups of commands
 */
#ifndef YARE_CLI_HELM_SUBCOMMAND_H
#define YARE_CLI_HELM_SUBCOMMAND_H

#include "cli/command.h"

/* Runs the row that the first argument names; without one, or where there is none of that name, prints the help, as
   Helm does. `name` is the group's: "repo". */
int helm_subcommand(struct context *c, const char *name, const char *summary, const struct command *table);

#endif
