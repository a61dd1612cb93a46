/*
 * dependency.h - declared dependencies against what lies in charts/
 *
 * The check that `helm template` makes, and the table of `helm dependency list`.
 */
#ifndef YARE_CHART_DEPENDENCY_H
#define YARE_CHART_DEPENDENCY_H

#include "chart/load.h"

/* Whether `version` (loose semver) lies in the range; false when either cannot be read. */
bool dependency_version_matches(struct slice range, struct slice version);

/* True when each declared dependency is in charts/ by name; else Helm's "an error occurred while checking for chart
   dependencies. …". */
bool dependency_check(const struct chart *chart, bool helm3, struct diag *diag);

/* The names of declared dependencies that are not in charts/, joined by ", "; false where there are none. */
bool dependency_missing(const struct chart *chart, struct buffer *names);

/* What `helm dependency list` prints for the chart in `folder`: its table with cells of at most `width` characters, then
   the charts that are not declared. Charts are loaded to be looked at; what goes wrong with one is part of the table. */
void dependency_list(const struct chart *chart, const char *folder, size_t width, struct source_set *sources,
                     struct buffer *out);

#endif
