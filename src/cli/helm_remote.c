/*
 * helm_remote.c - options of helm's commands that reach for repositories and registries
 */
#include "cli/helm_remote.h"

#include "base/file.h"
#include "golang/time_format.h"

#include <stdlib.h>
#include <time.h>

/* Standard output may be a file of manifests: these lines go to the other stream, at once. */
static void say(void *context, struct slice line)
{
    context_say(context, line);
}

static const struct option *keep(struct arena *a, const struct option *rows, size_t size)
{
    return memcpy(arena_alloc(a, size), rows, size);
}

static const struct option *reach_table(struct arena *a, struct remote_options *r)
{
    const struct option rows[] = {
        {.name = "ca-file",
         .kind = OPTION_TEXT,
         .target = &r->http.ca_file,
         .argument = "file",
         .help = "authorities that certificates of servers are checked against"},
        {.name = "cert-file",
         .kind = OPTION_TEXT,
         .target = &r->http.cert_file,
         .argument = "file",
         .help = "certificate to show to servers, with --key-file"},
        {.name = "insecure-skip-tls-verify",
         .kind = OPTION_FLAG,
         .target = &r->http.insecure,
         .help = "do not check certificates of servers"},
        {.name = "key-file", .kind = OPTION_TEXT, .target = &r->http.key_file, .argument = "file"},
        {.name = "offline",
         .kind = OPTION_FLAG,
         .target = &r->http.offline,
         .help = "take everything from the cache (as YARE_OFFLINE=1)"},
        {.name = "password",
         .kind = OPTION_TEXT,
         .target = &r->password,
         .argument = "text",
         .help = "password at the repository or registry"},
        {.name = "plain-http",
         .kind = OPTION_FLAG,
         .target = &r->plain_http,
         .help = "speak to registries without TLS"},
        {.name = "username",
         .kind = OPTION_TEXT,
         .target = &r->username,
         .argument = "name",
         .help = "name at the repository or registry"},
        {.name = NULL},
    };
    return keep(a, rows, sizeof rows);
}

static const struct option *chart_table(struct arena *a, struct helm_remote_options *o)
{
    struct remote_options *r = &o->remote;
    const struct option *reach = reach_table(a, r);
    const struct option own[] = {
        {.name = "devel",
         .kind = OPTION_FLAG,
         .target = &o->devel,
         .help = "development versions too (as --version '>0.0.0-0')"},
        {.name = "keyring", .kind = OPTION_TEXT, .target = &o->keyring, .argument = "file"},
        {.name = "pass-credentials",
         .kind = OPTION_FLAG,
         .target = &r->pass_credentials,
         .help = "name and password go to other hosts too"},
        {.name = "repo",
         .kind = OPTION_TEXT,
         .target = &r->repository,
         .argument = "url",
         .help = "repository that has the chart"},
        {.name = "verify", .kind = OPTION_FLAG, .target = &o->verify},
        {.name = "version",
         .kind = OPTION_TEXT,
         .target = &r->version,
         .argument = "range",
         .help = "version of the chart, or a range of them (default: the newest)"},
    };
    size_t own_count = sizeof own / sizeof own[0];
    size_t count = 0;
    while (reach[count].name)
        count++;
    struct option *rows = ARENA_ARRAY(a, struct option, own_count + count + 1);
    memcpy(rows, own, sizeof own);
    memcpy(rows + own_count, reach, (count + 1) * sizeof *rows);
    return rows;
}

const struct option *helm_remote_table(struct context *c, struct helm_remote_options *o, bool with_version)
{
    memset(o, 0, sizeof *o);
    remote_options_init(c->arena, &o->remote);
    o->source.options = &o->remote;
    o->source.say = say;
    o->source.say_context = c;
    return with_version ? chart_table(c->arena, o) : reach_table(c->arena, &o->remote);
}

static void use_path(struct context *c, struct slice given, const char **path)
{
    if (given.len)
        *path = arena_text(c->arena, given);
}

/* YARE_FETCH_TIMEOUT, a duration: how long one request may take. */
static bool read_timeout(struct context *c, struct remote_options *r)
{
    struct slice error;
    const char *text = getenv("YARE_FETCH_TIMEOUT");
    if (r->http.timeout || !text || !*text)
        return true;
    if (!go_parse_duration(c->arena, slice_text(text), &r->http.timeout, &error))
        return diag_error(c->diag, "YARE_FETCH_TIMEOUT: %.*s", SLICE_ARG(error));
    return r->http.timeout > 0 || diag_error(c->diag, "YARE_FETCH_TIMEOUT: %s is no time to wait", text);
}

bool helm_remote_apply(struct context *c, const struct helm_global_options *global, struct helm_remote_options *o)
{
    struct remote_options *r = &o->remote;
    use_path(c, global->repository_config, &r->paths.repository_config);
    use_path(c, global->repository_cache, &r->paths.repository_cache);
    use_path(c, global->registry_config, &r->paths.registry_config);
    use_path(c, global->content_cache, &r->paths.content_cache);
    r->helm3 = c->style == MESSAGES_HELM3;
    r->version = slice_trim(r->version);
    if (!r->version.len && o->devel) {
        helm_debug(c, "setting version to >0.0.0-0", NULL, r->version);
        r->version = SLICE(">0.0.0-0");
    }
    if (o->verify)
        return diag_error(c->diag, "yare does not verify signatures of charts: leave --verify out, or fetch the "
                                   "provenance with --prov and check it with another program");
    return read_timeout(c, r) && remote_options_check(r, c->diag);
}

bool helm_find_chart(struct context *c, struct slice argument, const struct helm_remote_options *o,
                     struct slice *path)
{
    return remote_chart_locate(&o->source, argument, c->arena, path, c->diag);
}

bool helm_read_password(struct context *c, struct slice *password)
{
    struct slice text;
    if (!file_read(c->arena, "-", 1 << 20, &text, c->diag))
        return false;
    if (slice_ends(text, SLICE("\n")))
        text.len--;
    if (slice_ends(text, SLICE("\r")))
        text.len--;
    *password = text;
    return true;
}

struct slice helm_now(struct arena *a)
{
    struct buffer text = BUFFER_INIT;
    struct timespec now;
    struct go_time t;
    clock_gettime(CLOCK_REALTIME, &now);
    t = go_time_utc(now.tv_sec, (int32_t)now.tv_nsec);
    struct go_time local = t;
    go_time_in(t, "Local", &local);
    go_time_format(&text, local, SLICE("2006-01-02T15:04:05.999999999Z07:00"));
    return buffer_move(&text, a);
}
