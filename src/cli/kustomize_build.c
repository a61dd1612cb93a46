/*
 * kustomization_build.c - kustomize build
 */
#include "base/file.h"
#include "cli/kustomize_help.h"
#include "kustomize/builder.h"
#include "kustomize/output.h"

#include <stdlib.h>

/* What the command line says. */
struct arguments {
    struct slice restrictor;
    struct slice reorder;
    struct slice output;
    struct slice helm_command;
    struct slice kube_version;
    struct text_list api_versions;
    bool managed_by;
    bool enable_helm;
    bool strict_patches;
    bool help;
};

static bool check(const struct arguments *args, const struct option_result *result, struct diag *diag)
{
    if (result->arguments.count > 1)
        return diag_error(diag, "specify one path to kustomization.yaml");
    if (args->restrictor.len && !slice_is(args->restrictor, "LoadRestrictionsRootOnly") &&
        !slice_is(args->restrictor, "LoadRestrictionsNone"))
        return diag_error(diag, "illegal flag value --load-restrictor %.*s; legal values: [LoadRestrictionsRootOnly "
                                "LoadRestrictionsNone]", SLICE_ARG(args->restrictor));
    if (args->reorder.len && !slice_is(args->reorder, "none") && !slice_is(args->reorder, "legacy"))
        return diag_error(diag, "illegal flag value --reorder %.*s; legal values: [legacy none]",
                          SLICE_ARG(args->reorder));
    return true;
}

static bool wants_managed_by(const struct arguments *args)
{
    const char *word = getenv("KUSTOMIZE_ENABLE_MANAGEDBY_LABEL");
    return args->managed_by || (word && strcmp(word, "on") == 0);
}

static struct build_options options_of(const struct arguments *args)
{
    struct build_options options = {
        .unrestricted = slice_is(args->restrictor, "LoadRestrictionsNone"),
        .enable_helm = args->enable_helm,
        .strict_patches = args->strict_patches,
        .managed_by_label = wants_managed_by(args),
        .kube_version = args->kube_version,
        .api_versions = {args->api_versions.items, args->api_versions.count, args->api_versions.cap},
    };
    if (args->reorder.len)
        options.order = slice_is(args->reorder, "none") ? ORDER_NONE : ORDER_LEGACY;
    return options;
}

/* Prints the objects, or writes them to the file or folder of -o. */
static bool put(struct context *c, const struct arguments *args, const struct resource_map *map)
{
    struct buffer out = BUFFER_INIT;
    const char *path = arena_text(c->arena, args->output);
    if (args->output.len && file_is_directory(path))
        return output_write_files(c->arena, map, path, c->diag);
    bool done = output_write(c->arena, map, &out, c->diag);
    if (done && args->output.len)
        done = file_write(path, buffer_slice(&out), NULL, c->diag);
    else if (done)
        done = context_print(c, buffer_slice(&out));
    buffer_release(&out);
    return done;
}

int kustomize_build(struct context *c)
{
    struct arguments args = {.restrictor = SLICE("LoadRestrictionsRootOnly")};
    const struct option table[] = {
        {.name = "output", .letter = 'o', .kind = OPTION_TEXT, .target = &args.output, .argument = "PATH",
         .help = "write to this file, or to files in this folder"},
        {.name = "load-restrictor", .kind = OPTION_TEXT, .target = &args.restrictor, .argument = "RESTRICTION",
         .help = "LoadRestrictionsRootOnly or LoadRestrictionsNone"},
        {.name = "reorder", .kind = OPTION_TEXT, .target = &args.reorder, .argument = "ORDER",
         .help = "legacy or none",
         .note = "Flag --reorder has been deprecated, use the new 'sortOptions' field in kustomization.yaml instead."},
        {.name = "enable-managedby-label", .kind = OPTION_FLAG, .target = &args.managed_by,
         .help = "add the label app.kubernetes.io/managed-by",
         .note = "Flag --enable-managedby-label has been deprecated, The flag `enable-managedby-label` has been "
                 "deprecated. Use the `managedByLabel` option in the `buildMetadata` field instead."},
        {.name = "enable-helm", .kind = OPTION_FLAG, .target = &args.enable_helm,
         .help = "render helmCharts, with yare itself"},
        {.name = "strict-patches", .kind = OPTION_FLAG, .target = &args.strict_patches,
         .help = "a patch whose target selects nothing is an error (yare's own)"},
        {.name = "helm-command", .kind = OPTION_TEXT, .target = &args.helm_command, .argument = "COMMAND",
         .help = "ignored: yare renders charts itself"},
        {.name = "helm-api-versions", .kind = OPTION_TEXTS, .target = &args.api_versions, .argument = "VERSION",
         .help = "API versions for Capabilities.APIVersions"},
        {.name = "helm-kube-version", .kind = OPTION_TEXT, .target = &args.kube_version, .argument = "VERSION",
         .help = "Kubernetes version for Capabilities.KubeVersion"},
        {.name = "helm-debug", .kind = OPTION_FLAG},
        {.name = "enable-alpha-plugins", .kind = OPTION_FLAG},
        {.name = "network", .kind = OPTION_FLAG},
        {.name = "network-name", .kind = OPTION_TEXT},
        {.name = "mount", .kind = OPTION_TEXT},
        {.name = "env", .letter = 'e', .kind = OPTION_TEXT},
        {.name = "as-current-user", .kind = OPTION_FLAG},
        {.name = "stack-trace", .kind = OPTION_FLAG},
        {.name = "help", .letter = 'h', .kind = OPTION_HELP, .target = &args.help, .help = "this text"},
        {.name = NULL},
    };
    const struct option *tables[] = {table};
    struct option_result result = {.arguments = {NULL, 0, 0}};
    struct resource_map map = {NULL, 0, 0};
    if (!options_parse(c->arena, tables, 1, c->argc, c->argv, &result, c->diag))
        return context_finish(c, EXIT_FAILED);
    if (args.help)
        return kustomize_help(c, "build [DIR]", "Prints the objects of the kustomization in DIR (default: .).", table);
    if (!check(&args, &result, c->diag))
        return context_finish(c, EXIT_FAILED);
    if (args.helm_command.len)
        diag_warning(c->diag, "--helm-command is ignored: yare renders charts itself");
    const struct build_options options = options_of(&args);
    const char *path = result.arguments.count ? arena_text(c->arena, result.arguments.items[0]) : ".";
    if (kustomization_build(c->arena, c->sources, path, &options, &map, c->diag))
        put(c, &args, &map);
    return context_finish(c, EXIT_DONE);
}
