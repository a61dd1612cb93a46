/*
 * kustomize_help.c - help of kustomize's commands
 */
#include "cli/kustomize_help.h"

int kustomize_help(struct context *c, const char *usage, const char *summary, const struct option *table)
{
    struct buffer out = BUFFER_INIT;
    buffer_printf(&out, "%s\n\nUsage:\n  kustomize %s [flags]\n\nFlags:\n", summary, usage);
    options_write_help(&table, 1, &out);
    context_print(c, buffer_slice(&out));
    buffer_release(&out);
    return context_finish(c, EXIT_DONE);
}
