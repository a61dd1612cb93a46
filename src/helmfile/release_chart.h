/*
 * release_chart.h - charts of releases that lie elsewhere
 *
 * A release's chart may be `repository/chart` of the state file or of the user's own repositories, `oci://…`, the URL of
 * an archive, or `git::…`. It is fetched into the caches that Helm and yare share. Indexes of repositories are fetched
 * once a run.
 */
#ifndef YARE_HELMFILE_RELEASE_CHART_H
#define YARE_HELMFILE_RELEASE_CHART_H

#include "helmfile/release_spec.h"

struct release_charts;

/* Lives in the arena. */
struct release_charts *release_charts_new(struct arena *a);

/* Whether the chart is one that has to be fetched; `path` is where it would be on this machine. */
bool release_chart_is_remote(const struct release_spec *release, struct slice chart, const char *path);

/* Fetches it; *path is the archive or the folder. What Helmfile prints meanwhile becomes infos. */
bool release_chart_fetch(struct release_charts *charts, struct helmfile *h, const struct release_spec *release,
                         struct slice chart, const char **path, struct diag *diag);

/* The entry of a state file's `repositories`, name and password from the environment where it has none. */
struct chart_repository;
void release_chart_repository(struct arena *a, struct value entry, struct chart_repository *out);

#endif
