/*
 * package.h - a chart as a .tgz
 *
 * The archive holds Chart.yaml (written anew), Chart.lock, values, schema, templates, other files and subcharts, in
 * Helm's order. File times are those of the files, so that the same folder gives the same bytes.
 */
#ifndef YARE_CHART_PACKAGE_H
#define YARE_CHART_PACKAGE_H

#include "chart/load.h"

struct chart_package_options {
    struct slice version;     /* replaces the chart's when not empty */
    struct slice app_version; /* likewise */
};

/* Whether the chart may be packed: its version (or the one that replaces it) is one, and declared dependencies are there.
 */
bool chart_package_check(const struct chart *chart, const struct chart_package_options *options, struct arena *a,
                         struct diag *diag);

/* Writes `<folder>/<name>-<version>.tgz`; *path is its path, in the arena. */
bool chart_package(const struct chart *chart, const char *folder, const struct chart_package_options *options,
                   struct arena *a, struct slice *path, struct diag *diag);

/* The archive's bytes alone, in the arena. */
bool chart_package_bytes(const struct chart *chart, const struct chart_package_options *options, struct arena *a,
                         struct slice *bytes, struct diag *diag);

#endif
