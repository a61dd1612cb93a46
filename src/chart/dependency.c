/*
 * dependency.c - declared dependencies against what lies in charts/
 */
#include "chart/dependency.h"

#include "base/file.h"
#include "chart/text_table.h"
#include "golang/path.h"
#include "golang/semver.h"
#include "golang/strconv.h"

bool dependency_version_matches(struct slice range, struct slice version)
{
    struct arena scratch;
    struct semver parsed;
    struct semver_constraint *constraint;
    struct slice error;
    if (!semver_parse_loose(version, &parsed))
        return false;
    arena_init(&scratch);
    bool matches = semver_constraint_parse(&scratch, range, &constraint, &error) &&
                   semver_constraint_check(constraint, &parsed);
    arena_release(&scratch);
    return matches;
}

static bool is_present(const struct chart *chart, struct slice name)
{
    for (size_t i = 0; i < chart->dependency_count; i++) {
        if (slice_equal(chart->dependencies[i]->metadata.name, name))
            return true;
    }
    return false;
}

bool dependency_missing(const struct chart *chart, struct buffer *names)
{
    size_t count = 0;
    const struct chart_dependencies *declared = &chart->metadata.dependencies;
    for (size_t i = 0; i < declared->count; i++) {
        if (is_present(chart, declared->items[i]->name))
            continue;
        if (count++)
            buffer_add_text(names, ", ");
        buffer_add(names, declared->items[i]->name);
    }
    return count > 0;
}

bool dependency_check(const struct chart *chart, bool helm3, struct diag *diag)
{
    struct buffer missing = BUFFER_INIT;
    bool ok = !dependency_missing(chart, &missing);
    if (!ok)
        diag_error(diag,
                   "%s error occurred while checking for chart dependencies. You may need to run `helm dependency "
                   "build` to fetch missing dependencies: found in Chart.yaml, but missing in charts/ directory: %.*s",
                   helm3 ? "An" : "an", SLICE_ARG(buffer_slice(&missing)));
    buffer_release(&missing);
    return ok;
}

/* --- the table of `helm dependency list` ---------------------------------------------------------------------- */

enum {
    COLUMNS = 4
};

struct listing {
    struct arena arena;
    const struct chart *chart;
    struct slice charts_folder;
    struct slice *names; /* in charts/ */
    size_t name_count;
    size_t width; /* of the widest cell */
    struct source_set *sources;
    struct buffer *out;
};

/* Why the version does not do, or null. */
static const char *version_fault(struct arena *a, struct slice wanted, struct slice version)
{
    struct semver_constraint *range;
    struct semver parsed;
    struct slice error;
    if (slice_equal(wanted, version))
        return NULL;
    if (!semver_constraint_parse(a, wanted, &range, &error) || !semver_parse_loose(version, &parsed))
        return "invalid version";
    return semver_constraint_check(range, &parsed) ? NULL : "wrong version";
}

/* Loads a chart to look at it; null where that fails. */
static struct chart *try_load(struct listing *l, struct slice path)
{
    struct chart_load_options options = {.helm3 = true}; /* any apiVersion, as the loader that lists */
    struct chart *chart = NULL;
    struct diag ignored;
    diag_init(&ignored);
    if (!chart_load(path.ptr, &options, l->sources, &chart, &ignored))
        chart = NULL;
    diag_release(&ignored);
    return chart;
}

static const char *archive_status(struct listing *l, struct slice path, const struct chart_dependency *dependency)
{
    struct chart *chart = try_load(l, path);
    if (!chart)
        return "corrupt";
    const char *fault = version_fault(&l->arena, dependency->version, chart->metadata.version);
    if (!slice_equal(chart->metadata.name, dependency->name))
        fault = "misnamed";
    chart_free(chart);
    return fault ? fault : "ok";
}

/* Whether the name is that of an archive with an exact version: `s-1.2.3.tgz`. */
static bool has_version(struct slice name, struct slice dependency)
{
    struct semver ignored;
    struct slice version = slice_part(name, dependency.len + 1, name.len - strlen(".tgz"));
    return semver_parse_strict(version, &ignored);
}

/* Looks for one archive of the dependency: the only one, or of several the only one with an exact version. Null: none,
   or too many (*many). */
static const struct slice *find_archive(struct listing *l, struct slice dependency, bool *many)
{
    struct slice pattern = arena_printf(&l->arena, "%.*s-*.tgz", SLICE_ARG(dependency));
    const struct slice *any = NULL;
    const struct slice *exact = NULL;
    size_t any_count = 0;
    size_t exact_count = 0;
    for (size_t i = 0; i < l->name_count; i++) {
        if (go_path_match(pattern, l->names[i]) != GO_MATCH_YES)
            continue;
        any = &l->names[i];
        any_count++;
        if (has_version(l->names[i], dependency)) {
            exact = &l->names[i];
            exact_count++;
        }
    }
    *many = any_count > 1 && exact_count > 1;
    if (any_count == 1)
        return any;
    return exact_count == 1 ? exact : NULL;
}

static const char *unpacked_status(struct listing *l, const struct chart_dependency *dependency)
{
    const struct chart *found = NULL;
    for (size_t i = 0; i < l->chart->dependency_count; i++) {
        if (slice_equal(l->chart->dependencies[i]->metadata.name, dependency->name))
            found = l->chart->dependencies[i];
    }
    if (!found)
        return "missing";
    const char *fault = version_fault(&l->arena, dependency->version, found->metadata.version);
    return fault ? fault : "unpacked";
}

static const char *dependency_status(struct listing *l, const struct chart_dependency *dependency)
{
    bool many;
    if (go_path_match(dependency->name, SLICE("x")) == GO_MATCH_BAD_PATTERN)
        return "bad pattern";
    const struct slice *archive = find_archive(l, dependency->name, &many);
    if (many)
        return "too many matches";
    if (!archive)
        return unpacked_status(l, dependency);
    return archive_status(l, slice_text(file_join(&l->arena, l->charts_folder, *archive)), dependency);
}

static void list_declared(struct listing *l)
{
    const struct chart_dependencies *declared = &l->chart->metadata.dependencies;
    static const struct slice head[COLUMNS] = {SLICE_INIT("NAME"), SLICE_INIT("VERSION"), SLICE_INIT("REPOSITORY"),
                                               SLICE_INIT("STATUS")};
    struct text_table table;
    text_table_init(&table, &l->arena, COLUMNS);
    table.widest = l->width;
    text_table_add(&table, head);
    for (size_t i = 0; i < declared->count; i++) {
        const struct chart_dependency *dependency = declared->items[i];
        struct slice row[COLUMNS] = {dependency->name, dependency->version, dependency->repository,
                                     slice_text(dependency_status(l, dependency))};
        text_table_add(&table, row);
    }
    text_table_write(&table, l->out);
}

static void warn_of(struct listing *l, struct slice path, const char *verdict)
{
    buffer_add_text(l->out, "WARNING: ");
    go_quote(l->out, path);
    buffer_printf(l->out, " %s\n", verdict);
}

static bool is_declared(const struct chart_dependencies *declared, struct slice name)
{
    for (size_t i = 0; i < declared->count; i++) {
        if (slice_equal(declared->items[i]->name, name))
            return true;
    }
    return false;
}

static void list_undeclared(struct listing *l)
{
    for (size_t i = 0; i < l->name_count; i++) {
        struct slice path = slice_text(file_join(&l->arena, l->charts_folder, l->names[i]));
        if (!file_is_directory(path.ptr) && !slice_is(go_path_ext(path), ".tgz"))
            continue;
        struct chart *chart = try_load(l, path);
        if (!chart)
            warn_of(l, path, "is not a chart.");
        else if (!is_declared(&l->chart->metadata.dependencies, chart->metadata.name))
            warn_of(l, path, "is not in Chart.yaml.");
        chart_free(chart);
    }
}

void dependency_list(const struct chart *chart, const char *folder, size_t width, struct source_set *sources,
                     struct buffer *out)
{
    struct listing l = {.chart = chart, .width = width, .sources = sources, .out = out};
    struct diag ignored;
    arena_init(&l.arena);
    diag_init(&ignored);
    struct slice joined = slice_text(file_join(&l.arena, slice_text(folder), SLICE("charts")));
    l.charts_folder = arena_slice(&l.arena, go_path_clean(&l.arena, joined));
    if (!file_list(&l.arena, l.charts_folder.ptr, &l.names, &l.name_count, &ignored))
        l.name_count = 0;
    if (!chart->metadata.dependencies.items) {
        buffer_printf(out, "WARNING: no dependencies at %.*s\n", SLICE_ARG(l.charts_folder));
    } else {
        list_declared(&l);
        buffer_add_char(out, '\n');
        list_undeclared(&l);
    }
    diag_release(&ignored);
    arena_release(&l.arena);
}
