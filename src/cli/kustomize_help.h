/*
 * kustomize_help.h - help of kustomize's commands
 */
#ifndef YARE_CLI_KUSTOMIZE_HELP_H
#define YARE_CLI_KUSTOMIZE_HELP_H

#include "cli/command.h"
#include "cli/options.h"

/* Prints it from the command's table. */
int kustomize_help(struct context *c, const char *usage, const char *summary, const struct option *table);

#endif
