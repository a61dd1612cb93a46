/*
 * repository_directory.h - an index of the packed charts in a folder
 */
#ifndef YARE_CHART_REPOSITORY_DIRECTORY_H
#define YARE_CHART_REPOSITORY_DIRECTORY_H

#include "chart/repository_index.h"

/* Looks at *.tgz in the folder and in the folders directly below it; what is no chart is passed over. `url` is where
   the folder will be found (empty: the index names files), `now` the time of the entries. Not sorted yet. */
bool repository_index_directory(struct arena *a, const char *folder, struct slice url, struct slice now,
                                struct source_set *sources, struct repository_index *out, struct diag *diag);

#endif
