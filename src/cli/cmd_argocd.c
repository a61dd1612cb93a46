/*
 * cmd_argocd.c - `yare argocd`: what Argo CD runs, and what it is told
 *
 * As a config management plugin yare is run in the folder of an application, which it does not trust: templates run no
 * programs, values files stay in the repository, and it ends before Argo CD's patience does. Standard output has
 * manifests only, and has them whole: nothing is printed before everything is rendered.
 */
#include "argocd/plugin_file.h"
#include "base/file.h"
#include "cli/argocd.h"
#include "golang/time_format.h"
#include "project/app_render.h"
#include "project/listing.h"
#include "project/repository.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    DEFAULT_DEADLINE = 90 /* seconds: Argo CD's default of ARGOCD_EXEC_TIMEOUT */
};

/* --- what can be rendered here -------------------------------------------------------------------------------- */

/* Argo CD takes any output for yes, and none for no. */
static int discover(struct context *c)
{
    struct project_place place;
    struct buffer line = BUFFER_INIT;
    if (!project_detect(c->arena, SLICE("."), &place, c->diag)) {
        diag_clear(c->diag);
        return context_finish(c, EXIT_DONE);
    }
    buffer_printf(&line, "%.*s\n", SLICE_ARG(place.path));
    context_print(c, buffer_slice(&line));
    buffer_release(&line);
    return context_finish(c, EXIT_DONE);
}

/* Environments are a help only: a state file that cannot be read gives none, and says why when it is rendered. */
static int parameters(struct context *c)
{
    struct plan_options options = {.helmfile = {.environment = SLICE("default")}};
    struct helmfile_texts environments = {NULL, 0};
    struct project_place place;
    struct buffer text = BUFFER_INIT;
    if (!project_detect(c->arena, SLICE("."), &place, c->diag) ||
        (place.kind == PROJECT_HELMFILE &&
         !listing_environments(c->arena, c->sources, SLICE("."), &options, &environments, c->diag)))
        diag_clear(c->diag);
    if (plugin_parameters_write(environments.items, environments.count, c->arena, &text, c->diag))
        context_print(c, buffer_slice(&text));
    buffer_release(&text);
    return context_finish(c, EXIT_DONE);
}

static int plugin(struct context *c)
{
    struct plugin_file_options o = {.name = SLICE("yare"), .command = SLICE("/usr/local/bin/yare")};
    struct option_result result;
    struct buffer text = BUFFER_INIT;
    bool help = false;
    const struct option table[] = {
        {.name = "command",
         .kind = OPTION_TEXT,
         .target = &o.command,
         .argument = "path",
         .help = "where yare is in the sidecar (default /usr/local/bin/yare)"},
        {.name = "help", .letter = 'h', .kind = OPTION_HELP, .target = &help, .help = "this text"},
        {.name = "name", .kind = OPTION_TEXT, .target = &o.name, .argument = "name", .help = "of the plugin (default yare)"},
        {.name = "no-discovery",
         .kind = OPTION_FLAG,
         .target = &o.no_discovery,
         .help = "only applications that name the plugin use it"},
        {.name = NULL},
    };
    const struct option *tables[] = {table};
    if (!options_parse(c->arena, tables, 1, c->argc, c->argv, &result, c->diag))
        return context_finish(c, EXIT_USAGE);
    if (help)
        return project_help(c, "argocd plugin [options]",
                            "Prints the plugin.yaml of a sidecar that renders with yare.", tables, 1);
    if (plugin_file_write(&o, c->arena, &text, c->diag))
        context_print(c, buffer_slice(&text));
    buffer_release(&text);
    return context_finish(c, EXIT_DONE);
}

/* --- a deadline ----------------------------------------------------------------------------------------------- */

static void stop_late(int signal_number)
{
    static const char text[] = "error: rendering took longer than ARGOCD_EXEC_TIMEOUT allows\n";
    (void)signal_number;
    if (write(STDERR_FILENO, text, sizeof text - 1) < 0)
        _exit(EXIT_FAILED);
    _exit(EXIT_FAILED);
}

/* Argo CD kills a command that is late without a word; yare ends a little earlier, with one. */
static bool set_deadline(struct context *c)
{
    const char *text = getenv("ARGOCD_EXEC_TIMEOUT");
    int64_t nanoseconds = DEFAULT_DEADLINE * INT64_C(1000000000);
    struct slice error;
    if (text && *text && !go_parse_duration(c->arena, slice_text(text), &nanoseconds, &error))
        return diag_error(c->diag, "ARGOCD_EXEC_TIMEOUT: %.*s", SLICE_ARG(error));
    int64_t seconds = nanoseconds / 1000000000 - 1;
    signal(SIGALRM, stop_late);
    alarm(seconds < 1 ? 1 : (unsigned)seconds);
    return true;
}

/* --- generate ------------------------------------------------------------------------------------------------- */

static bool check_inside(struct context *c, const char *root, struct slice path)
{
    const char *text = arena_text(c->arena, path);
    if (!file_exists(text))
        return diag_error(c->diag, "open %s: no such file or directory", text);
    return repository_holds(root, text) || diag_error(c->diag, "values file %s is outside of the repository", text);
}

static bool check_values_files(struct context *c, const struct plugin_texts *files)
{
    const char *root = repository_root(c->arena, SLICE("."));
    for (size_t i = 0; i < files->count; i++) {
        if (!check_inside(c, root, files->items[i]))
            return false;
    }
    return true;
}

static int generate(struct context *c)
{
    struct plugin_call call;
    struct buffer text = BUFFER_INIT;
    bool ok = set_deadline(c) && plugin_call_read(c->arena, &call, c->diag) &&
              check_values_files(c, &call.values_files) &&
              app_render_plugin(c->arena, c->sources, SLICE("."), &call, &text, c->diag);
    if (ok && slice_trim(buffer_slice(&text)).len == 0 && !call.allow_empty)
        ok = diag_error(c->diag, "nothing was rendered: Argo CD would delete what the application has (parameter "
                                 "allow-empty \"true\" lets it)");
    if (ok)
        context_print(c, buffer_slice(&text));
    buffer_release(&text);
    return context_finish(c, EXIT_DONE);
}

/* --- the command ---------------------------------------------------------------------------------------------- */

static const struct command commands[] = {
    {"plugin", plugin, "print the plugin.yaml of a sidecar that renders with yare"},
    {"discover", discover, "print what can be rendered in this folder; nothing where there is nothing"},
    {"parameters", parameters, "print the parameters that generate takes, as JSON"},
    {"generate", generate, "print the manifests of the application in ARGOCD_APP_NAME and its kin"},
    {"apps", argocd_apps, "write Applications for the releases of a helmfile"},
    {NULL, NULL, NULL},
};

static int usage(struct context *c, int code)
{
    struct buffer out = BUFFER_INIT;
    buffer_add_text(&out, "What Argo CD runs, and what it is told.\n\nUsage:\n  yare argocd COMMAND [options]\n\n"
                          "Commands:\n");
    for (const struct command *row = commands; row->name; row++)
        buffer_printf(&out, "  %-12s%s\n", row->name, row->summary);
    context_print(c, buffer_slice(&out));
    buffer_release(&out);
    return context_finish(c, code);
}

int cmd_argocd(struct context *c)
{
    const char *name = c->argc ? c->argv[0] : "";
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
        return usage(c, EXIT_DONE);
    const struct command *row = command_find(commands, name);
    if (!row) {
        if (*name)
            diag_error(c->diag, "unknown command '%s' (yare argocd --help lists them)", name);
        return *name ? context_finish(c, EXIT_USAGE) : usage(c, EXIT_USAGE);
    }
    c->argc--;
    c->argv++;
    return row->run(c);
}
