/*
 * helm_env.c - `helm env`
 */
#include "chart/helm_paths.h"
#include "cli/helm_options.h"
#include "golang/fmt_number.h"
#include "golang/strconv.h"

#include <stdio.h>
#include <stdlib.h>

struct env_line {
    const char *name;
    struct slice value;
};

static const char *bool_text(bool on)
{
    return on ? "true" : "false";
}

static struct slice option_or(struct slice option, const char *otherwise)
{
    return option.ptr ? option : slice_text(otherwise);
}

/* The option, else the variable. */
static struct slice text_setting(struct slice option, const char *variable)
{
    return option.ptr ? option : slice_text(getenv(variable));
}

static struct slice integer_setting(struct context *c, struct slice option, const char *variable, int64_t otherwise)
{
    struct buffer text = BUFFER_INIT;
    int64_t number = otherwise;
    if (!option.ptr || go_parse_int(option, 0, 64, &number) != GO_NUMBER_OK) {
        if (go_parse_int(slice_text(getenv(variable)), 10, 64, &number) != GO_NUMBER_OK)
            number = otherwise;
    }
    go_format_int(&text, number, 10);
    return buffer_move(&text, c->arena);
}

static struct slice qps_setting(struct context *c, struct slice option)
{
    struct buffer text = BUFFER_INIT;
    double number = 0;
    struct slice given = text_setting(option, "HELM_QPS");
    if (go_parse_float(given, 32, &number) != GO_NUMBER_OK)
        number = 0;
    go_format_float(&text, number, 'f', 2, 32);
    return buffer_move(&text, c->arena);
}

/* Groups of the variable, its blanks and commas at the ends dropped; options replace them, and show twice because Helm
   parses its command line twice. */
static struct slice groups_setting(struct context *c, const struct text_list *options)
{
    struct buffer text = BUFFER_INIT;
    struct slice groups = slice_text(getenv("HELM_KUBEASGROUPS"));
    while (groups.len && strchr(", ", groups.ptr[0]))
        groups = slice_after(groups, 1);
    while (groups.len && strchr(", ", groups.ptr[groups.len - 1]))
        groups.len--;
    if (options->count == 0)
        return groups;
    for (size_t i = 0; i < 2 * options->count; i++) {
        if (i)
            buffer_add_char(&text, ',');
        buffer_add(&text, options->items[i % options->count]);
    }
    return buffer_move(&text, c->arena);
}

static bool insecure_setting(bool option)
{
    bool on = false;
    options_read_bool(slice_text(getenv("HELM_KUBEINSECURE_SKIP_TLS_VERIFY")), &on);
    return option || on;
}

static const char *own_path(struct context *c)
{
    return c->program ? c->program : "helm";
}

static void print_lines(struct context *c, const struct env_line *lines, size_t count)
{
    struct buffer out = BUFFER_INIT;
    for (size_t i = 0; i < count; i++) {
        if (lines[i].name)
            buffer_printf(&out, "%s=\"%.*s\"\n", lines[i].name, SLICE_ARG(lines[i].value));
    }
    context_print(c, buffer_slice(&out));
    buffer_release(&out);
}

static void print_one(struct context *c, const struct env_line *lines, size_t count, struct slice name)
{
    struct buffer out = BUFFER_INIT;
    for (size_t i = 0; i < count; i++) {
        if (lines[i].name && slice_is(name, lines[i].name))
            buffer_add(&out, lines[i].value);
    }
    buffer_add_char(&out, '\n');
    context_print(c, buffer_slice(&out));
    buffer_release(&out);
}

static void print(struct context *c, const struct helm_global_options *g, const struct text_list *arguments)
{
    struct helm_paths s;
    helm_paths_find(c->arena, &s);
    const struct env_line lines[] = {
        {"HELM_BIN", slice_text(own_path(c))},
        {"HELM_BURST_LIMIT", integer_setting(c, g->burst_limit, "HELM_BURST_LIMIT", 100)},
        {"HELM_CACHE_HOME", slice_text(s.cache_home)},
        {"HELM_CONFIG_HOME", slice_text(s.config_home)},
        {"HELM_CONTENT_CACHE", option_or(g->content_cache, s.content_cache)},
        {"HELM_DATA_HOME", slice_text(s.data_home)},
        {"HELM_DEBUG", slice_text(bool_text(c->debug))},
        {"HELM_KUBEAPISERVER", text_setting(g->kube_apiserver, "HELM_KUBEAPISERVER")},
        {"HELM_KUBEASGROUPS", groups_setting(c, &g->kube_as_group)},
        {"HELM_KUBEASUSER", text_setting(g->kube_as_user, "HELM_KUBEASUSER")},
        {"HELM_KUBECAFILE", text_setting(g->kube_ca_file, "HELM_KUBECAFILE")},
        {"HELM_KUBECONTEXT", text_setting(g->kube_context, "HELM_KUBECONTEXT")},
        {"HELM_KUBEINSECURE_SKIP_TLS_VERIFY", slice_text(bool_text(insecure_setting(g->kube_insecure)))},
        {"HELM_KUBETLS_SERVER_NAME", text_setting(g->kube_tls_server_name, "HELM_KUBETLS_SERVER_NAME")},
        {"HELM_KUBETOKEN", text_setting(g->kube_token, "HELM_KUBETOKEN")},
        {"HELM_MAX_HISTORY", integer_setting(c, slice_of(NULL, 0), "HELM_MAX_HISTORY", 10)},
        {"HELM_NAMESPACE", helm_namespace(c, g)},
        {"HELM_PLUGINS", slice_text(s.plugins)},
        {"HELM_QPS", qps_setting(c, g->qps)},
        {"HELM_REGISTRY_CONFIG", option_or(g->registry_config, s.registry_config)},
        {"HELM_REPOSITORY_CACHE", option_or(g->repository_cache, s.repository_cache)},
        {"HELM_REPOSITORY_CONFIG", option_or(g->repository_config, s.repository_config)},
        {g->kubeconfig.len ? "KUBECONFIG" : NULL, g->kubeconfig},
    };
    size_t count = sizeof lines / sizeof lines[0];
    if (arguments->count)
        print_one(c, lines, count, arguments->items[0]);
    else
        print_lines(c, lines, count);
}

int helm_env(struct context *c)
{
    struct helm_global_options global;
    struct option_result result;
    bool help = false;
    memset(&global, 0, sizeof global);
    const struct option own[] = {
        {.name = "help", .letter = 'h', .kind = OPTION_HELP, .target = &help, .help = "this text"},
        {.name = NULL},
    };
    const struct option *tables[] = {own, helm_global_table(c->arena, &global)};
    if (!helm_parse(c, tables, 2, &global, &result))
        return context_finish(c, EXIT_FAILED);
    if (help)
        return helm_help(c, "env", "Prints the settings that come from options and the environment.", tables, 2);
    if (!helm_check_arguments(c, "env", &result.arguments, HELM_AT_MOST, 1))
        return context_finish(c, EXIT_FAILED);
    print(c, &global, &result.arguments);
    return context_finish(c, EXIT_DONE);
}
