/*
 * dependency.h - declared dependencies against what lies in charts/
 *
 * The check that `helm template` makes, and the operations behind `helm dependency list|build|update` for
 * dependencies found on this machine: unpacked in charts/, or file:// beside the chart. Those of repositories and
 * registries are fetched through a function that the caller gives, so that nothing here touches the network.
 */
#ifndef YARE_CHART_DEPENDENCY_H
#define YARE_CHART_DEPENDENCY_H

#include "chart/load.h"

/* Whether `version` (loose semver) lies in the range; false when either cannot be read. */
bool dependency_version_matches(struct slice range, struct slice version);

/* True when each declared dependency is in charts/ by name; else Helm's "an error occurred while checking for chart
   dependencies. …". */
bool dependency_check(const struct chart *chart, bool helm3, struct diag *diag);

/* The table that `helm dependency list` prints for the chart in `folder`, and its warnings. */
bool dependency_list(const struct chart *chart, const char *folder, struct buffer *out, struct diag *diag);

/* Fetches one dependency from a repository or registry as the bytes of a .tgz, in the arena; *version is the version
   that was chosen. */
typedef bool dependency_fetch_fn(void *context, const struct chart_dependency *dependency, struct arena *a,
                                 struct slice *archive, struct slice *version, struct diag *diag);

struct dependency_options {
    struct chart_load_options load;
    dependency_fetch_fn *fetch; /* null: what is not on this machine is an error */
    void *context;
};

/* `helm dependency update`: resolves, fills charts/, writes the lock file. What Helm prints goes to `out`. */
bool dependency_update(const char *folder, const struct dependency_options *options, struct source_set *sources,
                       struct buffer *out, struct diag *diag);

/* `helm dependency build`: the same from the lock file; an update where there is none. */
bool dependency_build(const char *folder, const struct dependency_options *options, struct source_set *sources,
                      struct buffer *out, struct diag *diag);

#endif
