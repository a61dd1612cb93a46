/*
 * dependency_fetch.h - dependencies from repositories and registries
 *
 * A part of dependency_update.c: what an update has gathered so far, and how it gets what is not on this machine.
 */
#ifndef YARE_CHART_DEPENDENCY_FETCH_H
#define YARE_CHART_DEPENDENCY_FETCH_H

#include "chart/dependency_repositories.h"
#include "chart/dependency_update.h"

/* A packed chart for charts/. */
struct saved_chart {
    struct slice file_name;
    struct slice url; /* empty: made of a folder */
    struct slice bytes;
};

struct updating {
    struct arena arena;
    struct dependency_repositories repositories;
    const char *folder;
    struct slice charts_folder;
    const struct dependency_options *options;
    struct source_set *sources;
    struct chart *chart;
    struct saved_chart *saved;
    size_t saved_count;
    struct buffer *out;
    struct diag *diag;
};

/* Notes an archive that goes to charts/; `url` is empty for one made of a folder. */
void updating_save(struct updating *u, struct slice file_name, struct slice url, struct slice bytes);

/* Fetches the dependency in its version and saves it; what Helm prints goes to u->out. */
bool dependency_fetch(struct updating *u, const struct chart_dependency *dependency);

#endif
