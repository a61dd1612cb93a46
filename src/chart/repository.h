/*
 * repository.h - indexes of chart repositories, fetched and kept
 *
 * Helm keeps the index of a named repository as NAME-index.yaml, with the names of its charts beside it. An index that
 * is fetched for one look (--repo URL) is kept by its checksum instead, for --offline.
 */
#ifndef YARE_CHART_REPOSITORY_H
#define YARE_CHART_REPOSITORY_H

#include "chart/helm_paths.h"
#include "chart/repositories.h"
#include "chart/repository_index.h"
#include "fetch/http.h"

/* How to reach things: what a command's options say. */
struct remote_options {
    struct helm_paths paths;
    struct http_options http;
    struct slice repository; /* --repo */
    struct slice version;
    struct slice username;
    struct slice password;
    bool pass_credentials;
    bool plain_http;
    bool helm3;
};

/* Sets paths from the environment, and --offline from YARE_OFFLINE; the rest is zero. */
void remote_options_init(struct arena *a, struct remote_options *o);

/* "Helm/4.1.4" */
extern const struct slice helm_user_agent;

/* The header `Authorization: Basic …`. */
struct http_header basic_authorization(struct arena *a, struct slice username, struct slice password);

/* The URL of something that an index names: what is relative stands below the repository. */
bool repository_resolve(struct arena *a, struct slice base, struct slice reference, struct slice *out,
                        struct diag *diag);

/* Whether scheme, host and port are the same: credentials of one may go to the other. */
bool same_origin(struct arena *a, struct slice one, struct slice other);

/* Checks that the repository's URL is one that can be fetched. */
bool repository_check_url(struct arena *a, struct slice url, struct diag *diag);

/* Fetches and reads the index; *text is its bytes. Offline it is what was fetched last. */
bool repository_fetch_index(struct arena *a, const struct chart_repository *repository, const struct remote_options *options,
                            struct repository_index *index, struct slice *text, struct diag *diag);

/* Fetches the index and keeps it in the cache under the repository's name. */
bool repository_update(const struct chart_repository *repository, const struct remote_options *options, struct diag *diag);

/* Called in order of the list, on the caller's thread; `error` is null where all went well. */
typedef void repository_updated_fn(void *context, const struct chart_repository *repository, const struct slice *error);

/* Updates several at once. Warnings go to `diag`, errors to `updated`. */
void repository_update_all(struct chart_repository *const *repositories, size_t count, const struct remote_options *options,
                           repository_updated_fn *updated, void *context, struct diag *diag);

/* The kept index of the named repository, and where it is. */
const char *repository_index_path(struct arena *a, const struct helm_paths *paths, struct slice name);

/* Forgets what is kept of the name. */
bool repository_forget(struct arena *a, const struct helm_paths *paths, struct slice name, struct diag *diag);

#endif
