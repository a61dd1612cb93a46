/*
 * as_helm.c - yare under the name of helm
 *
 * Commands about releases in a cluster are known by name and refused, so that a script learns at once what is wrong.
 */
#include "cli/command.h"
#include "cli/helm_subcommand.h"
#include "golang/unicode.h"

static int refuse(struct context *c)
{
    diag_error(c->diag, "this command needs a cluster, and yare renders without one: helm template prints what would "
                        "be installed");
    return context_finish(c, EXIT_FAILED);
}

static int refuse_other(struct context *c)
{
    diag_error(c->diag, "yare has no such command: use Helm itself for it");
    return context_finish(c, EXIT_FAILED);
}

/* In Helm's order, which its suggestions show. */
static const struct command commands[] = {
    {"create", helm_create, "make a new chart"},
    {"dependency", helm_dependency, "list, build or update the dependencies of a chart"},
    {"pull", helm_pull, "fetch charts from repositories and registries"},
    {"show", helm_show, "print what is in a chart"},
    {"lint", helm_lint, "examine charts for possible faults"},
    {"package", helm_package, "pack charts into archives"},
    {"repo", helm_repo, "keep a list of chart repositories"},
    {"search", refuse_other, NULL},
    {"verify", refuse_other, NULL},
    {"get", refuse, NULL},
    {"history", refuse, NULL},
    {"install", refuse, NULL},
    {"list", refuse, NULL},
    {"test", refuse, NULL},
    {"rollback", refuse, NULL},
    {"status", refuse, NULL},
    {"template", helm_template, "render a chart and print its manifests"},
    {"uninstall", refuse, NULL},
    {"upgrade", refuse, NULL},
    {"completion", refuse_other, NULL},
    {"env", helm_env, "print the settings of the environment"},
    {"plugin", refuse_other, NULL},
    {"version", helm_version, "print the version of Helm that yare stands in for"},
    {"registry", helm_registry, "log in to registries, and out"},
    {"push", helm_push, "store a packed chart in a registry"},
    {NULL, NULL, NULL},
};

/* Other names of these. */
static const struct command aliases[] = {
    {"dep", helm_dependency, NULL},
    {"dependencies", helm_dependency, NULL},
    {"fetch", helm_pull, NULL},
    {"inspect", helm_show, NULL},
    {"hist", refuse, NULL},
    {"ls", refuse, NULL},
    {"del", refuse, NULL},
    {"delete", refuse, NULL},
    {"un", refuse, NULL},
    {NULL, NULL, NULL},
};

/* Names within two edits, and those that begin with the word. */
static void suggest(struct slice word, struct buffer *out)
{
    enum { FARTHEST = 2 };
    bool any = false;
    for (const struct command *row = commands; row->name; row++) {
        struct slice name = slice_text(row->name);
        if (diag_distance(word, name) > FARTHEST && !slice_starts(name, word))
            continue;
        buffer_printf(out, "%s\t%s\n", any ? "" : "\nDid you mean this?\n", row->name);
        any = true;
    }
    if (any)
        buffer_add_char(out, '\n');
}

static int fail_unknown(struct context *c, const char *word)
{
    struct buffer near = BUFFER_INIT;
    struct buffer lower = BUFFER_INIT;
    go_lower(&lower, slice_text(word));
    suggest(buffer_slice(&lower), &near);
    buffer_release(&lower);
    diag_error(c->diag, "unknown command \"%s\" for \"helm\"\n%.*sRun 'helm --help' for usage.", word,
               SLICE_ARG(buffer_slice(&near)));
    buffer_release(&near);
    return context_finish(c, EXIT_FAILED);
}

static int run_command(struct context *c)
{
    const char *word = helm_command_word(c);
    const struct command *row = helm_take_command(c, commands);
    if (!row)
        row = helm_take_command(c, aliases);
    if (row)
        return row->run(c);
    if (word)
        return fail_unknown(c, word);
    return helm_print_commands(c, "", "Helm's command line, answered by yare.", commands);
}

/* helm help COMMAND … is helm COMMAND … --help */
static int run_help(struct context *c)
{
    static char help[] = "--help";
    char **words = arena_alloc(c->arena, ((size_t)c->argc + 1) * sizeof *words);
    memcpy(words, c->argv + 1, (size_t)(c->argc - 1) * sizeof *words);
    words[c->argc - 1] = help;
    c->argv = words;
    return run_command(c);
}

int as_helm(struct context *c)
{
    if (c->argc > 0 && strcmp(c->argv[0], "help") == 0)
        return run_help(c);
    return run_command(c);
}
