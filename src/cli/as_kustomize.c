/*
 * as_kustomize.c - yare under the name of kustomize
 */
#include "cli/command.h"

static const struct command commands[] = {
    {"build", kustomize_build, "print the objects of a kustomization"},
    {"create", kustomize_create, "write a new kustomization"},
    {"edit", kustomize_edit, "change the kustomization in this folder"},
    {"version", kustomize_version, "the version of Kustomize that yare stands in for"},
    {NULL, NULL, NULL},
};

/* What the real one has and yare has not. */
static const char *const absent[] = {"cfg", "completion", "docs", "fn", "localize"};

static int list_commands(struct context *c)
{
    struct buffer text = BUFFER_INIT;
    buffer_add_text(&text, "Builds and edits kustomizations as Kustomize 5.7.1 does.\n\nUsage:\n"
                           "  kustomize COMMAND [flags]\n\nCommands:\n");
    for (const struct command *row = commands; row->name; row++)
        buffer_printf(&text, "  %-10s%s\n", row->name, row->summary);
    context_print(c, buffer_slice(&text));
    buffer_release(&text);
    return context_finish(c, EXIT_DONE);
}

static int refuse(struct context *c, const char *name)
{
    for (size_t i = 0; i < sizeof absent / sizeof absent[0]; i++) {
        if (strcmp(name, absent[i]) != 0)
            continue;
        diag_error(c->diag, "kustomize %s is not part of yare", name);
        return context_finish(c, EXIT_FAILED);
    }
    diag_error(c->diag, "unknown command \"%s\" for \"kustomize\"", name);
    return context_finish(c, EXIT_FAILED);
}

int as_kustomize(struct context *c)
{
    const char *name = c->argc > 0 ? c->argv[0] : "help";
    const struct command *row = command_find(commands, name);
    if (strcmp(name, "help") == 0 || strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
        return list_commands(c);
    if (!row)
        return refuse(c, name);
    c->argc--;
    c->argv++;
    return row->run(c);
}
