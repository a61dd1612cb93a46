/*
 * helm_options.c - options and first steps that helm's commands share
 */
#include "cli/helm_options.h"

#include "base/file.h"
#include "chart/log_line.h"
#include "cli/kubeconfig.h"
#include "golang/strconv.h"
#include "golang/time_format.h"

#include <stdlib.h>

#define IGNORED_FLAG(text) \
    { \
        .name = text, .kind = OPTION_FLAG \
    }
#define IGNORED_TEXT(text) \
    { \
        .name = text, .kind = OPTION_TEXT, .argument = "string" \
    }
#define CHECKED_TEXT(text, check_fn) \
    { \
        .name = text, .kind = OPTION_CHECKED, .argument = "string", .check = check_fn \
    }

static bool check_duration(struct slice value, struct buffer *reason)
{
    struct arena scratch;
    struct slice error;
    int64_t ignored;
    arena_init(&scratch);
    bool ok = go_parse_duration(&scratch, value, &ignored, &error);
    if (!ok)
        buffer_add(reason, error);
    arena_release(&scratch);
    return ok;
}

static bool check_integer(struct slice value, struct buffer *reason)
{
    int64_t ignored;
    if (go_parse_int(value, 0, 64, &ignored) == GO_NUMBER_OK)
        return true;
    buffer_add_text(reason, "strconv.ParseInt: parsing ");
    go_quote(reason, value);
    buffer_add_text(reason, ": invalid syntax");
    return false;
}

static bool check_float(struct slice value, struct buffer *reason)
{
    double ignored;
    if (go_parse_float(value, 32, &ignored) == GO_NUMBER_OK)
        return true;
    buffer_add_text(reason, "strconv.ParseFloat: parsing ");
    go_quote(reason, value);
    buffer_add_text(reason, ": invalid syntax");
    return false;
}

/* k=v pairs: with one '=' the whole is one pair, with several it is a comma list of pairs. */
static bool check_pairs(struct slice value, struct buffer *reason)
{
    size_t first = slice_find_char(value, '=');
    size_t last = slice_find_last_char(value, '=');
    struct slice rest = value;
    struct slice pair = value;
    if (first < value.len && first == last)
        return true;
    while (first == value.len || slice_next_piece(&rest, ',', &pair)) {
        if (slice_find_char(pair, '=') == pair.len) {
            buffer_printf(reason, "%.*s must be formatted as key=value", SLICE_ARG(pair));
            return false;
        }
    }
    return true;
}

static bool check_wait(struct slice value, struct buffer *reason)
{
    static const char *const known[] = {"watcher", "legacy", "hookOnly", "true", "false"};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (slice_is(value, known[i]))
            return true;
    }
    buffer_add_text(reason, "invalid wait input ");
    go_quote(reason, value);
    buffer_add_text(reason, ". Valid inputs are watcher, hookOnly, and legacy");
    return false;
}

const struct option helm_ignored_options[] = {
    IGNORED_FLAG("create-namespace"),
    IGNORED_TEXT("description"),
    IGNORED_FLAG("disable-openapi-validation"),
    {.name = "force", .kind = OPTION_FLAG, .note = "Flag --force has been deprecated, use --force-replace instead"},
    IGNORED_FLAG("force-conflicts"),
    IGNORED_FLAG("force-replace"),
    IGNORED_FLAG("hide-notes"),
    {.name = "labels", .letter = 'l', .kind = OPTION_CHECKED, .argument = "k=v", .check = check_pairs},
    IGNORED_FLAG("render-subchart-notes"),
    IGNORED_FLAG("replace"),
    IGNORED_FLAG("rollback-on-failure"),
    IGNORED_FLAG("server-side"),
    IGNORED_FLAG("skip-crds"),
    IGNORED_FLAG("take-ownership"),
    CHECKED_TEXT("timeout", check_duration),
    {.name = "wait", .kind = OPTION_CHECKED, .argument = "strategy", .implied = "watcher", .check = check_wait},
    IGNORED_FLAG("wait-for-jobs"),
    {.name = NULL},
};

static const struct option *keep_rows(struct arena *a, const struct option *rows, size_t size)
{
    return memcpy(arena_alloc(a, size), rows, size);
}

const struct option *helm_global_table(struct arena *a, struct helm_global_options *global)
{
    const struct option rows[] = {
        {.name = "burst-limit",
         .kind = OPTION_CHECKED,
         .target = &global->burst_limit,
         .argument = "int",
         .check = check_integer},
        {.name = "color", .kind = OPTION_TEXT, .target = &global->color, .argument = "string"},
        {.name = "colour", .kind = OPTION_TEXT, .target = &global->color, .argument = "string"},
        {.name = "content-cache", .kind = OPTION_TEXT, .target = &global->content_cache, .argument = "folder"},
        {.name = "debug", .kind = OPTION_FLAG, .target = &global->debug, .help = "more detail on errors"},
        {.name = "helm-version",
         .kind = OPTION_TEXT,
         .target = &global->helm_version,
         .argument = "3|4",
         .help = "whose results where they differ (default 4)"},
        {.name = "kube-apiserver", .kind = OPTION_TEXT, .target = &global->kube_apiserver, .argument = "string"},
        {.name = "kube-as-group", .kind = OPTION_TEXTS, .target = &global->kube_as_group, .argument = "string"},
        {.name = "kube-as-user", .kind = OPTION_TEXT, .target = &global->kube_as_user, .argument = "string"},
        {.name = "kube-ca-file", .kind = OPTION_TEXT, .target = &global->kube_ca_file, .argument = "file"},
        {.name = "kube-context",
         .kind = OPTION_TEXT,
         .target = &global->kube_context,
         .argument = "name",
         .help = "context whose namespace is the default"},
        {.name = "kube-insecure-skip-tls-verify", .kind = OPTION_FLAG, .target = &global->kube_insecure},
        {.name = "kube-tls-server-name",
         .kind = OPTION_TEXT,
         .target = &global->kube_tls_server_name,
         .argument = "string"},
        {.name = "kube-token", .kind = OPTION_TEXT, .target = &global->kube_token, .argument = "string"},
        {.name = "kubeconfig",
         .kind = OPTION_TEXT,
         .target = &global->kubeconfig,
         .argument = "file",
         .help = "kubeconfig that has the context"},
        {.name = "namespace",
         .letter = 'n',
         .kind = OPTION_TEXT,
         .target = &global->name_space,
         .argument = "name",
         .help = "namespace of the release"},
        {.name = "qps", .kind = OPTION_CHECKED, .target = &global->qps, .argument = "float32", .check = check_float},
        {.name = "registry-config", .kind = OPTION_TEXT, .target = &global->registry_config, .argument = "file"},
        {.name = "repository-cache",
         .kind = OPTION_TEXT,
         .target = &global->repository_cache,
         .argument = "folder"},
        {.name = "repository-config",
         .kind = OPTION_TEXT,
         .target = &global->repository_config,
         .argument = "file"},
        {.name = "seed",
         .kind = OPTION_TEXT,
         .target = &global->seed,
         .argument = "number",
         .help = "make random functions, keys and now repeatable"},
        {.name = NULL},
    };
    return keep_rows(a, rows, sizeof rows);
}

const struct option *helm_value_table(struct arena *a, struct helm_value_options *values)
{
    const struct option rows[] = {
        {.name = "values",
         .letter = 'f',
         .kind = OPTION_COMMAS,
         .target = &values->files,
         .argument = "file",
         .help = "values file; later ones win, - is standard input"},
        {.name = "set", .kind = OPTION_TEXTS, .target = &values->set, .argument = "key=value", .help = "set values"},
        {.name = "set-file",
         .kind = OPTION_TEXTS,
         .target = &values->set_file,
         .argument = "key=path",
         .help = "set values to the text of files"},
        {.name = "set-json",
         .kind = OPTION_TEXTS,
         .target = &values->set_json,
         .argument = "key=json",
         .help = "set JSON values"},
        {.name = "set-literal",
         .kind = OPTION_TEXTS,
         .target = &values->set_literal,
         .argument = "key=text",
         .help = "set a text, taken as it is"},
        {.name = "set-string",
         .kind = OPTION_TEXTS,
         .target = &values->set_string,
         .argument = "key=text",
         .help = "set texts"},
        {.name = NULL},
    };
    return keep_rows(a, rows, sizeof rows);
}

static bool is_set(const char *variable)
{
    bool on;
    return options_read_bool(slice_text(getenv(variable)), &on) && on;
}

bool helm_read_seed(struct context *c, struct slice text, bool *seeded, uint64_t *seed)
{
    const char *variable = getenv("YARE_SEED");
    if (!text.ptr && variable)
        text = slice_text(variable);
    *seeded = text.ptr != NULL;
    return !text.ptr || go_parse_uint(text, 10, 64, seed) == GO_NUMBER_OK ||
           diag_error(c->diag, "--seed wants a whole number, not '%.*s'", SLICE_ARG(text));
}

static bool check_color(struct context *c, struct slice mode)
{
    struct buffer text = BUFFER_INIT;
    if (!mode.ptr || slice_is(mode, "never") || slice_is(mode, "auto") || slice_is(mode, "always"))
        return true;
    buffer_add_text(&text, "invalid color mode ");
    go_quote(&text, mode);
    buffer_add_text(&text, ": must be one of: never, auto, always");
    struct log_pair error = {"error", buffer_slice(&text)};
    log_line(c->diag, DIAG_WARNING, "command failed", &error, 1);
    buffer_release(&text);
    return false;
}

bool helm_apply_global(struct context *c, struct helm_global_options *global)
{
    if (!check_color(c, global->color))
        return false;
    if (slice_is(global->helm_version, "3"))
        c->style = MESSAGES_HELM3;
    else if (global->helm_version.len && !slice_is(global->helm_version, "4"))
        return diag_error(c->diag, "--helm-version is 3 or 4, not '%.*s'", SLICE_ARG(global->helm_version));
    c->debug = global->debug || is_set("HELM_DEBUG");
    return helm_read_seed(c, global->seed, &global->seeded, &global->seed_value);
}

bool helm_parse(struct context *c, const struct option *const *tables, size_t count,
                struct helm_global_options *global, struct option_result *result)
{
    return options_parse(c->arena, tables, count, c->argc, c->argv, result, c->diag) && helm_apply_global(c, global);
}

/* The words of a usage that name the command: "show values" of "show values [CHART]". */
static struct slice command_path(struct slice usage)
{
    size_t end = 0;
    struct slice rest = usage;
    struct slice word;
    while (slice_next_piece(&rest, ' ', &word) && word.len && word.ptr[0] >= 'a' && word.ptr[0] <= 'z')
        end = (size_t)(word.ptr - usage.ptr) + word.len;
    return slice_part(usage, 0, end);
}

bool helm_check_arguments(struct context *c, const char *usage, const struct text_list *arguments,
                          enum helm_arity arity, size_t number)
{
    static const char *const verbs[] = {
        [HELM_EXACTLY] = "requires", [HELM_AT_LEAST] = "requires at least", [HELM_AT_MOST] = "accepts at most"};
    size_t count = arguments->count;
    struct buffer wanted = BUFFER_INIT;
    if (arity == HELM_EXACTLY ? count == number : arity == HELM_AT_LEAST ? count >= number : count <= number)
        return true;
    if (number)
        buffer_printf(&wanted, "%s %zu argument%s", verbs[arity], number, number == 1 ? "" : "s");
    else
        buffer_add_text(&wanted, "accepts no arguments");
    diag_error(c->diag, "\"helm %.*s\" %.*s\n\nUsage:  helm %s [flags]", SLICE_ARG(command_path(slice_text(usage))),
               SLICE_ARG(buffer_slice(&wanted)), usage);
    buffer_release(&wanted);
    return false;
}

void helm_debug(struct context *c, const char *message, const char *key, struct slice value)
{
    struct log_pair pair = {key, value};
    if (c->debug && c->style != MESSAGES_HELM3)
        log_line(c->diag, DIAG_DEBUG, message, &pair, key ? 1 : 0);
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
    options_write_help(tables, count, &out);
    context_print(c, buffer_slice(&out));
    buffer_release(&out);
    return context_finish(c, EXIT_DONE);
}
