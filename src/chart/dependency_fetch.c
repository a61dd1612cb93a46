/*
 * dependency_fetch.c - dependencies from repositories and registries
 *
 * An archive is looked at before it is saved: Helm finds out that one is broken when it moves it to charts/, leaves it
 * out and succeeds.
 */
#include "chart/dependency_fetch.h"

#include "chart/registry_chart.h"
#include "golang/semver.h"

void updating_save(struct updating *u, struct slice file_name, struct slice url, struct slice bytes)
{
    u->saved[u->saved_count++] = (struct saved_chart){file_name, url, bytes};
}

static void say_downloading(struct updating *u, const struct chart_dependency *dependency, const char *what)
{
    buffer_printf(u->out, "%s %.*s from repo %.*s\n", what, SLICE_ARG(dependency->name),
                  SLICE_ARG(dependency->repository));
}

static bool could_not_download(struct updating *u, struct slice url)
{
    diag_prefix(u->diag, "could not download %.*s: ", SLICE_ARG(url));
    return false;
}

/* A broken archive is found out now, not when the chart is used. */
static bool check_archive(struct updating *u, const struct remote_chart *fetched)
{
    struct chart *chart;
    if (!chart_load_archive(fetched->bytes, arena_text(&u->arena, fetched->file_name), &u->options->load, u->sources,
                            &chart, u->diag)) {
        diag_prefix(u->diag, "could not verify %.*s: ", SLICE_ARG(fetched->file_name));
        return false;
    }
    chart_free(chart);
    return true;
}

static bool save_fetched(struct updating *u, const struct remote_chart *fetched)
{
    if (!check_archive(u, fetched))
        return false;
    updating_save(u, fetched->file_name, fetched->url, fetched->bytes);
    return true;
}

static bool fetch_from_registry(struct updating *u, const struct chart_dependency *dependency)
{
    struct remote_options options = *u->options->source->options;
    struct remote_source source = *u->options->source;
    struct remote_chart fetched;
    struct slice reference = arena_printf(&u->arena, "%.*s/%.*s", SLICE_ARG(dependency->repository),
                                          SLICE_ARG(dependency->name));
    options.version = dependency->version;
    source.options = &options;
    say_downloading(u, dependency, "Downloading");
    if (!registry_chart_fetch(&source, reference, &u->arena, &fetched, u->diag))
        return could_not_download(u, reference);
    return save_fetched(u, &fetched);
}

static bool is_saved_url(const struct updating *u, struct slice url)
{
    for (size_t i = 0; i < u->saved_count; i++) {
        if (slice_equal(u->saved[i].url, url))
            return true;
    }
    return false;
}

static bool could_not_find(struct updating *u)
{
    diag_prefix(u->diag, "could not find : ");
    return false;
}

static bool versions_equal(struct slice one, struct slice other)
{
    struct semver v;
    struct semver o;
    if (!semver_parse_loose(one, &v))
        return slice_equal(one, other);
    return semver_parse_loose(other, &o) && semver_compare(&v, &o) == 0;
}

/* The first entry of that very version. */
static const struct index_version *find_version(const struct index_chart *chart, struct slice version)
{
    for (size_t i = 0; i < chart->count; i++) {
        const struct index_version *v = chart->versions[i];
        if (v->urls.count && (!version.len || versions_equal(version, v->metadata.version)))
            return v;
    }
    return NULL;
}

/* From a repository that has a name: its index says where, its entry who we are. */
static bool fetch_from_known(struct updating *u, const struct chart_dependency *dependency,
                             const struct chart_repository *repository)
{
    const struct remote_source *source = u->options->source;
    struct repository_index index;
    struct remote_chart fetched;
    struct slice url;
    const char *path = repository_index_path(&u->arena, &source->options->paths, repository->name);
    if (!repository_index_load(&u->arena, path, &index, u->diag))
        return false;
    const struct index_chart *chart = repository_index_chart(&index, dependency->name);
    const struct index_version *version = chart ? find_version(chart, dependency->version) : NULL;
    if (!version) {
        diag_error(u->diag, chart ? "no matching version" : "entry not found");
        return could_not_find(u);
    }
    if (!repository_resolve(&u->arena, dependency->repository, version->urls.items[0], &url, u->diag))
        return could_not_find(u);
    if (is_saved_url(u, url)) {
        say_downloading(u, dependency, "Already downloaded");
        return true;
    }
    say_downloading(u, dependency, "Downloading");
    if (!remote_chart_fetch_version(source, repository, dependency->repository, version, &u->arena, &fetched,
                                    u->diag))
        return could_not_download(u, url);
    return save_fetched(u, &fetched);
}

/* From a repository known by its URL alone. */
static bool fetch_from_url(struct updating *u, const struct chart_dependency *dependency)
{
    struct remote_options options = *u->options->source->options;
    struct remote_source source = *u->options->source;
    struct remote_chart fetched;
    size_t before = u->out->len;
    options.repository = dependency->repository;
    options.version = dependency->version;
    options.username = options.password = SLICE(""); /* these are for registries */
    source.options = &options;
    say_downloading(u, dependency, "Downloading");
    if (remote_chart_fetch(&source, dependency->name, &u->arena, &fetched, u->diag))
        return save_fetched(u, &fetched);
    if (fetched.url.len)
        return could_not_download(u, fetched.url);
    u->out->len = before;
    diag_prefix(u->diag, "chart %.*s not found in %.*s: ", SLICE_ARG(dependency->name),
                SLICE_ARG(dependency->repository));
    return could_not_find(u);
}

bool dependency_fetch(struct updating *u, const struct chart_dependency *dependency)
{
    if (!u->options->source)
        return diag_error(u->diag, "dependency %.*s cannot be fetched from %.*s: repositories are not read",
                          SLICE_ARG(dependency->name), SLICE_ARG(dependency->repository));
    if (is_oci(dependency->repository))
        return fetch_from_registry(u, dependency);
    const struct chart_repository *known = dependency_repositories_find(&u->repositories, dependency->repository);
    return known ? fetch_from_known(u, dependency, known) : fetch_from_url(u, dependency);
}
