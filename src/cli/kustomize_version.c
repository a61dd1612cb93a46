/*
 * kustomize_version.c - kustomize version
 */
#include "cli/command.h"

int kustomize_version(struct context *c)
{
    context_print(c, SLICE("v5.7.1\n"));
    return context_finish(c, EXIT_DONE);
}
