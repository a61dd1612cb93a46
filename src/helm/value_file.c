/*
 * value_file.c - the files that -f and --set-file name
 */
#include "helm/value_file.h"

#include "base/file.h"
#include "fetch/remote_file.h"
#include "golang/unicode.h"
#include "golang/url.h"

/* The first error of a collector, in the arena; the collector is released. */
static struct slice take_error(struct arena *a, struct diag *diag)
{
    struct slice message = diag->first ? arena_slice(a, diag->first->message) : SLICE("");
    diag_release(diag);
    return message;
}

/* What a URL gives, without credentials, as Helm's -f takes it. */
static bool read_remote(struct arena *a, struct slice url, struct slice *text, struct diag *diag)
{
    struct http_response response;
    if (!remote_file_get(a, url, SLICE("Helm/4.1.4"), &response, diag))
        return false;
    if (response.status != 200)
        return diag_error(diag, "failed to fetch %.*s : %.*s", SLICE_ARG(url), SLICE_ARG(response.status_text));
    *text = response.body;
    return true;
}

bool value_file_read(struct arena *a, struct slice path, struct slice *text, struct slice *error)
{
    struct diag diag;
    bool is_input = slice_is(go_trim_space(path), "-");
    struct go_url url;
    if (!is_input && !go_url_parse(a, path, &url, error))
        return false;
    if (!is_input && slice_is(url.scheme, "oci")) {
        *error = arena_printf(a, "cannot read %.*s: values are not taken from registries", SLICE_ARG(path));
        return false;
    }
    bool remote = !is_input && (slice_is(url.scheme, "http") || slice_is(url.scheme, "https"));
    diag_init(&diag);
    bool ok = remote ? read_remote(a, path, text, &diag)
                     : file_read(a, is_input ? "-" : arena_text(a, path), 0, text, &diag);
    struct slice message = take_error(a, &diag);
    if (!ok)
        *error = message;
    return ok;
}
