/*
 * helmfile_version.c - `helmfile version`
 */
#include "cli/helmfile_options.h"
#include "cli/version.h"

int helmfile_version(struct context *c, const struct helmfile_command *o)
{
    if (o->version)
        context_print(c, SLICE("helmfile version v1.8.0 (yare " YARE_VERSION ")\n"));
    else if (slice_is(o->output, "short"))
        context_print(c, SLICE("v1.8.0\n"));
    else
        context_print(c, SLICE("Version  v1.8.0\nProgram  yare " YARE_VERSION "\n"));
    return context_finish(c, EXIT_DONE);
}
