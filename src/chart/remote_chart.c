/*
 * remote_chart.c - charts from repositories and registries
 */
#include "chart/remote_chart.h"

#include "base/digest.h"
#include "base/file.h"
#include "base/limits.h"
#include "chart/registry_chart.h"
#include "fetch/content_cache.h"
#include "golang/path.h"
#include "golang/url.h"

enum { PROVENANCE_LIMIT = 1 << 20 };

/* Where an archive is and who one is there. */
struct archive_place {
    struct slice url;
    struct slice checksum;  /* from an index; empty: unknown */
    struct slice owner_url; /* credentials are for this place */
    struct slice username;
    struct slice password;
    bool pass_credentials;
    struct http_options http;
};

struct fetching {
    const struct remote_source *source;
    const struct remote_options *options;
    struct arena *arena;
    struct content_cache cache;
    struct archive_place place;
    struct remote_chart *out;
    struct diag *diag;
};

bool remote_options_check(const struct remote_options *o, struct diag *diag)
{
    struct http_client *client;
    if (!o->http.ca_file.len && !o->http.insecure && (!o->http.cert_file.len || !o->http.key_file.len))
        return true;
    if (!http_client_new(&o->http, &client, diag)) {
        diag_prefix(diag, "missing registry client: ");
        return false;
    }
    http_client_free(client);
    return true;
}

/* --- where it is -------------------------------------------------------------------------------------------- */

/* "sha256:abc" → "abc" */
static struct slice bare_checksum(struct slice digest)
{
    size_t colon = slice_find_char(digest, ':');
    return colon < digest.len ? slice_after(digest, colon + 1) : digest;
}

static void use_repository(struct archive_place *place, const struct chart_repository *r)
{
    place->owner_url = r->url;
    if (r->cert_file.len || r->key_file.len || r->ca_file.len) {
        place->http.cert_file = r->cert_file;
        place->http.key_file = r->key_file;
        place->http.ca_file = r->ca_file;
    }
    if (r->username.len && r->password.len) {
        place->username = r->username;
        place->password = r->password;
        place->pass_credentials = r->pass_credentials;
    }
}

static bool load_cached_index(struct fetching *f, struct slice name, struct repository_index *index)
{
    if (repository_index_load(f->arena, repository_index_path(f->arena, &f->options->paths, name), index, f->diag))
        return true;
    diag_prefix(f->diag, "no cached repo found. (try 'helm repo update'): ");
    return false;
}

static bool index_has_url(const struct repository_index *index, struct slice url)
{
    for (size_t i = 0; i < index->count; i++) {
        for (size_t j = 0; j < index->charts[i].count; j++) {
            const struct index_version *version = index->charts[i].versions[j];
            for (size_t k = 0; k < version->urls.count; k++) {
                if (slice_equal(version->urls.items[k], url) || repository_url_equals(url, version->urls.items[k]))
                    return true;
            }
        }
    }
    return false;
}

/* An archive by its URL: if a named repository offers it, that one's credentials count. */
static bool place_of_url(struct fetching *f, struct slice url, const struct repositories *known)
{
    f->place.url = url;
    f->place.owner_url = url;
    for (size_t i = 0; i < known->count; i++) {
        struct repository_index index;
        if (!known->items[i])
            continue;
        if (!repository_check_url(f->arena, known->items[i]->url, f->diag) ||
            !load_cached_index(f, known->items[i]->name, &index))
            return false;
        if (index_has_url(&index, url)) {
            use_repository(&f->place, known->items[i]);
            return true;
        }
    }
    return true;
}

/* `REPOSITORY/CHART` */
static bool place_of_name(struct fetching *f, struct slice reference, struct slice path,
                          const struct repositories *known)
{
    struct repository_index index;
    const struct index_version *version;
    size_t slash = slice_find_char(path, '/');
    if (slash == path.len)
        return diag_error(f->diag, "non-absolute URLs should be in form of repo_name/path_to_chart, got: %.*s",
                          SLICE_ARG(reference));
    struct slice name = slice_part(path, 0, slash);
    struct slice chart = slice_after(path, slash + 1);
    const struct chart_repository *r = repositories_find(known, name);
    if (!r)
        return diag_error(f->diag, "repo %.*s not found", SLICE_ARG(name));
    if (!r->url.len)
        return diag_error(f->diag, "no URL found for repository %.*s", SLICE_ARG(name));
    if (!repository_check_url(f->arena, r->url, f->diag) || !load_cached_index(f, name, &index))
        return false;
    if (!repository_index_find(f->arena, &index, chart, f->options->version, &version, f->diag)) {
        diag_prefix(f->diag, "chart \"%.*s\" matching %.*s not found in %.*s index. (try 'helm repo update'): ",
                    SLICE_ARG(chart), SLICE_ARG(f->options->version), SLICE_ARG(name));
        return false;
    }
    if (!version->urls.count)
        return diag_error(f->diag, "chart \"%.*s\" has no downloadable URLs", SLICE_ARG(reference));
    use_repository(&f->place, r);
    f->place.checksum = bare_checksum(version->digest);
    return repository_resolve(f->arena, r->url, version->urls.items[0], &f->place.url, f->diag);
}

static struct slice described(struct fetching *f, struct slice chart)
{
    struct slice version = f->options->version;
    if (!version.len)
        return arena_printf(f->arena, "chart \"%.*s\"", SLICE_ARG(chart));
    return arena_printf(f->arena, "chart \"%.*s\" version \"%.*s\"", SLICE_ARG(chart), SLICE_ARG(version));
}

static bool fetch_one_index(struct fetching *f, struct slice url, struct repository_index *index)
{
    const struct remote_options *o = f->options;
    struct chart_repository repository = {
        .url = url,
        .username = o->username,
        .password = o->password,
        .cert_file = o->http.cert_file,
        .key_file = o->http.key_file,
        .ca_file = o->http.ca_file,
        .insecure = o->http.insecure,
        .pass_credentials = o->pass_credentials,
    };
    struct slice text;
    if (!repository_check_url(f->arena, url, f->diag))
        return false;
    if (repository_fetch_index(f->arena, &repository, o, index, &text, f->diag))
        return true;
    diag_prefix(f->diag, "looks like \"%.*s\" is not a valid chart repository or cannot be reached: ", SLICE_ARG(url));
    return false;
}

/* A bare name with --repo. */
static bool place_in_repository(struct fetching *f, struct slice chart)
{
    struct repository_index index;
    const struct index_version *version;
    struct diag own;
    struct slice url = f->options->repository;
    if (!fetch_one_index(f, url, &index))
        return false;
    diag_init(&own);
    bool found = repository_index_find(f->arena, &index, chart, f->options->version, &version, &own);
    if (found)
        diag_append(f->diag, &own); /* a warning about the range */
    diag_release(&own);
    if (!found)
        return diag_error(f->diag, "%.*s not found in %.*s repository", SLICE_ARG(described(f, chart)),
                          SLICE_ARG(url));
    if (!version->urls.count)
        return diag_error(f->diag, "%.*s has no downloadable URLs", SLICE_ARG(described(f, chart)));
    if (!repository_resolve(f->arena, url, version->urls.items[0], &f->place.url, f->diag)) {
        diag_prefix(f->diag, "failed to make chart URL absolute: ");
        return false;
    }
    f->place.checksum = bare_checksum(version->digest);
    f->place.owner_url = url;
    return true;
}

static bool find_place(struct fetching *f, struct slice reference)
{
    struct repositories known;
    struct go_url url;
    struct slice error;
    if (f->options->repository.len)
        return place_in_repository(f, reference);
    if (!go_url_parse(f->arena, reference, &url, &error))
        return diag_error(f->diag, "invalid chart URL format: %.*s", SLICE_ARG(reference));
    if (!repositories_read(f->arena, f->options->paths.repository_config, &known, f->diag))
        return false;
    if (url.scheme.len && url.host.len && url.path.len)
        return place_of_url(f, reference, &known);
    return place_of_name(f, reference, url.path, &known);
}

/* --- fetching it -------------------------------------------------------------------------------------------- */

static bool get(struct fetching *f, struct slice url, size_t limit, struct slice *bytes, struct diag *diag)
{
    const struct archive_place *place = &f->place;
    struct http_client *client;
    struct http_response response;
    struct http_header headers[3] = {{SLICE("User-Agent"), helm_user_agent},
                                     {SLICE("Accept"), SLICE("application/gzip,application/octet-stream")}};
    struct http_request request = {
        .method = "GET", .url = url, .headers = headers, .header_count = 2, .limit = limit};
    if (!http_client_new(&place->http, &client, diag))
        return false;
    if (place->username.len && place->password.len &&
        (place->pass_credentials || same_origin(f->arena, place->owner_url, url)))
        headers[request.header_count++] = basic_authorization(f->arena, place->username, place->password);
    bool ok = http_send(client, f->arena, &request, &response, diag);
    http_client_free(client);
    if (ok && response.status != 200)
        ok = diag_error(diag, "failed to fetch %.*s : %.*s", SLICE_ARG(url), SLICE_ARG(response.status_text));
    *bytes = response.body;
    return ok;
}

static bool check_sum(struct fetching *f, struct slice got)
{
    struct slice wanted = f->place.checksum;
    if (!wanted.len || slice_equal(got, wanted))
        return true;
    return diag_error(f->diag, "the chart at %.*s has the checksum sha256:%.*s, its repository's index says "
                               "sha256:%.*s", SLICE_ARG(f->place.url), SLICE_ARG(got), SLICE_ARG(wanted));
}

static bool from_cache(struct fetching *f)
{
    struct slice checksum = f->place.checksum;
    if (!checksum.len && (!f->options->http.offline ||
                          !content_cache_recall(&f->cache, f->arena, f->place.url, &checksum)))
        return false;
    return content_cache_get(&f->cache, f->arena, checksum, ".chart", &f->out->bytes, &f->out->cache_path);
}

static bool from_server(struct fetching *f)
{
    struct diag ignored;
    if (!get(f, f->place.url, LIMIT_CHART_ARCHIVE, &f->out->bytes, f->diag))
        return false;
    struct slice checksum = digest_hex(f->arena, DIGEST_SHA256, f->out->bytes);
    if (!check_sum(f, checksum))
        return false;
    diag_init(&ignored);
    if (content_cache_put(&f->cache, f->arena, checksum, ".chart", f->out->bytes, &f->out->cache_path, &ignored))
        content_cache_note(&f->cache, f->place.url, checksum);
    else
        f->out->cache_path = NULL;
    diag_release(&ignored);
    return true;
}

static void fetch_provenance(struct fetching *f)
{
    struct diag own;
    struct slice url = arena_concat(f->arena, f->place.url, SLICE(".prov"));
    diag_init(&own);
    if (!get(f, url, PROVENANCE_LIMIT, &f->out->provenance, &own)) {
        f->out->provenance = slice_of(NULL, 0);
        f->out->provenance_fault = arena_slice(f->arena, own.last->message);
    }
    diag_release(&own);
}

static bool check_scheme(struct fetching *f, struct go_url *url)
{
    struct slice error;
    if (!go_url_parse(f->arena, f->place.url, url, &error))
        return diag_error_slice(f->diag, error);
    if (slice_is(url->scheme, "http") || slice_is(url->scheme, "https"))
        return true;
    return diag_error(f->diag, "scheme \"%.*s\" not supported", SLICE_ARG(url->scheme));
}

static bool fetch(struct fetching *f)
{
    struct file_lock lock = FILE_LOCK_INIT;
    struct go_url url;
    f->out->url = f->place.url;
    if (!check_scheme(f, &url))
        return false;
    f->out->file_name = go_path_base(url.path);
    if (!from_cache(f)) {
        content_cache_lock(&f->cache, f->place.url, &lock);
        bool ok = from_cache(f) || from_server(f); /* another process may have fetched it meanwhile */
        file_lock_release(&lock);
        if (!ok)
            return false;
    }
    if (f->source->with_provenance)
        fetch_provenance(f);
    return true;
}

bool remote_chart_fetch(const struct remote_source *source, struct slice reference, struct arena *a,
                        struct remote_chart *out, struct diag *diag)
{
    const struct remote_options *o = source->options;
    struct fetching f = {
        .source = source,
        .options = o,
        .arena = a,
        .cache = {o->paths.content_cache},
        .out = out,
        .diag = diag,
        .place = {.username = o->username,
                  .password = o->password,
                  .pass_credentials = o->pass_credentials,
                  .http = o->http},
    };
    memset(out, 0, sizeof *out);
    if (!o->repository.len && is_oci(reference))
        return registry_chart_fetch(source, reference, a, out, diag);
    if (!find_place(&f, reference))
        return false;
    if (is_oci(f.place.url)) /* an index may point to a registry */
        return registry_chart_fetch(source, f.place.url, a, out, diag);
    return fetch(&f);
}

bool remote_chart_fetch_version(const struct remote_source *source, const struct chart_repository *repository,
                                struct slice base, const struct index_version *version, struct arena *a,
                                struct remote_chart *out, struct diag *diag)
{
    const struct remote_options *o = source->options;
    struct fetching f = {
        .source = source,
        .options = o,
        .arena = a,
        .cache = {o->paths.content_cache},
        .out = out,
        .diag = diag,
        .place = {.checksum = bare_checksum(version->digest),
                  .http = {.offline = o->http.offline, .timeout = o->http.timeout, .insecure = repository->insecure}},
    };
    memset(out, 0, sizeof *out);
    use_repository(&f.place, repository);
    if (!repository_resolve(a, base, version->urls.items[0], &f.place.url, diag))
        return false;
    return is_oci(f.place.url) ? registry_chart_fetch(source, f.place.url, a, out, diag) : fetch(&f);
}

/* --- for commands ------------------------------------------------------------------------------------------- */

/* The cache's file, made anew where it could not be kept before. */
static bool cached_file(const struct remote_options *o, struct arena *a, const struct remote_chart *chart,
                        struct slice *path, struct diag *diag)
{
    struct content_cache cache = {o->paths.content_cache};
    const char *file = chart->cache_path;
    if (!file && !content_cache_put(&cache, a, digest_hex(a, DIGEST_SHA256, chart->bytes), ".chart", chart->bytes,
                                    &file, diag))
        return false;
    *path = go_path_abs(a, slice_text(file));
    return true;
}

bool remote_chart_locate(const struct remote_source *source, struct slice argument, struct arena *a,
                         struct slice *path, struct diag *diag)
{
    const struct remote_options *o = source->options;
    struct remote_chart chart;
    struct slice name = slice_trim(argument);
    const char *text = arena_text(a, name);
    *path = slice_text(text);
    if (!o->repository.len) {
        if (file_exists(text))
            return true;
        if (slice_starts(name, SLICE("/")) || slice_starts(name, SLICE(".")))
            return diag_error(diag, "path \"%s\" not found", text);
    }
    return remote_chart_fetch(source, name, a, &chart, diag) && cached_file(o, a, &chart, path, diag);
}
