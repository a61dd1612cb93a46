/*
 * cmd_version.c - `yare version`
 */
#include "cli/command.h"
#include "cli/version.h"

int cmd_version(struct context *c)
{
    context_print(c, SLICE("yare " YARE_VERSION " (Helm 4.1.4, Helm 3.17.3)\n"));
    return context_finish(c, EXIT_DONE);
}
