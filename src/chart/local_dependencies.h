/*
 * local_dependencies.h - charts that a chart names by file://
 *
 * `helm dependency build` packs them into charts/. Here they are put among the files of the chart in memory, fresh from
 * where they lie, so that nothing is written into the user's folders.
 */
#ifndef YARE_CHART_LOCAL_DEPENDENCIES_H
#define YARE_CHART_LOCAL_DEPENDENCIES_H

#include "chart/folder.h"

/* Whether Chart.yaml in the folder names any. */
bool local_dependencies_any(const char *folder);

/* Adds them to `files`, those of the chart in `folder`, in the place of what charts/ has under their names. *count is
   their number. A version that does not fit is an error, worded as Helm's. */
bool local_dependencies_add(struct arena *a, const char *folder, const struct chart_load_options *options,
                            struct source_set *sources, struct file_list *files, size_t *count, struct diag *diag);

/* Adds the files of the chart in `folder` below charts/NAME/. */
bool local_dependency_copy(struct arena *a, const char *folder, struct slice name,
                           const struct chart_load_options *options, struct file_list *files, struct diag *diag);

/* Adds to `wrong` a dependency whose chart, among the files, is of another version than asked for. */
bool local_dependency_check(struct arena *a, const struct chart_dependency *dependency, struct source_set *sources,
                            struct file_list *files, struct buffer *wrong, size_t *count, struct diag *diag);

/* The error about those in `wrong`, if any. */
bool local_dependencies_fail(const struct buffer *wrong, size_t count, struct diag *diag);

#endif
