/*
 * command.h - a command is one row
 *
 * main.c has the table of yare's own commands, as_helm.c and its like those of the programs yare stands in for. A
 * command parses its options into structs on its stack, does its work with functions of the layers below and prints
 * results to standard output; diagnostics go through context_finish, so that they look the same everywhere.
 */
#ifndef YARE_CLI_COMMAND_H
#define YARE_CLI_COMMAND_H

#include "base/diag.h"

/* Exit codes. */
enum exit_code {
    EXIT_DONE = 0,
    EXIT_FAILED = 1,
    EXIT_USAGE = 2,
    EXIT_NO_MATCH = 3 /* helmfile: no release is meant, or wrong usage */
};

/* How errors and warnings are printed. */
enum message_style {
    MESSAGES_YARE,      /* file:line:column: error: text, excerpt, notes */
    MESSAGES_HELM,      /* "Error: text" as Helm 4 prints it */
    MESSAGES_HELM_MORE, /* the same, with yare's excerpt and notes below */
    MESSAGES_HELM3,     /* "Error: text", plain warnings */
    MESSAGES_KUSTOMIZE, /* "Error: text" with yare's excerpt and notes below, plain warnings */
    MESSAGES_HELMFILE,  /* the text alone */
    MESSAGES_HELMFILE_MORE /* the same, with yare's excerpt and notes below errors */
};

/* What every command gets. The arena and sources live as long as the program. */
struct context {
    struct arena *arena;
    struct source_set *sources;
    struct diag *diag;
    enum message_style style;
    bool debug; /* Helm's --debug: no detail line after errors */
    bool quiet; /* Helmfile's --quiet: no infos */
    const char *program; /* what it was called as; may be null */
    int argc;   /* the words after the command's name */
    char **argv;
};

struct command {
    const char *name; /* null ends a table */
    int (*run)(struct context *context);
    const char *summary; /* one sentence; null: left out of help */
};

/* The row of that name, or null. */
const struct command *command_find(const struct command *table, const char *name);

/* Prints all diagnostics to standard error in the context's style, and gives `code`, or EXIT_FAILED where there are
   errors and `code` is EXIT_DONE. */
int context_finish(struct context *context, int code);

/* Prints the diagnostics there are and forgets them; errors stay counted. */
void context_flush(struct context *context);
/* Prints a line to standard error at once, after the diagnostics that came before it: for work that takes its time. */
void context_say(struct context *context, struct slice line);

/* Writes the text to standard output; false with a diagnostic when that fails. */
bool context_print(struct context *context, struct slice text);

/* yare's commands. */
int cmd_argocd(struct context *context);
int cmd_compose(struct context *context);
int cmd_diff(struct context *context);
int cmd_envs(struct context *context);
int cmd_explain(struct context *context);
int cmd_lint(struct context *context);
int cmd_impact(struct context *context);
int cmd_list(struct context *context);
int cmd_render(struct context *context);
int cmd_schema(struct context *context);
int cmd_set(struct context *context);
int cmd_values(struct context *context);
int cmd_version(struct context *context);

/* The peers' command lines; argv begins with the peer's own command. */
int as_helm(struct context *context);
int as_helmfile(struct context *context);
int as_kustomize(struct context *context);

/* helm's commands, one file each. */
int helm_create(struct context *context);
int helm_dependency(struct context *context);
int helm_env(struct context *context);
int helm_lint(struct context *context);
int helm_package(struct context *context);
int helm_pull(struct context *context);
int helm_push(struct context *context);
int helm_registry(struct context *context);
int helm_repo(struct context *context);
int helm_show(struct context *context);
int helm_template(struct context *context);
int helm_version(struct context *context);

/* kustomize's commands. */
int kustomize_build(struct context *context);
int kustomize_create(struct context *context);
int kustomize_edit(struct context *context);
int kustomize_version(struct context *context);

#endif
