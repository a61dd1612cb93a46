/*
 * remote_file.c - single files from elsewhere
 */
#include "fetch/remote_file.h"

#include "base/digest.h"
#include "base/file.h"
#include "fetch/content_cache.h"
#include "fetch/git_source.h"
#include "fetch/yare_cache.h"
#include "golang/path.h"
#include "golang/url.h"

#include <stdlib.h>

enum { FILE_LIMIT = 256 << 20 };

static const char kind[] = ".file";

/* --- over http ---------------------------------------------------------------------------------------------- */

static bool open_cache(struct arena *a, struct content_cache *cache, struct diag *diag)
{
    const char *folder;
    if (!yare_cache_folder(a, &folder, diag))
        return false;
    cache->root = file_join(a, slice_text(folder), SLICE("files"));
    return true;
}

static bool recall(struct arena *a, struct slice url, struct slice *text)
{
    struct content_cache cache;
    struct slice checksum;
    struct diag ignored;
    const char *path;
    diag_init(&ignored);
    bool ok = open_cache(a, &cache, &ignored) && content_cache_recall(&cache, a, url, &checksum) &&
              content_cache_get(&cache, a, checksum, kind, text, &path);
    diag_release(&ignored);
    return ok;
}

static bool keep(struct arena *a, struct slice url, struct slice text, const char **path, struct diag *diag)
{
    struct content_cache cache;
    struct slice checksum = digest_hex(a, DIGEST_SHA256, text);
    if (!open_cache(a, &cache, diag) || !content_cache_put(&cache, a, checksum, kind, text, path, diag))
        return false;
    content_cache_note(&cache, url, checksum);
    return true;
}

bool remote_file_get(struct arena *a, struct slice url, struct slice user_agent, struct http_response *response,
                     struct diag *diag)
{
    struct http_options options = {.offline = yare_is_offline()};
    struct http_header agent = {SLICE("User-Agent"), user_agent};
    struct http_request request = {
        .method = "GET", .url = url, .headers = &agent, .header_count = 1, .limit = FILE_LIMIT};
    struct http_client *client;
    struct diag ignored;
    const char *path;
    memset(response, 0, sizeof *response);
    if (options.offline && recall(a, url, &response->body)) {
        response->status = 200;
        response->status_text = SLICE("200 OK");
        return true;
    }
    if (!http_client_new(&options, &client, diag))
        return false;
    bool ok = http_send(client, a, &request, response, diag);
    http_client_free(client);
    if (!ok || response->status != 200)
        return ok;
    diag_init(&ignored);
    keep(a, url, response->body, &path, &ignored);
    diag_release(&ignored);
    return true;
}

static bool fetch_http(struct arena *a, struct slice url, const char **path, struct diag *diag)
{
    struct http_response response;
    if (!remote_file_get(a, url, SLICE("yare"), &response, diag))
        return false;
    if (response.status != 200)
        return diag_error(diag, "failed to fetch %.*s : %.*s", SLICE_ARG(url), SLICE_ARG(response.status_text));
    return keep(a, url, response.body, path, diag);
}

/* --- from git ----------------------------------------------------------------------------------------------- */

/* Of `ref=v1&depth=1` the ref. */
static struct slice ref_of(struct arena *a, struct slice query)
{
    struct slice pair;
    struct slice ref = SLICE("");
    struct slice ignored;
    while (query.len && slice_next_piece(&query, '&', &pair)) {
        if (slice_starts(pair, SLICE("ref=")) && !go_path_unescape(a, slice_after(pair, strlen("ref=")), &ref, &ignored))
            ref = SLICE("");
    }
    return ref;
}

/* The file in the tree, links resolved; one outside of the tree is an error. */
static bool file_in_tree(struct arena *a, const char *tree, struct slice name, const char **path, struct diag *diag)
{
    const char *named = file_join(a, slice_text(tree), go_path_clean(a, name));
    char *real_tree = realpath(tree, NULL);
    char *real = realpath(named, NULL);
    size_t len = real_tree ? strlen(real_tree) : 0;
    bool found = real && real_tree;
    bool inside = found && strncmp(real, real_tree, len) == 0 && real[len] == '/';
    if (inside)
        *path = arena_text(a, slice_text(real));
    free(real_tree);
    free(real);
    if (!found)
        return diag_error(diag, "open %s: no such file or directory", named);
    return inside || diag_error(diag, "%.*s leads out of its repository", SLICE_ARG(name));
}

/* `https://host/repository.git@file?ref=v1`; `//` in the path begins a folder of the repository. */
static bool fetch_git(struct arena *a, struct slice text, const char **path, struct diag *diag)
{
    struct git_url url = {.timeout = 300 * INT64_C(1000000000), .submodules = true};
    const char *tree;
    size_t mark = slice_find_char(text, '?');
    struct slice whole = slice_part(text, 0, mark);
    size_t scheme = slice_find(whole, SLICE("://"));
    size_t at = slice_find_last_char(whole, '@');
    if (mark < text.len)
        url.ref = ref_of(a, slice_after(text, mark + 1));
    if (scheme == whole.len || at == whole.len || slice_find_char(slice_after(whole, scheme + 3), '/') == whole.len)
        return diag_error(diag, "%.*s names no file: it wants git::SCHEME://HOST/REPOSITORY@FILE", SLICE_ARG(text));
    struct slice name = slice_after(whole, at + 1);
    struct slice repository = slice_part(whole, 0, at);
    struct slice below = slice_after(repository, scheme + 3);
    size_t twice = slice_find(below, SLICE("//"));
    if (twice < below.len) {
        name = arena_printf(a, "%.*s/%.*s", SLICE_ARG(slice_after(below, twice + 2)), SLICE_ARG(name));
        repository = slice_part(repository, 0, scheme + 3 + twice);
    }
    url.repository = repository;
    return git_source_fetch(a, &url, &tree, diag) && file_in_tree(a, tree, name, path, diag);
}

bool remote_file_fetch(struct arena *a, struct slice text, const char **path, struct diag *diag)
{
    if (slice_starts(text, SLICE("git::")))
        return fetch_git(a, slice_after(text, strlen("git::")), path, diag);
    if (slice_starts(text, SLICE("http://")) || slice_starts(text, SLICE("https://")))
        return fetch_http(a, text, path, diag);
    return diag_error(diag, "%.*s: only git:: and http(s) are fetched", SLICE_ARG(text));
}
