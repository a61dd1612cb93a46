/*
 * as_kustomize.c - yare under the name of kustomize
 */
#include "cli/command.h"

static const struct command commands[] = {
    {"build", kustomize_build, "print the objects of a kustomization"},
    {"create", kustomize_create, "write a new kustomization"},
    {"edit", kustomize_edit, "change the kustomization in this folder"},
    {"version", kustomize_version, "print the version that yare stands in for"},
    {NULL, NULL, NULL},
};

int as_kustomize(struct context *c)
{
    const struct command *row = c->argc ? command_find(commands, c->argv[0]) : NULL;
    if (!row) {
        diag_error(c->diag, "unknown command \"%s\" for \"kustomize\"", c->argc ? c->argv[0] : "");
        return context_finish(c, EXIT_FAILED);
    }
    c->argc--;
    c->argv++;
    return row->run(c);
}
