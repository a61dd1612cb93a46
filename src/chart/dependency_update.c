/*
 * dependency_update.c - charts/ filled from what Chart.yaml declares
 *
 * Archives are made in memory first and written when all of them are there, so that a failure leaves charts/ as it was.
 */
#include "chart/dependency_update.h"

#include "base/file.h"
#include "chart/dependency.h"
#include "chart/dependency_fetch.h"
#include "chart/package.h"
#include "chart/registry_chart.h"
#include "golang/path.h"
#include "golang/semver.h"
#include "golang/strconv.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct slice file_scheme = SLICE_INIT("file://");

static struct slice quoted(struct arena *a, struct slice text)
{
    struct buffer out = BUFFER_INIT;
    go_quote(&out, text);
    return buffer_move(&out, a);
}

/* --- where dependencies are ----------------------------------------------------------------------------------- */

static bool is_local_file(const struct chart_dependency *dependency)
{
    return slice_starts(dependency->repository, file_scheme);
}

/* The folder a path in Chart.yaml means; the error is Helm's "directory x not found". */
static bool local_path(struct updating *u, struct slice path, const char **out)
{
    if (slice_starts(path, file_scheme))
        path = slice_after(path, file_scheme.len);
    struct slice joined = slice_text(file_join(&u->arena, slice_text(u->folder), path));
    *out = arena_text(&u->arena, go_path_clean(&u->arena, joined));
    if (file_exists(*out))
        return true;
    return diag_error(u->diag, "directory %s not found", *out);
}

static bool load_folder(struct updating *u, const char *folder, struct chart **out)
{
    return chart_load(folder, &u->options->load, u->sources, out, u->diag);
}

/* --- resolving ------------------------------------------------------------------------------------------------ */

static bool check_range(struct updating *u, const struct chart_dependency *dependency)
{
    struct semver_constraint *range;
    struct slice error;
    if (semver_constraint_parse(&u->arena, dependency->version, &range, &error))
        return true;
    return diag_error(u->diag, "dependency %.*s has an invalid version/constraint format: %.*s",
                      SLICE_ARG(quoted(&u->arena, dependency->name)), SLICE_ARG(error));
}

/* Dependencies that no version satisfies, for one error about all of them. */
struct missing {
    struct buffer text;
    size_t count;
};

static void add_missing(struct updating *u, const struct chart_dependency *dependency, struct missing *missing)
{
    if (missing->count++)
        buffer_add_text(&missing->text, ", ");
    buffer_printf(&missing->text, "%.*s (repository %.*s, version %.*s)",
                  SLICE_ARG(quoted(&u->arena, dependency->name)), SLICE_ARG(quoted(&u->arena, dependency->repository)),
                  SLICE_ARG(quoted(&u->arena, dependency->version)));
}

/* The version that a file:// dependency has. */
static bool resolve_file(struct updating *u, const struct chart_dependency *dependency, struct slice *version,
                         struct missing *missing)
{
    const char *folder;
    struct chart *chart;
    if (!local_path(u, dependency->repository, &folder) || !load_folder(u, folder, &chart))
        return false;
    *version = arena_slice(&u->arena, chart->metadata.version);
    chart_free(chart);
    if (!dependency_version_matches(dependency->version, *version))
        add_missing(u, dependency, missing);
    return true;
}

/* Of a repository the newest version in the range that can be had; false in *found where there is none. */
static bool resolve_in_index(struct updating *u, const struct chart_dependency *dependency, struct slice *version,
                             bool *found)
{
    struct repository_index index;
    struct slice name = dependency_repositories_name(&u->repositories, dependency);
    const struct helm_paths *paths = &u->options->source->options->paths;
    if (!repository_index_load(&u->arena, repository_index_path(&u->arena, paths, name), &index, u->diag)) {
        diag_prefix(u->diag, "no cached repository for %.*s found. (try 'helm repo update'): ", SLICE_ARG(name));
        return false;
    }
    const struct index_chart *chart = repository_index_chart(&index, dependency->name);
    if (!chart)
        return diag_error(u->diag, "%.*s chart not found in repo %.*s", SLICE_ARG(dependency->name),
                          SLICE_ARG(dependency->repository));
    *version = SLICE("");
    for (size_t i = 0; !*found && i < chart->count; i++) {
        const struct index_version *v = chart->versions[i];
        *found = v->urls.count && dependency_version_matches(dependency->version, v->metadata.version);
        if (*found)
            *version = v->metadata.version;
    }
    return true;
}

static bool list_versions(struct updating *u, const struct chart_dependency *dependency, struct slice **versions,
                          size_t *count)
{
    struct oci_options options = registry_options(u->options->source->options);
    struct oci_client *client;
    struct oci_reference reference;
    struct slice text = arena_printf(&u->arena, "%.*s/%.*s", SLICE_ARG(dependency->repository),
                                     SLICE_ARG(dependency->name));
    if (!oci_reference_parse(&u->arena, text, &reference, u->diag) || !oci_client_new(&options, &client, u->diag))
        return false;
    bool ok = registry_versions(client, u->options->source->options, &u->arena, &reference, versions, count, u->diag);
    oci_client_free(client);
    return ok;
}

/* Of a registry: an exact version as it is, else the newest tag in the range; where none is, the fetching will say so. */
static bool resolve_in_registry(struct updating *u, const struct chart_dependency *dependency, struct slice *version)
{
    struct semver ignored;
    struct slice *versions;
    size_t count;
    if (semver_parse_loose(dependency->version, &ignored))
        return true;
    if (!list_versions(u, dependency, &versions, &count)) {
        diag_prefix(u->diag, "could not retrieve list of tags for repository %.*s: ",
                    SLICE_ARG(dependency->repository));
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (!dependency_version_matches(dependency->version, versions[i]))
            continue;
        *version = versions[i];
        break;
    }
    return true;
}

static bool resolve_remote(struct updating *u, const struct chart_dependency *dependency, struct slice *version,
                           struct missing *missing)
{
    bool found = false;
    if (!u->options->source) /* the fetching fails */
        return true;
    if (is_oci(dependency->repository))
        return resolve_in_registry(u, dependency, version);
    if (!resolve_in_index(u, dependency, version, &found))
        return false;
    if (!found)
        add_missing(u, dependency, missing);
    return true;
}

static bool resolve_one(struct updating *u, const struct chart_dependency *dependency, struct slice *version,
                        struct missing *missing)
{
    const char *ignored;
    *version = dependency->version;
    if (!check_range(u, dependency))
        return false;
    if (dependency->repository.len == 0) {
        struct slice path = arena_concat(&u->arena, SLICE("charts/"), dependency->name);
        return local_path(u, path, &ignored);
    }
    return is_local_file(dependency) ? resolve_file(u, dependency, version, missing)
                                     : resolve_remote(u, dependency, version, missing);
}

static bool resolve(struct updating *u, const struct chart_dependencies *wanted, struct chart_lock *lock)
{
    struct missing missing = {BUFFER_INIT, 0};
    bool ok = true;
    lock->dependencies.items = ARENA_ARRAY(&u->arena, struct chart_dependency *, wanted->count + 1);
    lock->dependencies.count = wanted->count;
    for (size_t i = 0; ok && i < wanted->count; i++) {
        struct chart_dependency *locked = ARENA_NEW(&u->arena, struct chart_dependency);
        locked->name = wanted->items[i]->name;
        locked->repository = wanted->items[i]->repository;
        lock->dependencies.items[i] = locked;
        ok = resolve_one(u, wanted->items[i], &locked->version, &missing);
    }
    if (ok && missing.count)
        ok = diag_error(u->diag, "can't get a valid version for %zu subchart(s): %.*s. Make sure a matching chart "
                                 "version exists in the repo, or change the version constraint in Chart.yaml",
                        missing.count, SLICE_ARG(buffer_slice(&missing.text)));
    buffer_release(&missing.text);
    return ok;
}

/* --- getting -------------------------------------------------------------------------------------------------- */

/* One without repository must already lie in charts/. */
static bool check_unpacked(struct updating *u, const struct chart_dependency *dependency)
{
    struct chart *chart;
    struct slice name = dependency->name;
    buffer_printf(u->out, "Dependency %.*s did not declare a repository. Assuming it exists in the charts directory\n",
                  SLICE_ARG(name));
    const char *folder = file_join(&u->arena, u->charts_folder, name);
    if (!load_folder(u, folder, &chart)) {
        diag_prefix(u->diag, "unable to load chart '%s': ", folder);
        return false;
    }
    bool ok = dependency_version_matches(dependency->version, chart->metadata.version);
    if (!ok)
        diag_error(u->diag, "dependency %.*s at version %.*s does not satisfy the constraint %.*s", SLICE_ARG(name),
                   SLICE_ARG(chart->metadata.version), SLICE_ARG(dependency->version));
    chart_free(chart);
    return ok;
}

static bool pack_file(struct updating *u, struct chart_dependency *dependency)
{
    struct chart_package_options options = {.version = SLICE("")};
    const char *folder;
    struct chart *chart;
    struct slice bytes;
    if (!local_path(u, dependency->repository, &folder) || !load_folder(u, folder, &chart))
        return false;
    bool ok = dependency_version_matches(dependency->version, chart->metadata.version);
    if (!ok)
        diag_error(u->diag, "can't get a valid version for dependency %.*s", SLICE_ARG(dependency->name));
    ok = ok && chart_package_bytes(chart, &options, &u->arena, &bytes, u->diag);
    if (ok) {
        dependency->version = arena_slice(&u->arena, chart->metadata.version);
        struct slice file = arena_printf(&u->arena, "%.*s-%.*s.tgz", SLICE_ARG(chart->metadata.name),
                                         SLICE_ARG(chart->metadata.version));
        updating_save(u, file, SLICE(""), bytes);
    }
    chart_free(chart);
    return ok;
}

static bool get(struct updating *u, struct chart_dependency *dependency)
{
    if (dependency->repository.len == 0)
        return check_unpacked(u, dependency);
    return is_local_file(dependency) ? pack_file(u, dependency) : dependency_fetch(u, dependency);
}

/* --- charts/ -------------------------------------------------------------------------------------------------- */

static bool is_saved(const struct updating *u, struct slice file_name)
{
    for (size_t i = 0; i < u->saved_count; i++) {
        if (slice_equal(u->saved[i].file_name, file_name))
            return true;
    }
    return false;
}

static bool is_unpacked_dependency(const struct chart_dependencies *dependencies, struct slice name)
{
    for (size_t i = 0; i < dependencies->count; i++) {
        if (dependencies->items[i]->repository.len == 0 && slice_equal(dependencies->items[i]->name, name))
            return true;
    }
    return false;
}

/* Removes an archive that no dependency asks for any more; a file that is no chart is left and reported. */
static void delete_outdated(struct updating *u, const struct chart_dependencies *dependencies, struct slice name)
{
    struct chart *chart;
    struct diag own;
    const char *path = file_join(&u->arena, u->charts_folder, name);
    if (file_is_directory(path) || is_saved(u, name))
        return;
    diag_init(&own);
    if (!chart_load(path, &u->options->load, u->sources, &chart, &own)) {
        buffer_printf(u->out, "Could not verify %s for deletion: %.*s (Skipping)\n", path,
                      SLICE_ARG(own.last->message));
    } else {
        if (!is_unpacked_dependency(dependencies, chart->metadata.name) && unlink(path) != 0)
            buffer_printf(u->out, "Could not delete %s: remove %s: %s (Skipping)", path, path, file_error_text(errno));
        chart_free(chart);
    }
    diag_release(&own);
}

static bool write_charts(struct updating *u, const struct chart_dependencies *dependencies)
{
    struct slice *names;
    size_t count;
    if (!file_list(&u->arena, u->charts_folder.ptr, &names, &count, u->diag))
        return false;
    for (size_t i = 0; i < u->saved_count; i++) {
        struct slice name = u->saved[i].file_name;
        const char *path = file_join(&u->arena, u->charts_folder, name);
        if (slice_find_char(name, '/') < name.len)
            return diag_error(u->diag, "\"%.*s\" is no name for a file", SLICE_ARG(name));
        if (!file_write(path, u->saved[i].bytes, NULL, u->diag))
            return false;
    }
    buffer_add_text(u->out, "Deleting outdated charts\n");
    for (size_t i = 0; i < count; i++)
        delete_outdated(u, dependencies, names[i]);
    return true;
}

static bool get_all(struct updating *u, const struct chart_dependencies *dependencies)
{
    if (file_exists(u->charts_folder.ptr) && !file_is_directory(u->charts_folder.ptr))
        return diag_error(u->diag, "%.*s is not a directory", SLICE_ARG(quoted(&u->arena, u->charts_folder)));
    if (!file_make_directories(u->charts_folder.ptr, u->diag))
        return false;
    buffer_printf(u->out, "Saving %zu charts\n", dependencies->count);
    u->saved = ARENA_ARRAY(&u->arena, struct saved_chart, dependencies->count + 1);
    for (size_t i = 0; i < dependencies->count; i++) {
        if (get(u, dependencies->items[i]))
            continue;
        buffer_printf(u->out, "Save error occurred:  %.*s\n", SLICE_ARG(u->diag->last->message));
        return false;
    }
    return write_charts(u, dependencies);
}

/* --- the lock file -------------------------------------------------------------------------------------------- */

static bool is_v1(const struct chart *chart)
{
    return slice_is(chart->metadata.api_version, "v1");
}

static bool write_lock_file(struct updating *u, const struct chart_lock *lock)
{
    char target[4096];
    struct buffer text = BUFFER_INIT;
    const char *name = is_v1(u->chart) ? "requirements.lock" : "Chart.lock";
    const char *path = file_join(&u->arena, slice_text(u->folder), slice_text(name));
    ssize_t len = readlink(path, target, sizeof target);
    if (len >= 0) /* it could lead anywhere */
        return diag_error(u->diag, "the %s file is a symlink to %.*s", name,
                          SLICE_ARG(quoted(&u->arena, slice_of(target, (size_t)len))));
    bool ok = lock_write(&text, lock, &u->arena, u->diag) && file_write(path, buffer_slice(&text), NULL, u->diag);
    buffer_release(&text);
    return ok;
}

static bool out_of_sync(struct updating *u)
{
    bool v1 = is_v1(u->chart);
    return diag_error(u->diag, "the lock file (%s) is out of sync with the dependencies file (%s). Please update the "
                               "dependencies", v1 ? "requirements.lock" : "Chart.lock",
                      v1 ? "requirements.yaml" : "Chart.yaml");
}

/* `helm2` is what Helm 2 would have written, over Chart.yaml as it stands. */
static bool check_lock(struct updating *u, struct slice helm2)
{
    const struct chart_dependencies *wanted = &u->chart->metadata.dependencies;
    const struct chart_lock *lock = u->chart->lock;
    if (slice_equal(lock_digest(&u->arena, wanted, &lock->dependencies), lock->digest))
        return true;
    if (!is_v1(u->chart))
        return out_of_sync(u);
    diag_info(u->diag, "msg=\"warning: a valid Helm v3 hash was not found. Checking against Helm v2 hash...\"");
    return slice_equal(helm2, lock->digest) || out_of_sync(u);
}

/* --- entry points --------------------------------------------------------------------------------------------- */

static bool start(struct updating *u, const char *folder, const struct dependency_options *options,
                  struct source_set *sources, struct buffer *out, struct diag *diag)
{
    memset(u, 0, sizeof *u);
    arena_init(&u->arena);
    u->folder = folder;
    u->options = options;
    u->sources = sources;
    u->out = out;
    u->diag = diag;
    struct slice charts = slice_text(file_join(&u->arena, slice_text(folder), SLICE("charts")));
    u->charts_folder = arena_slice(&u->arena, go_path_clean(&u->arena, charts));
    if (!file_exists(folder))
        return diag_error(diag, "could not find %s: stat %s: no such file or directory", folder, folder);
    if (!file_is_directory(folder))
        return diag_error(diag, "only unpacked charts can be updated");
    return load_folder(u, folder, &u->chart);
}

static void end(struct updating *u)
{
    chart_free(u->chart);
    arena_release(&u->arena);
}

/* What Chart.yaml calls by an alias gets its URL. */
static bool read_repositories(struct updating *u, const struct chart_dependencies *wanted)
{
    const struct remote_source *source = u->options->source;
    return !source || dependency_repositories_read(&u->repositories, &u->arena, source, u->folder, wanted, u->diag);
}

/* Offline there is nothing new. */
static bool refresh(struct updating *u)
{
    const struct remote_source *source = u->options->source;
    if (!source || u->options->skip_refresh || source->options->http.offline)
        return true;
    return dependency_repositories_fetch_unnamed(&u->repositories, &u->arena, source, u->out, u->diag) &&
           dependency_repositories_fetch_named(&u->repositories, &u->arena, source, u->out, u->diag);
}

/* Fills charts/ with what the lock file names. */
static bool build(struct updating *u)
{
    const struct chart_dependencies *locked = &u->chart->lock->dependencies;
    struct slice helm2 = lock_digest_helm2(&u->arena, &u->chart->metadata.dependencies);
    if (!read_repositories(u, &u->chart->metadata.dependencies) || !check_lock(u, helm2))
        return false;
    if (u->options->source && !dependency_repositories_check(&u->repositories, locked, u->diag))
        return false;
    return refresh(u) && get_all(u, locked);
}

static bool update(struct updating *u)
{
    struct chart_lock lock = {.generated = u->options->now};
    const struct chart_dependencies *wanted = &u->chart->metadata.dependencies;
    if (!wanted->items)
        return true;
    if (!read_repositories(u, wanted) || !refresh(u) || !resolve(u, wanted, &lock) ||
        !get_all(u, &lock.dependencies))
        return false;
    lock.digest = lock_digest(&u->arena, wanted, &lock.dependencies);
    if (u->chart->lock && slice_equal(u->chart->lock->digest, lock.digest))
        return true;
    return write_lock_file(u, &lock);
}

bool dependency_update(const char *folder, const struct dependency_options *options, struct source_set *sources,
                       struct buffer *out, struct diag *diag)
{
    struct updating u;
    bool ok = start(&u, folder, options, sources, out, diag) && update(&u);
    end(&u);
    return ok;
}

bool dependency_build(const char *folder, const struct dependency_options *options, struct source_set *sources,
                      struct buffer *out, struct diag *diag)
{
    struct updating u;
    bool ok = start(&u, folder, options, sources, out, diag);
    if (ok && !u.chart->lock)
        ok = update(&u);
    else if (ok)
        ok = build(&u);
    end(&u);
    return ok;
}
