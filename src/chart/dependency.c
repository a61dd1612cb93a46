/*
 * dependency.c - declared dependencies against what lies in charts/
 */
#include "chart/dependency.h"

#include "golang/semver.h"

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

bool dependency_check(const struct chart *chart, bool helm3, struct diag *diag)
{
    struct buffer missing = BUFFER_INIT;
    size_t count = 0;
    const struct chart_dependencies *declared = &chart->metadata.dependencies;
    for (size_t i = 0; i < declared->count; i++) {
        if (is_present(chart, declared->items[i]->name))
            continue;
        if (count++)
            buffer_add_text(&missing, ", ");
        buffer_add(&missing, declared->items[i]->name);
    }
    if (count)
        diag_error(diag,
                   "%s error occurred while checking for chart dependencies. You may need to run `helm dependency "
                   "build` to fetch missing dependencies: found in Chart.yaml, but missing in charts/ directory: %.*s",
                   helm3 ? "An" : "an", SLICE_ARG(buffer_slice(&missing)));
    buffer_release(&missing);
    return count == 0;
}
