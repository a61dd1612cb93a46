/*
 * helm_push.c - `helm push`
 */
#include "base/file.h"
#include "chart/registry_chart.h"
#include "cli/helm_remote.h"
#include "golang/time_format.h"
#include "golang/url.h"

#include <sys/stat.h>

static const char usage[] = "push [chart] [remote]";

/* When the archive was written, which stands for when the chart was made. */
static struct slice modified(struct arena *a, const struct stat *st)
{
    struct buffer text = BUFFER_INIT;
    struct go_time t = go_time_utc(st->st_mtime, 0);
    go_time_in(t, "Local", &t);
    go_time_format(&text, t, SLICE("2006-01-02T15:04:05Z07:00"));
    return buffer_move(&text, a);
}

static bool check_remote(struct context *c, struct slice remote)
{
    struct go_url url;
    struct slice error;
    if (!go_url_parse(c->arena, remote, &url, &error))
        return diag_error(c->diag, "invalid chart URL format: %.*s", SLICE_ARG(remote));
    if (!url.scheme.len)
        return diag_error(c->diag, "scheme prefix missing from remote (e.g. \"oci://\")");
    return slice_is(url.scheme, "oci") ||
           diag_error(c->diag, "scheme \"%.*s\" not supported", SLICE_ARG(url.scheme));
}

static bool push(struct context *c, const struct helm_remote_options *o, struct slice archive, struct slice remote)
{
    struct registry_push push = {.provenance = {NULL, 0}};
    const char *path = arena_text(c->arena, archive);
    const char *provenance = arena_printf(c->arena, "%s.prov", path).ptr;
    struct stat st;
    if (!check_remote(c, remote))
        return false;
    if (stat(path, &st) != 0)
        return diag_error(c->diag, "%s: no such file", path);
    if (S_ISDIR(st.st_mode))
        return diag_error(c->diag, "cannot push directory, must provide chart archive (.tgz)");
    push.created = modified(c->arena, &st);
    return file_read(c->arena, path, 0, &push.archive, c->diag) &&
           (!file_exists(provenance) || file_read(c->arena, provenance, 0, &push.provenance, c->diag)) &&
           registry_chart_push(&o->source, &push, remote, c->sources, c->arena, c->diag);
}

int helm_push(struct context *c)
{
    struct helm_global_options global = {.debug = false};
    struct helm_remote_options remote;
    struct option_result result;
    bool help = false;
    const struct option own[] = {
        {.name = "help", .letter = 'h', .kind = OPTION_HELP, .target = &help, .help = "this text"},
        {.name = NULL},
    };
    const struct option *tables[] = {own, helm_remote_table(c, &remote, false),
                                     helm_global_table(c->arena, &global)};
    size_t count = sizeof tables / sizeof tables[0];
    if (!helm_parse(c, tables, count, &global, &result))
        return context_finish(c, EXIT_FAILED);
    if (help)
        return helm_help(c, usage, "Stores a packed chart in a registry.", tables, count);
    bool ok = helm_check_arguments(c, usage, &result.arguments, HELM_AT_LEAST, 2) &&
              helm_remote_apply(c, &global, &remote) &&
              push(c, &remote, result.arguments.items[0], result.arguments.items[1]);
    return context_finish(c, ok ? EXIT_DONE : EXIT_FAILED);
}
