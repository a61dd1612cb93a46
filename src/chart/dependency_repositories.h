/*
 * dependency_repositories.h - the repositories that dependencies name
 *
 * A dependency's repository is a URL, or `@name` and `alias:name` of repositories.yaml. Indexes of named repositories
 * are fetched anew before versions are chosen; so are those of unnamed ones, kept under a name made of their URL.
 */
#ifndef YARE_CHART_DEPENDENCY_REPOSITORIES_H
#define YARE_CHART_DEPENDENCY_REPOSITORIES_H

#include "chart/remote_chart.h"

struct dependency_repositories {
    struct repositories known;
    struct chart_repository **unnamed; /* known by their URL alone */
    size_t unnamed_count;
    struct map *names; /* of a dependency: the name that its repository's index is kept under */
};

/* Finds the repository of each dependency; an alias is replaced by its URL in the dependency itself. */
bool dependency_repositories_read(struct dependency_repositories *r, struct arena *a,
                                  const struct remote_source *source, const char *chart_folder,
                                  const struct chart_dependencies *wanted, struct diag *diag);

/* Fetches the indexes of repositories without a name; what Helm prints goes to `out`. */
bool dependency_repositories_fetch_unnamed(struct dependency_repositories *r, struct arena *a,
                                           const struct remote_source *source, struct buffer *out,
                                           struct diag *diag);

/* Fetches the indexes of all named repositories. */
bool dependency_repositories_fetch_named(struct dependency_repositories *r, struct arena *a,
                                         const struct remote_source *source, struct buffer *out, struct diag *diag);

/* Whether all locked dependencies are of named repositories, registries or this machine, as `build` wants. */
bool dependency_repositories_check(const struct dependency_repositories *r, const struct chart_dependencies *locked,
                                   struct diag *diag);

/* The name that the dependency's index is kept under. */
struct slice dependency_repositories_name(const struct dependency_repositories *r,
                                          const struct chart_dependency *dependency);

/* The named repository at that URL, or null. */
const struct chart_repository *dependency_repositories_find(const struct dependency_repositories *r, struct slice url);

#endif
