/*
 * dependency_update.h - charts/ filled from what Chart.yaml declares
 *
 * The operations behind `helm dependency update` and `build`: dependencies that are unpacked in charts/ already, those
 * that lie beside the chart (file://), and those of repositories and registries.
 */
#ifndef YARE_CHART_DEPENDENCY_UPDATE_H
#define YARE_CHART_DEPENDENCY_UPDATE_H

#include "chart/load.h"
#include "chart/remote_chart.h"

struct dependency_options {
    struct chart_load_options load;
    const struct remote_source *source; /* null: what is not on this machine is an error */
    bool skip_refresh;                  /* indexes of repositories are taken as they were fetched last */
    struct slice now;                   /* what the lock file gives as its time, RFC 3339 */
};

/* Resolves what Chart.yaml declares, fills charts/, and writes the lock file unless it says so already. What Helm
   prints goes to `out`, also when the work fails. */
bool dependency_update(const char *folder, const struct dependency_options *options, struct source_set *sources,
                       struct buffer *out, struct diag *diag);

/* Fills charts/ with what the lock file names; an update where there is none. */
bool dependency_build(const char *folder, const struct dependency_options *options, struct source_set *sources,
                      struct buffer *out, struct diag *diag);

#endif
