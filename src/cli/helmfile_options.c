/*
 * helmfile_options.c - options and first steps that helmfile's commands share
 */
#include "cli/helmfile_options.h"

#include "base/file.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#define IGNORED_FLAG(word) {.name = word, .kind = OPTION_FLAG}
#define IGNORED_TEXT(word) {.name = word, .kind = OPTION_TEXT, .argument = "text"}

#define REFUSED_TEXT(word, member) {.name = word, .kind = OPTION_TEXT, .target = &o->member, .argument = "text"}

#define TEXT(word, short_name, member, argument_name, sentence)                                                        \
    {.name = word, .letter = short_name, .kind = OPTION_TEXT, .target = &o->member, .argument = argument_name,         \
     .help = sentence}
#define TEXTS(word, short_name, member, argument_name, sentence)                                                       \
    {.name = word, .letter = short_name, .kind = OPTION_TEXTS, .target = &o->member, .argument = argument_name,        \
     .help = sentence}
#define FLAG(word, short_name, member, sentence)                                                                       \
    {.name = word, .letter = short_name, .kind = OPTION_FLAG, .target = &o->member, .help = sentence}

const struct option *helmfile_table(struct arena *a, struct helmfile_command *o)
{
    o->skip_needs = true;
    const struct option rows[] = {
        FLAG("allow-exec", 0, allow_exec, "let templates of state files run programs (exec); also YARE_ALLOW_EXEC=true"),
        FLAG("allow-no-matching-release", 0, allow_no_match, "it is no error that no release is found"),
        TEXT("chart", 'c', chart, "chart", "what templates see as .Chart"),
        {.name = "concurrency",
         .kind = OPTION_NUMBER,
         .target = &o->concurrency,
         .argument = "number",
         .help = "threads that render (default: one a processor)"},
        FLAG("debug", 0, debug, "more detail"),
        FLAG("embed-values", 0, embed_values, "build: the contents of values files in the place of their paths"),
        FLAG("enforce-needs-are-installed", 0, enforce_installed, "a need that is not installed is an error"),
        TEXT("environment", 'e', environment, "name", "environment (default: $HELMFILE_ENVIRONMENT, then default)"),
        TEXT("file", 'f', file, "path", "state file, or a folder of them; -: standard input"),
        {.name = "help", .letter = 'h', .kind = OPTION_HELP, .target = &o->help, .help = "this text"},
        FLAG("helmfile-v0", 0, is_v0, "state files as Helmfile 0 had them: all are templates, rendered in two passes"),
        FLAG("include-crds", 0, include_crds, "print the files of crds/ first"),
        FLAG("include-needs", 0, include_needs, "also the releases that selected ones need"),
        FLAG("include-transitive-needs", 0, include_transitive_needs, "the same"),
        TEXT("kube-context", 0, kube_context, "name", "context of all releases"),
        TEXT("kube-version", 0, kube_version, "version", "Kubernetes version of .Capabilities"),
        TEXT("log-level", 0, log_level, "level", "warn and error print no progress"),
        TEXT("namespace", 'n', name_space, "name", "namespace of all releases"),
        FLAG("no-hooks", 0, no_hooks, "leave hooks out"),
        TEXT("output", 0, output, "format", "json or yaml, where the command has a choice"),
        TEXT("output-dir", 0, output_dir, "folder", "write files there instead of printing"),
        TEXT("output-dir-template", 0, output_dir_template, "template", "name of a release's folder"),
        TEXT("output-file-template", 0, output_file_template, "template", "write-values: name of a release's file"),
        FLAG("quiet", 'q', quiet, "print no progress"),
        TEXTS("selector", 'l', selectors, "key=value", "only releases with these labels"),
        TEXTS("set", 0, set, "key=value", "set values of all releases"),
        TEXTS("show-only", 0, show_only, "pattern", "print only what these templates made"),
        FLAG("skip-deps", 0, skip_deps, "do not build dependencies of local charts"),
        FLAG("skip-needs", 0, skip_needs, "only selected releases (default); --skip-needs=false refuses others"),
        FLAG("skip-schema-validation", 0, skip_schema, "do not check values.schema.json"),
        FLAG("skip-tests", 0, skip_tests, "leave test hooks out"),
        TEXTS("state-values-file", 0, state_values_files, "file", "values of the state file"),
        TEXTS("state-values-set", 0, state_values_set, "key=value", "set values of the state file"),
        TEXTS("state-values-set-string", 0, state_values_set_string, "key=text", "set texts of the state file"),
        TEXTS("values", 0, values, "file", "values file over those of all releases"),
        FLAG("write-output", 0, write_output, "fetch: print the state with the paths of the copies"),
        FLAG("version", 'v', version, "the version of helmfile that yare stands in for"),
        IGNORED_FLAG("allow-failed-releases"),
        REFUSED_TEXT("args", refused_args),
        IGNORED_FLAG("color"),
        IGNORED_FLAG("disable-force-update"),
        IGNORED_FLAG("enable-live-output"),
        IGNORED_FLAG("enforce-plugin-verification"),
        {.name = "helm-binary", .letter = 'b', .kind = OPTION_TEXT, .argument = "path"},
        {.name = "interactive", .letter = 'i', .kind = OPTION_FLAG},
        IGNORED_FLAG("keep-temp-dir"),
        IGNORED_TEXT("kubeconfig"),
        {.name = "kustomize-binary", .letter = 'k', .kind = OPTION_TEXT, .argument = "path"},
        IGNORED_FLAG("no-color"),
        IGNORED_FLAG("oci-plain-http"),
        IGNORED_TEXT("repo-retries"),
        IGNORED_FLAG("sequential-helmfiles"),
        IGNORED_FLAG("skip-charts"),
        IGNORED_FLAG("skip-cleanup"),
        IGNORED_FLAG("skip-refresh"),
        IGNORED_FLAG("skip-repos"),
        IGNORED_FLAG("strip-args-values-on-exit-error"),
        IGNORED_FLAG("otel-tracing"),
        REFUSED_TEXT("template-args", refused_template_args),
        REFUSED_TEXT("post-renderer", refused_post_renderer),
        IGNORED_TEXT("post-renderer-args"),
        {.name = "validate", .kind = OPTION_FLAG, .target = &o->validate},
        {.name = NULL},
    };
    struct option *table = arena_alloc(a, sizeof rows);
    memcpy(table, rows, sizeof rows);
    return table;
}

/* --- plan ----------------------------------------------------------------------------------------------------- */

static struct slice or_variable(struct slice given, const char *variable, const char *otherwise)
{
    const char *value = getenv(variable);
    if (given.len)
        return given;
    return slice_text(value && *value ? value : otherwise);
}

static bool is_true(const char *variable)
{
    const char *value = getenv(variable);
    return value && strcmp(value, "true") == 0;
}

static struct helmfile_texts texts(const struct text_list *list)
{
    return (struct helmfile_texts){list->items, list->count};
}

static void helmfile_plan_options(const struct helmfile_command *o, struct plan_options *out)
{
    bool with_needs = o->include_needs || o->include_transitive_needs;
    *out = (struct plan_options){
        .helmfile = {.environment = or_variable(o->environment, "HELMFILE_ENVIRONMENT", "default"),
                     .name_space = or_variable(o->name_space, "HELMFILE_NAMESPACE", ""),
                     .kube_context = or_variable(o->kube_context, "HELMFILE_KUBE_CONTEXT", ""),
                     .chart = o->chart,
                     .selectors = texts(&o->selectors),
                     .state_values_files = texts(&o->state_values_files),
                     .state_values_set = texts(&o->state_values_set),
                     .state_values_set_string = texts(&o->state_values_set_string),
                     .allow_exec = o->allow_exec || is_true("YARE_ALLOW_EXEC"),
                     .is_v0 = o->is_v0,
                     .render_all = is_true("HELMFILE_RENDER_YAML")},
        .values = {.files = {o->values.items, o->values.count}, .set = {o->set.items, o->set.count}},
        .kube_version = o->kube_version,
        .skip_schema = o->skip_schema,
        .skip_deps = o->skip_deps,
        .include_crds = o->include_crds,
        .needs = with_needs ? NEEDS_INCLUDE : o->skip_needs ? NEEDS_SKIP : NEEDS_REFUSE,
        .enforce_installed = o->enforce_installed,
        .is_helmfile = true,
    };
}

/* --- the state file ------------------------------------------------------------------------------------------- */

static bool find_default(struct context *c, struct slice *path)
{
    struct project_place place;
    struct diag found;
    diag_init(&found);
    bool ok = project_detect(c->arena, SLICE("."), &place, &found);
    if (ok && place.kind == PROJECT_HELMFILE)
        *path = place.path;
    else if (!ok && slice_find(found.last->message, SLICE("nothing to render")) == found.last->message.len)
        diag_append(c->diag, &found);
    else
        ok = diag_error(c->diag, "no state file found. It must be named helmfile.d/*.{yaml,yml,yaml.gotmpl,yml.gotmpl}, "
                                 "helmfile.yaml, or helmfile.yaml.gotmpl, otherwise specified with the --file flag or "
                                 "HELMFILE_FILE_PATH environment variable");
    diag_release(&found);
    return ok;
}

/* What would change the result cannot be passed over. */
static bool check_refused(struct context *c, const struct helmfile_command *o)
{
    if (o->validate)
        return diag_error(c->diag, "--validate asks a cluster: yare renders without one");
    const char *flag = o->refused_args.len            ? "--args"
                       : o->refused_template_args.len ? "--template-args"
                       : o->refused_post_renderer.len ? "--post-renderer"
                                                      : NULL;
    return !flag || diag_error(c->diag, "%s is not honoured: yare renders without helm and its plugins", flag);
}

bool helmfile_enter(struct context *c, const struct helmfile_command *o, struct plan_options *options,
                    struct slice *path)
{
    if (!check_refused(c, o))
        return false;
    helmfile_plan_options(o, options);
    *path = or_variable(o->file, "HELMFILE_FILE_PATH", "");
    if (path->len == 0 && !find_default(c, path))
        return false;
    const char *text = arena_text(c->arena, *path);
    if (slice_is(*path, "-"))
        return true;
    if (!file_exists(text))
        return diag_error(c->diag, "specified state file %s is not found", text);
    if (file_is_directory(text))
        return true;
    const char *folder = arena_text(c->arena, file_folder(*path));
    if (chdir(folder) != 0)
        return diag_error(c->diag, "chdir %s: %s", folder, file_error_text(errno));
    options->helmfile.shown_folder = slice_text(folder);
    *path = file_base(*path);
    return true;
}

bool helmfile_each_state(struct context *c, const struct helmfile_command *o, helmfile_visit_fn *found, void *context,
                         struct helmfile *h)
{
    struct plan_options *options = ARENA_NEW(c->arena, struct plan_options);
    struct helmfile_visit visit = {.found = found,
                                   .context = context,
                                   .command = arena_text(c->arena, o->words.items[0]),
                                   .peer_errors = true};
    if (strcmp(visit.command, "print-env") == 0)
        visit.command = NULL; /* it has no hooks */
    struct helmfile_texts files;
    struct slice path;
    if (!helmfile_enter(c, o, options, &path))
        return false;
    helmfile_init(h, c->arena, c->sources, &options->helmfile);
    return helmfile_files(h, path, &files, c->diag) &&
           helmfile_visit_files(h, &files, &visit, c->diag);
}

/* --- the end -------------------------------------------------------------------------------------------------- */

static void report_no_match(struct context *c, const struct helmfile_command *o)
{
    struct plan_options options;
    struct buffer list = BUFFER_INIT;
    helmfile_plan_options(o, &options);
    for (size_t i = 0; i < o->selectors.count; i++)
        buffer_printf(&list, "%s%.*s", i ? ", " : "", SLICE_ARG(o->selectors.items[i]));
    diag_warning(c->diag,
                 "err: no releases found that matches specified selector(%.*s) and environment(%.*s), in any helmfile",
                 SLICE_ARG(list.len ? buffer_slice(&list) : SLICE("")), SLICE_ARG(options.helmfile.environment));
    buffer_release(&list);
}

int helmfile_finish(struct context *c, const struct helmfile_command *o, bool ok, bool found)
{
    if (!ok)
        return context_finish(c, EXIT_FAILED);
    if (!found)
        report_no_match(c, o);
    return context_finish(c, found || o->allow_no_match ? EXIT_DONE : EXIT_NO_MATCH);
}
