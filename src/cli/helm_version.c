/*
 * helm_version.c - `helm version`
 */
#include "cli/helm_options.h"
#include "funcs/library.h"
#include "helm/capabilities.h"
#include "helm/one_template.h"
#include "value/format.h"

struct version_run {
    struct helm_global_options global;
    struct slice template_text;
    bool is_short;
    bool help;
};

static bool write_version(struct context *c, const struct version_run *run, struct buffer *out)
{
    bool helm3 = c->style == MESSAGES_HELM3;
    struct value version = capabilities_helm_version(c->arena, helm3);
    if (run->template_text.len)
        return one_template_run(c->arena, SLICE("_"), run->template_text, library_new(c->arena, LIBRARY_BUILTINS),
                                helm3, version, out, c->diag);
    if (run->is_short)
        buffer_add_text(out, helm3 ? "v3.17.3+ge4da497" : "v4.1.4+g05fa379");
    else
        format_printf(out, SLICE("%#v"), &version, 1);
    buffer_add_char(out, '\n');
    return true;
}

int helm_version(struct context *c)
{
    struct version_run run;
    struct option_result result;
    memset(&run, 0, sizeof run);
    const struct option own[] = {
        {.name = "help", .letter = 'h', .kind = OPTION_HELP, .target = &run.help, .help = "this text"},
        {.name = "short", .kind = OPTION_FLAG, .target = &run.is_short, .help = "print the version only"},
        {.name = "template",
         .kind = OPTION_TEXT,
         .target = &run.template_text,
         .argument = "text",
         .help = "template for the version: .Version, .GitCommit, .GitTreeState, .GoVersion"},
        {.name = NULL},
    };
    const struct option *tables[] = {own, helm_global_table(c->arena, &run.global)};
    if (!helm_parse(c, tables, 2, &run.global, &result))
        return context_finish(c, EXIT_FAILED);
    if (run.help)
        return helm_help(c, "version", "Prints the version of Helm that yare stands in for.", tables, 2);
    if (!helm_check_arguments(c, "version", &result.arguments, HELM_EXACTLY, 0))
        return context_finish(c, EXIT_FAILED);
    struct buffer out = BUFFER_INIT;
    bool ok = write_version(c, &run, &out);
    context_print(c, buffer_slice(&out));
    buffer_release(&out);
    return context_finish(c, ok ? EXIT_DONE : EXIT_FAILED);
}
