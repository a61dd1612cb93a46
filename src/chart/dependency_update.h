/*
 * dependency_update.h - charts/ filled from what Chart.yaml declares
 *
 * The operations behind `helm dependency update` and `build` for dependencies found on this machine: unpacked in
 * charts/, or file:// beside the chart. Those of repositories and registries are fetched through a function that the
 * caller gives, so that nothing here touches the network.
 */
#ifndef YARE_CHART_DEPENDENCY_UPDATE_H
#define YARE_CHART_DEPENDENCY_UPDATE_H

#include "chart/load.h"

/* Fetches one dependency from a repository or registry as the bytes of a .tgz, in the arena; *version is the version
   that was chosen. */
typedef bool dependency_fetch_fn(void *context, const struct chart_dependency *dependency, struct arena *a,
                                 struct slice *archive, struct slice *version, struct diag *diag);

struct dependency_options {
    struct chart_load_options load;
    dependency_fetch_fn *fetch; /* null: what is not on this machine is an error */
    void *context;
    struct slice now;           /* what the lock file gives as its time, RFC 3339 */
};

/* Resolves what Chart.yaml declares, fills charts/, and writes the lock file unless it says so already. What Helm
   prints goes to `out`, also when the work fails. */
bool dependency_update(const char *folder, const struct dependency_options *options, struct source_set *sources,
                       struct buffer *out, struct diag *diag);

/* Fills charts/ with what the lock file names; an update where there is none. */
bool dependency_build(const char *folder, const struct dependency_options *options, struct source_set *sources,
                      struct buffer *out, struct diag *diag);

#endif
