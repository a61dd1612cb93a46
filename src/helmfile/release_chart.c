/*
 * release_chart.c - charts of releases that lie elsewhere
 */
#include "helmfile/release_chart.h"

#include "base/file.h"
#include "chart/registry_chart.h"
#include "fetch/remote_file.h"
#include "helmfile/state_lock.h"
#include "helmfile/storage.h"

#include <ctype.h>
#include <stdlib.h>

/* An index that was fetched in this run. */
struct known_index {
    struct known_index *next;
    struct slice name;
    struct slice url;
    struct repository_index index;
};

struct release_charts {
    struct arena *arena;
    struct known_index *indexes;
};

struct release_charts *release_charts_new(struct arena *a)
{
    struct release_charts *charts = ARENA_NEW(a, struct release_charts);
    charts->arena = a;
    return charts;
}

static bool has_scheme(struct slice chart)
{
    return slice_find(chart, SLICE("://")) < chart.len || slice_find(chart, SLICE("::")) < chart.len;
}

bool release_chart_is_remote(const struct release_spec *release, struct slice chart, const char *path)
{
    struct value repository;
    if (has_scheme(chart) || state_repository_of(release->state, chart, &repository))
        return true;
    bool is_path = slice_starts(chart, SLICE(".")) || slice_starts(chart, SLICE("/"));
    return !is_path && !file_exists(path) && slice_count_char(chart, '/') == 1;
}

/* --- who one is --------------------------------------------------------------------------------------------- */

/* The entry's field, or else what the environment has as NAME_USERNAME and its like. */
static struct slice secret(struct arena *a, struct value repository, const char *field, const char *suffix)
{
    struct slice own = field_text(repository, field);
    struct slice name = field_text(repository, "name");
    if (own.len)
        return own;
    char *variable = arena_text(a, arena_printf(a, "%.*s%s", SLICE_ARG(name), suffix));
    for (char *c = variable; *c; c++)
        *c = *c == '-' ? '_' : (char)toupper((unsigned char)*c);
    return slice_text(getenv(variable));
}

void release_chart_repository(struct arena *a, struct value entry, struct chart_repository *out)
{
    *out = (struct chart_repository){
        .name = field_text(entry, "name"),
        .url = field_text(entry, "url"),
        .username = secret(a, entry, "username", "_USERNAME"),
        .password = secret(a, entry, "password", "_PASSWORD"),
        .cert_file = field_text(entry, "certFile"),
        .key_file = field_text(entry, "keyFile"),
        .ca_file = field_text(entry, "caFile"),
        .insecure = field_is_true(entry, "skipTLSVerify"),
        .pass_credentials = field_is_true(entry, "passCredentials"),
    };
}

/* A switch of the release, or of helmDefaults where the release has none. */
static bool switch_of(const struct release_spec *release, const char *key)
{
    struct value own = field_value(release->body, key);
    if (own.kind == VALUE_BOOL)
        return own.b;
    return field_is_true(field_value(release->state->top, "helmDefaults"), key);
}

static void set_options(struct arena *a, const struct release_spec *release, struct remote_options *o)
{
    remote_options_init(a, o);
    o->version = release->version;
    o->plain_http = switch_of(release, "plainHttp");
    o->http.insecure = switch_of(release, "insecureSkipTLSVerify");
    if (!o->version.len && switch_of(release, "devel"))
        o->version = SLICE(">0.0.0-0");
}

static bool check_verify(const struct release_spec *release, struct value repository, struct diag *diag)
{
    if (!switch_of(release, "verify") && !field_is_true(repository, "verify"))
        return true;
    return diag_error(diag, "release \"%.*s\" asks for 'verify': yare does not verify signatures of charts",
                      SLICE_ARG(release->name));
}

/* --- repositories ------------------------------------------------------------------------------------------- */

static bool fetch_index(struct release_charts *charts, const struct chart_repository *repository,
                        const struct remote_options *options, const struct repository_index **index, struct diag *diag)
{
    struct arena *a = charts->arena;
    struct slice ignored;
    for (const struct known_index *known = charts->indexes; known; known = known->next) {
        if (slice_equal(known->url, repository->url) && slice_equal(known->name, repository->name)) {
            *index = &known->index;
            return true;
        }
    }
    struct known_index *added = ARENA_NEW(a, struct known_index);
    diag_info(diag, "Adding repo %.*s %.*s", SLICE_ARG(repository->name), SLICE_ARG(repository->url));
    if (!repository_check_url(a, repository->url, diag) ||
        !repository_fetch_index(a, repository, options, &added->index, &ignored, diag)) {
        diag_prefix(diag, "looks like \"%.*s\" is not a valid chart repository or cannot be reached: ",
                    SLICE_ARG(repository->url));
        return false;
    }
    diag_info(diag, "\"%.*s\" has been added to your repositories", SLICE_ARG(repository->name));
    added->name = repository->name;
    added->url = repository->url;
    added->next = charts->indexes;
    charts->indexes = added;
    *index = &added->index;
    return true;
}

/* Helm warns where a range was asked for; Helmfile does not show that. */
static bool find_version(struct arena *a, const struct repository_index *index, struct slice name,
                         struct slice wanted, const struct index_version **version, struct slice shown,
                         struct diag *diag)
{
    struct diag own;
    diag_init(&own);
    bool ok = repository_index_find(a, index, name, wanted, version, &own);
    struct slice why = ok ? SLICE("") : arena_slice(a, own.last->message);
    diag_release(&own);
    if (!ok)
        return diag_error(diag, "chart \"%.*s\" matching %.*s not found: %.*s", SLICE_ARG(shown), SLICE_ARG(wanted),
                          SLICE_ARG(why));
    return (*version)->urls.count || diag_error(diag, "chart \"%.*s\" has no downloadable URLs", SLICE_ARG(shown));
}

static bool fetch_from_repository(struct release_charts *charts, const struct release_spec *release,
                                  struct value entry, struct slice chart, struct remote_chart *out, struct diag *diag)
{
    struct arena *a = charts->arena;
    struct chart_repository repository;
    struct remote_options options;
    struct remote_source source = {.options = &options};
    const struct repository_index *index;
    const struct index_version *version;
    release_chart_repository(a, entry, &repository);
    struct slice name = slice_after(chart, repository.name.len + 1);
    set_options(a, release, &options);
    return check_verify(release, entry, diag) && fetch_index(charts, &repository, &options, &index, diag) &&
           find_version(a, index, name, options.version, &version, chart, diag) &&
           remote_chart_fetch_version(&source, &repository, repository.url, version, a, out, diag);
}

/* --- registries and the rest -------------------------------------------------------------------------------- */

/* A repository with `oci: true` is a host with a path. */
static bool fetch_from_registry(struct release_charts *charts, const struct release_spec *release,
                                struct value entry, struct slice chart, struct remote_chart *out, struct diag *diag)
{
    struct arena *a = charts->arena;
    struct chart_repository repository;
    struct remote_options options;
    struct remote_source source = {.options = &options};
    release_chart_repository(a, entry, &repository);
    struct slice name = slice_after(chart, repository.name.len + 1);
    struct slice reference = arena_printf(a, "oci://%.*s/%.*s", SLICE_ARG(repository.url), SLICE_ARG(name));
    set_options(a, release, &options);
    options.plain_http |= field_is_true(entry, "plainHttp");
    options.http.insecure |= repository.insecure;
    options.http.ca_file = repository.ca_file;
    options.http.cert_file = repository.cert_file;
    options.http.key_file = repository.key_file;
    options.username = repository.username;
    options.password = repository.password;
    if (field_text(entry, "registryConfig").len)
        options.paths.registry_config = arena_text(a, field_text(entry, "registryConfig"));
    diag_info(diag, "Pulling %.*s:%.*s", SLICE_ARG(slice_after(reference, strlen("oci://"))),
              SLICE_ARG(options.version));
    return check_verify(release, entry, diag) && registry_chart_fetch(&source, reference, a, out, diag);
}

/* `oci://…`, the URL of an archive, or a chart of the user's own repositories. */
static bool fetch_by_helm(struct release_charts *charts, const struct release_spec *release, struct slice chart,
                          struct remote_chart *out, struct diag *diag)
{
    struct remote_options options;
    struct remote_source source = {.options = &options};
    set_options(charts->arena, release, &options);
    return check_verify(release, value_nil(), diag) &&
           remote_chart_fetch(&source, chart, charts->arena, out, diag);
}

static bool fetch(struct release_charts *charts, const struct release_spec *release, struct slice chart,
                  const char **path, struct diag *diag)
{
    struct remote_chart fetched;
    struct value entry;
    if (slice_starts(chart, SLICE("git::")))
        return remote_file_fetch(charts->arena, chart, path, diag);
    bool known = !has_scheme(chart) && state_repository_of(release->state, chart, &entry);
    bool ok = !known ? fetch_by_helm(charts, release, chart, &fetched, diag)
              : field_is_true(entry, "oci") ? fetch_from_registry(charts, release, entry, chart, &fetched, diag)
                                            : fetch_from_repository(charts, release, entry, chart, &fetched, diag);
    if (!ok)
        return false;
    *path = fetched.cache_path;
    return *path || diag_error(diag, "the cache cannot be written to, so chart \"%.*s\" cannot be kept",
                               SLICE_ARG(chart));
}

bool release_chart_fetch(struct release_charts *charts, struct helmfile *h, const struct release_spec *release,
                         struct slice chart, const char **path, struct diag *diag)
{
    if (fetch(charts, release, chart, path, diag))
        return true;
    diag_prefix(diag, "release \"%.*s\": ", SLICE_ARG(release->name));
    helmfile_locate(h, field_value(release->body, "chart"), diag);
    return false;
}
