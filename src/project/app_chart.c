/*
 * app_chart.c - charts of repositories that Applications name
 *
 * An archive is unpacked once, below its checksum, and never changes there.
 */
#include "project/app_chart.h"

#include "base/digest.h"
#include "base/file.h"
#include "chart/remote_chart.h"
#include "chart/unpack.h"
#include "fetch/oci_reference.h"
#include "fetch/yare_cache.h"
#include "value/field.h"

/* What the user's entry for that repository says. */
static bool use_known(struct arena *a, struct slice url, struct remote_options *o, struct diag *diag)
{
    struct repositories known;
    if (!repositories_read(a, o->paths.repository_config, &known, diag))
        return false;
    for (size_t i = 0; i < known.count; i++) {
        const struct chart_repository *r = known.items[i];
        if (!r || !repository_url_equals(url, r->url))
            continue;
        o->username = r->username;
        o->password = r->password;
        o->pass_credentials = r->pass_credentials;
        o->http.ca_file = r->ca_file;
        o->http.cert_file = r->cert_file;
        o->http.key_file = r->key_file;
        o->http.insecure = r->insecure;
        break;
    }
    return true;
}

/* Argo CD writes registries without a scheme. */
static bool is_registry(struct slice url)
{
    return is_oci(url) || slice_find(url, SLICE("://")) == url.len;
}

static struct slice registry_reference(struct arena *a, struct slice url, struct slice chart)
{
    struct slice place = is_oci(url) ? slice_after(url, strlen("oci://")) : url;
    return arena_printf(a, "oci://%.*s/%.*s", SLICE_ARG(place), SLICE_ARG(chart));
}

/* The only folder in a folder. */
static bool chart_folder(struct arena *a, const char *parent, const char **folder, struct diag *diag)
{
    struct slice *names;
    size_t count;
    if (!file_list(a, parent, &names, &count, diag))
        return false;
    for (size_t i = 0; i < count; i++) {
        *folder = file_join(a, slice_text(parent), names[i]);
        if (names[i].ptr[0] != '.' && file_is_directory(*folder))
            return true;
    }
    return diag_error(diag, "%s has no chart", parent);
}

static bool unpack(struct arena *a, struct slice archive, const char **folder, struct diag *diag)
{
    const char *cache;
    if (!yare_cache_folder(a, &cache, diag))
        return false;
    struct slice checksum = digest_hex(a, DIGEST_SHA256, archive);
    const char *parent = arena_printf(a, "%s/charts/%.*s", cache, SLICE_ARG(checksum)).ptr;
    struct diag ignored;
    diag_init(&ignored);
    bool there = chart_folder(a, parent, folder, &ignored);
    diag_release(&ignored);
    return there || (chart_unpack(archive, parent, diag) && chart_folder(a, parent, folder, diag));
}

/* Helm's log lines about ranges are not for yare's own commands. */
static bool fetch(struct arena *a, const struct remote_source *remote, struct slice reference,
                  struct remote_chart *out, struct diag *diag)
{
    struct diag own;
    diag_init(&own);
    bool ok = remote_chart_fetch(remote, reference, a, out, &own);
    if (!ok)
        diag_append(diag, &own);
    diag_release(&own);
    return ok;
}

bool app_chart_fetch(struct arena *a, const struct app_source *source, const char **folder, struct diag *diag)
{
    struct remote_options options;
    const struct remote_source remote = {.options = &options};
    struct remote_chart fetched;
    struct slice reference = source->chart;
    remote_options_init(a, &options);
    options.version = field_text(source->body, "targetRevision");
    if (is_registry(source->url))
        reference = registry_reference(a, source->url, source->chart);
    else
        options.repository = source->url;
    return use_known(a, source->url, &options, diag) && fetch(a, &remote, reference, &fetched, diag) &&
           unpack(a, fetched.bytes, folder, diag);
}
