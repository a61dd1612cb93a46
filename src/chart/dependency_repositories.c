/*
 * dependency_repositories.c - the repositories that dependencies name
 */
#include "chart/dependency_repositories.h"

#include "base/digest.h"
#include "base/file.h"
#include "fetch/oci_reference.h"
#include "golang/path.h"
#include "golang/strconv.h"
#include "golang/url.h"

static const struct slice unnamed_prefix = SLICE_INIT("helm-manager-");
static const struct slice file_scheme = SLICE_INIT("file://");

static bool is_remote(const struct chart_dependency *dependency)
{
    return dependency->repository.len && !slice_starts(dependency->repository, file_scheme) &&
           !is_oci(dependency->repository);
}

/* --- names -------------------------------------------------------------------------------------------------- */

/* The name in `@name` and `alias:name`; empty where it is none. */
static struct slice alias_of(struct slice repository)
{
    if (slice_starts(repository, SLICE("@")))
        return slice_after(repository, 1);
    if (slice_starts(repository, SLICE("alias:")))
        return slice_after(repository, strlen("alias:"));
    return SLICE("");
}

static const struct chart_repository *find_repository(const struct dependency_repositories *r, struct slice repository)
{
    struct slice alias = alias_of(repository);
    for (size_t i = 0; i < r->known.count; i++) {
        const struct chart_repository *known = r->known.items[i];
        if (known && ((alias.len && slice_equal(alias, known->name)) || repository_url_equals(known->url, repository)))
            return known;
    }
    return NULL;
}

const struct chart_repository *dependency_repositories_find(const struct dependency_repositories *r, struct slice url)
{
    for (size_t i = 0; i < r->known.count; i++) {
        if (r->known.items[i] && repository_url_equals(url, r->known.items[i]->url))
            return r->known.items[i];
    }
    return NULL;
}

static bool check_folder(struct arena *a, const char *chart_folder, struct slice repository, struct diag *diag)
{
    struct slice path = slice_after(repository, file_scheme.len);
    struct slice joined = slice_text(file_join(a, slice_text(chart_folder), path));
    const char *folder = arena_text(a, go_path_clean(a, joined));
    return file_exists(folder) || diag_error(diag, "directory %s not found", folder);
}

/* Collects what is neither named nor a URL. */
struct unknown {
    struct buffer text;
    bool has_bare_word;
};

static void add_unknown(struct unknown *unknown, struct slice repository)
{
    if (unknown->text.len)
        buffer_add_text(&unknown->text, ", ");
    buffer_add(&unknown->text, repository);
    if (slice_find(repository, SLICE("//")) == repository.len && alias_of(repository).len == 0 &&
        !slice_starts(repository, SLICE("@")))
        unknown->has_bare_word = true;
}

static bool report_unknown(struct unknown *unknown, struct diag *diag)
{
    static const char hint[] = "\nNote that repositories must be URLs or aliases. For example, to refer to the "
                               "\"example\"\nrepository, use \"https://charts.example.com/\" or \"@example\" instead "
                               "of\n\"example\". Don't forget to add the repo, too ('helm repo add').";
    bool ok = unknown->text.len == 0;
    if (!ok)
        diag_error(diag, "no repository definition for %.*s. Please add them via 'helm repo add'%s",
                   SLICE_ARG(buffer_slice(&unknown->text)), unknown->has_bare_word ? hint : "");
    buffer_release(&unknown->text);
    return ok;
}

static void name_remote(struct dependency_repositories *r, struct arena *a, struct chart_dependency *dependency,
                        struct unknown *unknown)
{
    struct go_url url;
    struct slice error;
    const struct chart_repository *known = find_repository(r, dependency->repository);
    if (known) {
        if (alias_of(dependency->repository).len)
            dependency->repository = known->url;
        map_set(r->names, dependency->name, value_string(known->name));
    } else if (!go_url_parse_request(a, dependency->repository, &url, &error)) {
        add_unknown(unknown, dependency->repository);
    } else if (!map_find(r->names, dependency->name)) {
        struct chart_repository *unnamed = ARENA_NEW(a, struct chart_repository);
        unnamed->url = dependency->repository;
        unnamed->name = arena_concat(a, unnamed_prefix, digest_hex(a, DIGEST_SHA256, dependency->repository));
        r->unnamed[r->unnamed_count++] = unnamed;
        map_set(r->names, dependency->name, value_string(unnamed->name));
    }
}

bool dependency_repositories_read(struct dependency_repositories *r, struct arena *a,
                                  const struct remote_source *source, const char *chart_folder,
                                  const struct chart_dependencies *wanted, struct diag *diag)
{
    struct unknown unknown = {BUFFER_INIT, false};
    bool ok = true;
    r->names = map_new(a, (uint32_t)wanted->count);
    r->unnamed = ARENA_ARRAY(a, struct chart_repository *, wanted->count + 1);
    r->unnamed_count = 0;
    if (!repositories_read(a, source->options->paths.repository_config, &r->known, diag))
        return false;
    for (size_t i = 0; ok && i < wanted->count; i++) {
        struct chart_dependency *dependency = wanted->items[i];
        if (slice_starts(dependency->repository, file_scheme))
            ok = check_folder(a, chart_folder, dependency->repository, diag);
        else if (is_remote(dependency))
            name_remote(r, a, dependency, &unknown);
    }
    if (!ok)
        buffer_release(&unknown.text);
    return ok && report_unknown(&unknown, diag);
}

struct slice dependency_repositories_name(const struct dependency_repositories *r,
                                          const struct chart_dependency *dependency)
{
    const struct value *name = map_find(r->names, dependency->name);
    return name ? value_slice(*name) : SLICE("");
}

/* --- fetching indexes --------------------------------------------------------------------------------------- */

static void report(void *context, const struct chart_repository *repository, const struct slice *error)
{
    struct buffer *out = context;
    bool unnamed = slice_starts(repository->name, unnamed_prefix);
    buffer_add_text(out, error ? "...Unable to get an update from the " : "...Successfully got an update from the ");
    go_quote(out, unnamed ? repository->url : repository->name);
    buffer_add_text(out, " chart repository");
    if (error && !unnamed)
        buffer_printf(out, " (%.*s)", SLICE_ARG(repository->url));
    if (error)
        buffer_printf(out, ":\n\t%.*s", SLICE_ARG(*error));
    buffer_add_char(out, '\n');
}

static struct slice without_slash(struct slice url)
{
    return slice_ends(url, SLICE("/")) ? slice_part(url, 0, url.len - 1) : url;
}

/* Fetches each URL once: of two names for one the last counts. */
static bool fetch_all(struct chart_repository *const *repositories, size_t count, struct arena *a,
                      const struct remote_source *source, struct buffer *out, struct diag *diag)
{
    struct chart_repository **once = ARENA_ARRAY(a, struct chart_repository *, count + 1);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        size_t at = 0;
        if (!repositories[i])
            continue;
        if (!repository_check_url(a, repositories[i]->url, diag))
            return false;
        while (at < kept && !slice_equal(without_slash(once[at]->url), without_slash(repositories[i]->url)))
            at++;
        once[at] = repositories[i];
        kept += at == kept ? 1 : 0;
    }
    repository_update_all(once, kept, source->options, report, out, diag);
    return true;
}

bool dependency_repositories_fetch_unnamed(struct dependency_repositories *r, struct arena *a,
                                           const struct remote_source *source, struct buffer *out, struct diag *diag)
{
    if (r->unnamed_count == 0)
        return true;
    buffer_add_text(out, "Getting updates for unmanaged Helm repositories...\n");
    return fetch_all(r->unnamed, r->unnamed_count, a, source, out, diag);
}

bool dependency_repositories_fetch_named(struct dependency_repositories *r, struct arena *a,
                                         const struct remote_source *source, struct buffer *out, struct diag *diag)
{
    if (r->known.count == 0)
        return true;
    buffer_add_text(out, "Hang tight while we grab the latest from your chart repositories...\n");
    if (!fetch_all(r->known.items, r->known.count, a, source, out, diag))
        return false;
    buffer_add_text(out, "Update Complete. \u2388Happy Helming!\u2388\n");
    return true;
}

/* --- building ----------------------------------------------------------------------------------------------- */

bool dependency_repositories_check(const struct dependency_repositories *r, const struct chart_dependencies *locked,
                                   struct diag *diag)
{
    struct buffer missing = BUFFER_INIT;
    for (size_t i = 0; i < locked->count; i++) {
        const struct chart_dependency *dependency = locked->items[i];
        if (!is_remote(dependency) || dependency_repositories_find(r, without_slash(dependency->repository)))
            continue;
        if (missing.len)
            buffer_add_text(&missing, ", ");
        buffer_add(&missing, dependency->repository);
    }
    bool ok = missing.len == 0;
    if (!ok)
        diag_error(diag, "no repository definition for %.*s. Please add the missing repos via 'helm repo add'",
                   SLICE_ARG(buffer_slice(&missing)));
    buffer_release(&missing);
    return ok;
}
