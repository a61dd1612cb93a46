/*
 * state_repositories.c - the repositories of a state file, made known to Helm
 */
#include "helmfile/state_repositories.h"

#include "chart/registry_chart.h"
#include "helmfile/release_chart.h"

static bool add_repository(struct arena *a, struct chart_repository *repository, const struct remote_options *options,
                           struct diag *diag)
{
    struct repositories known;
    struct file_lock lock = FILE_LOCK_INIT;
    const char *file = options->paths.repository_config;
    diag_info(diag, "Adding repo %.*s %.*s", SLICE_ARG(repository->name), SLICE_ARG(repository->url));
    if (!repository_check_url(a, repository->url, diag))
        return false;
    if (!repository_update(repository, options, diag)) {
        diag_prefix(diag, "looks like \"%.*s\" is not a valid chart repository or cannot be reached: ",
                    SLICE_ARG(repository->url));
        return false;
    }
    if (!repositories_lock(a, file, &lock, diag))
        return false;
    bool ok = repositories_read(a, file, &known, diag);
    if (ok) {
        repositories_set(a, &known, repository);
        ok = repositories_write(a, file, &known, diag);
    }
    file_lock_release(&lock);
    if (ok)
        diag_info(diag, "\"%.*s\" has been added to your repositories", SLICE_ARG(repository->name));
    return ok;
}

static bool log_in(struct arena *a, const struct chart_repository *repository, struct value entry,
                   const struct remote_options *options, struct diag *diag)
{
    struct remote_options own = *options;
    struct oci_client *client;
    struct slice host = slice_part(repository->url, 0, slice_find_char(repository->url, '/'));
    if (!repository->username.len || !repository->password.len)
        return true;
    diag_info(diag, "Logging in to registry");
    own.username = repository->username;
    own.password = repository->password;
    own.http.ca_file = repository->ca_file;
    own.http.insecure = repository->insecure;
    struct oci_options oci = registry_options(&own);
    oci.plain_http = field_is_true(entry, "plainHttp");
    if (!oci_client_new(&oci, &client, diag))
        return false;
    bool ok = oci_ping(client, a, host, diag);
    oci_client_free(client);
    struct credential credential = {.username = repository->username, .password = repository->password};
    if (ok)
        return credentials_store(a, own.paths.registry_config, host, &credential, diag);
    diag_prefix(diag, "authenticating to \"%.*s\": ", SLICE_ARG(host));
    return false;
}

bool state_repositories_add(struct arena *a, const struct state *state, struct diag *diag)
{
    struct field_items entries = field_items(state->top, "repositories");
    struct remote_options options;
    remote_options_init(a, &options);
    for (size_t i = 0; i < entries.count; i++) {
        struct chart_repository *repository = ARENA_NEW(a, struct chart_repository);
        release_chart_repository(a, entries.items[i], repository);
        bool ok = field_is_true(entries.items[i], "oci") ? log_in(a, repository, entries.items[i], &options, diag)
                                                         : add_repository(a, repository, &options, diag);
        if (!ok)
            return false;
    }
    return true;
}
