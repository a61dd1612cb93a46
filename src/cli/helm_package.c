/*
 * helm_package.c - `helm package`
 */
#include "base/file.h"
#include "chart/dependency_update.h"
#include "chart/package.h"
#include "cli/helm_remote.h"
#include "golang/path.h"

struct package_run {
    struct helm_global_options global;
    struct helm_remote_options remote;
    struct chart_package_options package;
    struct slice destination;
    struct slice key;
    struct slice keyring;
    struct slice passphrase_file;
    bool sign;
    bool update;
    bool help;
};

static bool check_signing(const struct package_run *run, struct diag *diag)
{
    if (!run->sign)
        return true;
    if (run->key.len == 0)
        return diag_error(diag, "--key is required for signing a package");
    if (run->keyring.ptr && run->keyring.len == 0)
        return diag_error(diag, "--keyring is required for signing a package");
    return diag_error(diag, "yare does not sign packages: leave --sign out, or use Helm itself for it");
}

/* The folder as Helm's messages show it: absolute for the working folder, else as it was given. */
static const char *destination(struct context *c, const struct package_run *run)
{
    struct slice given = run->destination.ptr ? run->destination : SLICE(".");
    bool is_here = slice_is(given, ".");
    return arena_text(c->arena, is_here ? go_path_abs(c->arena, given) : go_path_clean(c->arena, given));
}

/* --dependency-update, which says nothing here. */
static bool update(struct context *c, const struct package_run *run, const char *path)
{
    struct dependency_options options = {.load = {.helm3 = c->style == MESSAGES_HELM3},
                                         .source = &run->remote.source,
                                         .now = helm_now(c->arena)};
    struct buffer ignored = BUFFER_INIT;
    bool ok = !run->update || dependency_update(path, &options, c->sources, &ignored, c->diag);
    buffer_release(&ignored);
    return ok;
}

static bool package_loaded(struct context *c, const struct package_run *run, const struct chart *chart,
                           struct buffer *out)
{
    struct slice path;
    if (!chart_package_check(chart, &run->package, c->arena, c->diag) ||
        !chart_package(chart, destination(c, run), &run->package, c->arena, &path, c->diag))
        return false;
    buffer_printf(out, "Successfully packaged chart and saved it to: %.*s\n", SLICE_ARG(path));
    return true;
}

static bool package_one(struct context *c, const struct package_run *run, struct slice argument, struct buffer *out)
{
    const struct chart_load_options options = {.helm3 = c->style == MESSAGES_HELM3};
    const char *path = arena_text(c->arena, go_path_abs(c->arena, argument));
    struct chart *chart = NULL;
    if (!file_exists(path))
        return diag_error(c->diag, "stat %.*s: no such file or directory", SLICE_ARG(argument));
    if (!update(c, run, path))
        return false;
    if (!file_is_directory(path))
        return diag_error(c->diag, "unable to detect chart at %s/Chart.yaml: open %s/Chart.yaml: not a directory", path,
                          path);
    if (!chart_load(path, &options, c->sources, &chart, c->diag))
        return false;
    bool ok = package_loaded(c, run, chart, out);
    chart_free(chart);
    return ok;
}

static int package_all(struct context *c, struct package_run *run, const struct text_list *paths)
{
    struct buffer out = BUFFER_INIT;
    bool ok = paths->count > 0 || diag_error(c->diag, "need at least one argument, the path to the chart");
    ok = ok && check_signing(run, c->diag) && helm_remote_apply(c, &run->global, &run->remote);
    for (size_t i = 0; ok && i < paths->count; i++)
        ok = package_one(c, run, paths->items[i], &out);
    context_print(c, buffer_slice(&out));
    buffer_release(&out);
    return context_finish(c, ok ? EXIT_DONE : EXIT_FAILED);
}

int helm_package(struct context *c)
{
    struct package_run run;
    struct option_result result;
    memset(&run, 0, sizeof run);
    const struct option own[] = {
        {.name = "app-version",
         .kind = OPTION_TEXT,
         .target = &run.package.app_version,
         .argument = "string",
         .help = "appVersion of the packed chart"},
        {.name = "dependency-update",
         .letter = 'u',
         .kind = OPTION_FLAG,
         .target = &run.update,
         .help = "fill charts/ from Chart.yaml first"},
        {.name = "destination",
         .letter = 'd',
         .kind = OPTION_TEXT,
         .target = &run.destination,
         .argument = "folder",
         .help = "where the archive goes (default: here)"},
        {.name = "help", .letter = 'h', .kind = OPTION_HELP, .target = &run.help, .help = "this text"},
        {.name = "key", .kind = OPTION_TEXT, .target = &run.key, .argument = "name"},
        {.name = "keyring", .kind = OPTION_TEXT, .target = &run.keyring, .argument = "file"},
        {.name = "passphrase-file", .kind = OPTION_TEXT, .target = &run.passphrase_file, .argument = "file"},
        {.name = "sign", .kind = OPTION_FLAG, .target = &run.sign},
        {.name = "version",
         .kind = OPTION_TEXT,
         .target = &run.package.version,
         .argument = "string",
         .help = "version of the packed chart"},
        {.name = NULL},
    };
    const struct option *tables[] = {own, helm_remote_table(c, &run.remote, false),
                                     helm_global_table(c->arena, &run.global)};
    if (!helm_parse(c, tables, 3, &run.global, &result))
        return context_finish(c, EXIT_FAILED);
    if (run.help)
        return helm_help(c, "package [CHART_PATH] [...]", "Packs the folders of charts into archives.", tables, 3);
    return package_all(c, &run, &result.arguments);
}
