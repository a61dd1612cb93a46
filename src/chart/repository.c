/*
 * repository.c - indexes of chart repositories, fetched and kept
 */
#include "chart/repository.h"

#include "base/digest.h"
#include "base/file.h"
#include "base/thread_pool.h"
#include "fetch/content_cache.h"
#include "golang/base64.h"
#include "golang/url.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    INDEX_LIMIT = 512 << 20,
    MOST_THREADS = 8
};

const struct slice helm_user_agent = SLICE_INIT("Helm/4.1.4");

void remote_options_init(struct arena *a, struct remote_options *o)
{
    const char *offline = getenv("YARE_OFFLINE");
    memset(o, 0, sizeof *o);
    helm_paths_find(a, &o->paths);
    o->http.offline = offline && *offline && strcmp(offline, "0") != 0 && strcmp(offline, "false") != 0;
}

/* --- URLs --------------------------------------------------------------------------------------------------- */

struct http_header basic_authorization(struct arena *a, struct slice username, struct slice password)
{
    struct slice joined = arena_printf(a, "%.*s:%.*s", SLICE_ARG(username), SLICE_ARG(password));
    return (struct http_header){SLICE("Authorization"), arena_concat(a, SLICE("Basic "), go_base64_encode(a, joined))};
}

static struct slice with_slash(struct arena *a, struct slice path)
{
    return slice_ends(path, SLICE("/")) ? path : arena_concat(a, path, SLICE("/"));
}

bool repository_resolve(struct arena *a, struct slice base, struct slice reference, struct slice *out,
                        struct diag *diag)
{
    struct go_url parsed;
    struct go_url target;
    struct go_url resolved;
    struct slice error;
    struct buffer text = BUFFER_INIT;
    if (!go_url_parse(a, reference, &target, &error))
        return diag_error(diag, "failed to parse %.*s as URL: %.*s", SLICE_ARG(reference), SLICE_ARG(error));
    *out = reference;
    if (target.scheme.len)
        return true;
    if (!go_url_parse(a, base, &parsed, &error))
        return diag_error(diag, "failed to parse %.*s as URL: %.*s", SLICE_ARG(base), SLICE_ARG(error));
    parsed.path = with_slash(a, parsed.path);
    if (parsed.raw_path.len)
        parsed.raw_path = with_slash(a, parsed.raw_path);
    go_url_resolve(a, &parsed, &target, &resolved);
    resolved.raw_query = parsed.raw_query;
    go_url_string(&text, &resolved);
    *out = buffer_move(&text, a);
    return true;
}

bool same_origin(struct arena *a, struct slice one, struct slice other)
{
    struct go_url first;
    struct go_url second;
    struct slice error;
    return go_url_parse(a, one, &first, &error) && go_url_parse(a, other, &second, &error) &&
           slice_equal(first.scheme, second.scheme) && slice_equal(first.host, second.host);
}

bool repository_check_url(struct arena *a, struct slice text, struct diag *diag)
{
    struct go_url url;
    struct slice error;
    if (!go_url_parse(a, text, &url, &error))
        return diag_error(diag, "invalid chart URL format: %.*s", SLICE_ARG(text));
    if (slice_is(url.scheme, "http") || slice_is(url.scheme, "https") || slice_is(url.scheme, "oci"))
        return true;
    return diag_error(diag, "could not find protocol handler for: %.*s", SLICE_ARG(url.scheme));
}

/* --- fetching ----------------------------------------------------------------------------------------------- */

static struct http_options http_of(const struct chart_repository *r, const struct remote_options *o)
{
    struct http_options http = {.ca_file = r->ca_file, .insecure = r->insecure, .offline = o->http.offline,
                                .timeout = o->http.timeout};
    if (r->cert_file.len && r->key_file.len) {
        http.cert_file = r->cert_file;
        http.key_file = r->key_file;
    }
    return http;
}

static bool download(struct arena *a, const struct chart_repository *r, const struct remote_options *o, struct slice url,
                     struct slice *text, struct diag *diag)
{
    struct http_options http = http_of(r, o);
    struct http_client *client;
    struct http_response response;
    struct http_header headers[2] = {{SLICE("User-Agent"), helm_user_agent}};
    struct http_request request = {
        .method = "GET", .url = url, .headers = headers, .header_count = 1, .limit = INDEX_LIMIT};
    if (!http_client_new(&http, &client, diag))
        return false;
    if (r->username.len && r->password.len && (r->pass_credentials || same_origin(a, r->url, url)))
        headers[request.header_count++] = basic_authorization(a, r->username, r->password);
    bool ok = http_send(client, a, &request, &response, diag);
    http_client_free(client);
    if (ok && response.status != 200)
        ok = diag_error(diag, "failed to fetch %.*s : %.*s", SLICE_ARG(url), SLICE_ARG(response.status_text));
    *text = response.body;
    return ok;
}

/* What was fetched from there last. */
static bool recall(struct arena *a, const struct content_cache *cache, struct slice url, struct slice *text)
{
    struct slice checksum;
    const char *path;
    return content_cache_recall(cache, a, url, &checksum) &&
           content_cache_get(cache, a, checksum, ".index", text, &path);
}

static void keep(struct arena *a, const struct content_cache *cache, struct slice url, struct slice text)
{
    struct diag ignored;
    const char *path;
    struct slice checksum = digest_hex(a, DIGEST_SHA256, text);
    diag_init(&ignored);
    if (content_cache_put(cache, a, checksum, ".index", text, &path, &ignored))
        content_cache_note(cache, url, checksum);
    diag_release(&ignored);
}

bool repository_fetch_index(struct arena *a, const struct chart_repository *repository, const struct remote_options *options,
                            struct repository_index *index, struct slice *text, struct diag *diag)
{
    struct content_cache cache = {options->paths.content_cache};
    struct slice url;
    if (!repository_resolve(a, repository->url, SLICE("index.yaml"), &url, diag))
        return false;
    bool known = options->http.offline && recall(a, &cache, url, text);
    if (!known && !download(a, repository, options, url, text, diag))
        return false;
    if (!repository_index_read(a, *text, repository->url, index, diag))
        return false;
    if (!known)
        keep(a, &cache, url, *text);
    return true;
}

/* --- the cache of named repositories ------------------------------------------------------------------------ */

const char *repository_index_path(struct arena *a, const struct helm_paths *paths, struct slice name)
{
    const char *dash = name.len ? "-" : "";
    return arena_printf(a, "%s/%.*s%sindex.yaml", paths->repository_cache, SLICE_ARG(name), dash).ptr;
}

static const char *charts_path(struct arena *a, const struct helm_paths *paths, struct slice name)
{
    const char *dash = name.len ? "-" : "";
    return arena_printf(a, "%s/%.*s%scharts.txt", paths->repository_cache, SLICE_ARG(name), dash).ptr;
}

static bool check_name(struct slice name, struct diag *diag)
{
    if (slice_find_char(name, '/') == name.len)
        return true;
    return diag_error(diag, "repository name (%.*s) contains '/', please specify a different name without '/'",
                      SLICE_ARG(name));
}

static bool write_cache(struct arena *a, const struct helm_paths *paths, struct slice name,
                        const struct repository_index *index, struct slice text, struct diag *diag)
{
    struct buffer names = BUFFER_INIT;
    if (!check_name(name, diag))
        return false;
    for (size_t i = 0; i < index->count; i++) {
        buffer_add(&names, index->charts[i].name);
        buffer_add_char(&names, '\n');
    }
    bool ok = file_write(charts_path(a, paths, name), buffer_slice(&names), NULL, diag) &&
              file_write(repository_index_path(a, paths, name), text, NULL, diag);
    buffer_release(&names);
    return ok;
}

bool repository_update(const struct chart_repository *repository, const struct remote_options *options, struct diag *diag)
{
    struct arena scratch;
    struct repository_index index;
    struct slice text;
    arena_init(&scratch);
    bool ok = repository_fetch_index(&scratch, repository, options, &index, &text, diag) &&
              write_cache(&scratch, &options->paths, repository->name, &index, text, diag);
    arena_release(&scratch);
    return ok;
}

static bool remove_file(const char *path, struct diag *diag)
{
    if (unlink(path) == 0 || errno == ENOENT)
        return true;
    return diag_error(diag, "remove %s: %s", path, file_error_text(errno));
}

bool repository_forget(struct arena *a, const struct helm_paths *paths, struct slice name, struct diag *diag)
{
    return check_name(name, diag) && remove_file(charts_path(a, paths, name), diag) &&
           remove_file(repository_index_path(a, paths, name), diag);
}

/* --- many at once ------------------------------------------------------------------------------------------- */

struct update_task {
    struct diag diag;
    bool ok;
};

struct update_work {
    struct chart_repository *const *repositories;
    const struct remote_options *options;
    struct update_task *tasks;
    repository_updated_fn *updated;
    void *context;
    struct diag *diag;
};

static void run_update(void *context, size_t task)
{
    struct update_work *work = context;
    work->tasks[task].ok = repository_update(work->repositories[task], work->options, &work->tasks[task].diag);
}

/* The error is for the list of results, the rest for the user's log. */
static bool hand_over_update(void *context, size_t number)
{
    struct update_work *work = context;
    struct update_task *task = &work->tasks[number];
    struct slice error = SLICE("");
    for (const struct diag_entry *entry = task->diag.first; entry; entry = entry->next) {
        if (entry->severity == DIAG_ERROR)
            error = entry->message;
        else if (entry->severity == DIAG_WARNING)
            diag_warning(work->diag, "%.*s", SLICE_ARG(entry->message));
    }
    work->updated(work->context, work->repositories[number], task->ok ? NULL : &error);
    return true;
}

void repository_update_all(struct chart_repository *const *repositories, size_t count, const struct remote_options *options,
                           repository_updated_fn *updated, void *context, struct diag *diag)
{
    struct arena scratch;
    struct thread_pool_job job = {
        .count = count,
        .threads = count < MOST_THREADS ? count : MOST_THREADS,
        .run = run_update,
        .hand_over = hand_over_update,
    };
    arena_init(&scratch);
    struct update_work work = {repositories, options, ARENA_ARRAY(&scratch, struct update_task, count + 1), updated,
                               context, diag};
    for (size_t i = 0; i < count; i++)
        diag_init(&work.tasks[i].diag);
    job.context = &work;
    if (count)
        thread_pool_run(&job);
    for (size_t i = 0; i < count; i++)
        diag_release(&work.tasks[i].diag);
    arena_release(&scratch);
}
