/*
 * helm_options.c - options and first steps that helm's commands share
 */
#include "cli/helm_options.h"

#include "base/file.h"
#include "cli/kubeconfig.h"
#include "golang/strconv.h"

#include <stdlib.h>

#define IGNORED_FLAG(name) {name, 0, OPTION_FLAG, NULL, NULL, NULL, NULL, NULL}
#define IGNORED_TEXT(name) {name, 0, OPTION_TEXT, NULL, "string", NULL, NULL, NULL}

const struct option helm_ignored_options[] = {
    IGNORED_TEXT("burst-limit"),
    IGNORED_TEXT("ca-file"),
    IGNORED_TEXT("cert-file"),
    IGNORED_TEXT("color"),
    IGNORED_TEXT("colour"),
    IGNORED_TEXT("content-cache"),
    IGNORED_FLAG("create-namespace"),
    IGNORED_TEXT("description"),
    IGNORED_FLAG("devel"),
    IGNORED_FLAG("disable-openapi-validation"),
    {"force", 0, OPTION_FLAG, NULL, NULL, NULL, NULL, "Flag --force has been deprecated, use --force-replace instead"},
    IGNORED_FLAG("force-conflicts"),
    IGNORED_FLAG("force-replace"),
    IGNORED_FLAG("hide-notes"),
    IGNORED_FLAG("insecure-skip-tls-verify"),
    IGNORED_TEXT("key-file"),
    IGNORED_TEXT("keyring"),
    IGNORED_TEXT("kube-apiserver"),
    IGNORED_TEXT("kube-as-group"),
    IGNORED_TEXT("kube-as-user"),
    IGNORED_TEXT("kube-ca-file"),
    IGNORED_FLAG("kube-insecure-skip-tls-verify"),
    IGNORED_TEXT("kube-tls-server-name"),
    IGNORED_TEXT("kube-token"),
    {"labels", 'l', OPTION_TEXT, NULL, "k=v", NULL, NULL, NULL},
    IGNORED_FLAG("pass-credentials"),
    IGNORED_TEXT("password"),
    IGNORED_FLAG("plain-http"),
    IGNORED_TEXT("qps"),
    IGNORED_TEXT("registry-config"),
    IGNORED_FLAG("render-subchart-notes"),
    IGNORED_FLAG("replace"),
    IGNORED_TEXT("repository-cache"),
    IGNORED_TEXT("repository-config"),
    IGNORED_FLAG("rollback-on-failure"),
    IGNORED_FLAG("server-side"),
    IGNORED_FLAG("skip-crds"),
    IGNORED_FLAG("take-ownership"),
    IGNORED_TEXT("timeout"),
    IGNORED_TEXT("username"),
    IGNORED_FLAG("verify"),
    {"wait", 0, OPTION_TEXT, NULL, "strategy", NULL, "watcher", NULL},
    IGNORED_FLAG("wait-for-jobs"),
    {NULL, 0, OPTION_FLAG, NULL, NULL, NULL, NULL, NULL},
};

static bool is_set(const char *variable)
{
    const char *value = getenv(variable);
    return value && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
}

bool helm_apply_global(struct context *c, struct helm_global_options *global)
{
    if (slice_is(global->helm_version, "3"))
        c->style = MESSAGES_HELM3;
    else if (global->helm_version.len && !slice_is(global->helm_version, "4"))
        return diag_error(c->diag, "--helm-version is 3 or 4, not '%.*s'", SLICE_ARG(global->helm_version));
    c->debug = global->debug || is_set("HELM_DEBUG");
    const char *seed = getenv("YARE_SEED");
    if (!global->seed.ptr && seed)
        global->seed = slice_text(seed);
    if (global->seed.ptr && go_parse_uint(global->seed, 10, 64, &global->seed_value) != GO_NUMBER_OK)
        return diag_error(c->diag, "--seed wants a whole number, not '%.*s'", SLICE_ARG(global->seed));
    return true;
}

struct slice helm_namespace(struct context *c, const struct helm_global_options *global)
{
    const char *from_environment = getenv("HELM_NAMESPACE");
    if (global->name_space.len)
        return global->name_space;
    if (from_environment && *from_environment)
        return slice_text(from_environment);
    return kubeconfig_namespace(c->arena, global->kubeconfig, global->kube_context);
}

bool helm_locate_chart(struct context *c, struct slice argument, struct slice repository, struct slice *path)
{
    struct slice name = slice_trim(argument);
    const char *text = arena_text(c->arena, name);
    *path = name;
    if (repository.len)
        return diag_error(c->diag, "charts of repositories cannot be fetched yet: %.*s", SLICE_ARG(repository));
    if (file_exists(text))
        return true;
    if (slice_starts(name, SLICE("/")) || slice_starts(name, SLICE(".")))
        return diag_error(c->diag, "path \"%s\" not found", text);
    size_t slash = slice_find_char(name, '/');
    if (slash == name.len)
        return diag_error(c->diag, "non-absolute URLs should be in form of repo_name/path_to_chart, got: %s", text);
    if (slice_find(name, SLICE("://")) < name.len)
        return diag_error(c->diag, "charts of repositories cannot be fetched yet: %s", text);
    return diag_error(c->diag, "repo %.*s not found", SLICE_ARG(slice_part(name, 0, slash)));
}

bool helm_read_values(struct context *c, const struct helm_value_options *values, bool helm3,
                      struct value_layers *layers)
{
    struct layer_flags flags = {
        .files = {values->files.items, values->files.count},
        .set_json = {values->set_json.items, values->set_json.count},
        .set = {values->set.items, values->set.count},
        .set_string = {values->set_string.items, values->set_string.count},
        .set_file = {values->set_file.items, values->set_file.count},
        .set_literal = {values->set_literal.items, values->set_literal.count},
    };
    return value_layers_read(c->arena, &flags, helm3, c->sources, layers, c->diag);
}

int helm_help(struct context *c, const char *usage, const char *summary, const struct option *const *tables,
              size_t count)
{
    struct buffer out = BUFFER_INIT;
    buffer_printf(&out, "%s\n\nUsage:\n  helm %s [flags]\n\nFlags:\n", summary, usage);
    for (size_t i = 0; i < count; i++)
        options_write_help(tables[i], &out);
    context_print(c, buffer_slice(&out));
    buffer_release(&out);
    return context_finish(c, EXIT_DONE);
}
