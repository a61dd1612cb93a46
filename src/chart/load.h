/*
 * load.h - a chart, from a folder or an archive
 *
 * A chart is loaded once, with all charts below charts/, into an arena that the root chart owns; after that it never
 * changes, so releases and threads share it. What a release does to it (aliases, conditions, imported values) happens
 * in helm/conditions on a tree of its own.
 *
 * Every file that is parsed is a source of the source set, which must outlive the chart.
 */
#ifndef YARE_CHART_LOAD_H
#define YARE_CHART_LOAD_H

#include "chart/lock.h"
#include "chart/metadata.h"
#include "chart/values_read.h"

/* A file of the chart. */
struct chart_file {
    struct slice name;           /* relative to its chart: "templates/x.yaml" */
    struct slice bytes;          /* without byte order mark; followed by NUL */
    const struct source *source; /* of templates and parsed files; null for others */
    int64_t modified;            /* seconds since 1970 */
};

struct chart_files {
    struct chart_file *items;
    size_t count;
};

struct chart {
    struct slice location;        /* where it was found: the folder, or the archive file */
    struct chart_metadata metadata;
    struct chart_files templates; /* everything below templates/, in reading order (bytewise for folders) */
    struct chart_files files;     /* what .Files shows, crds/ included */
    struct chart_files raw;       /* every file of this chart as read, those of charts/ included */
    struct value files_value;     /* `files` as a frozen engine.files */
    struct value values;          /* values.yaml, a frozen map; empty where there is none */
    const struct chart_file *values_file; /* null where there is none */
    const struct chart_file *schema_file; /* values.schema.json, or null */
    struct chart_lock *lock;              /* or null */
    struct chart **dependencies;          /* loaded from charts/, sorted by their folder or archive name */
    size_t dependency_count;
    const struct chart *parent;           /* null: root */
};

struct chart_load_options {
    bool helm3;        /* Helm 3.17's texts, and only the first document of values.yaml */
    bool any_version;  /* apiVersion is not looked at first: what `show` and `lint` of Helm 4 load */
    bool links_inside; /* a symbolic link may not lead out of the chart's folder (Helm allows it) */
};

/* Loads the chart at `path`. Links met in the folder and files of a past format give infos, worded as Helm's log line
   without its level: `msg="found symbolic link in path. …" path=… resolved=…`. On success *out must be released with
   chart_free. */
bool chart_load(const char *path, const struct chart_load_options *options, struct source_set *sources,
                struct chart **out, struct diag *diag);

/* The same from the bytes of a .tgz; `name` stands for its path in messages. */
bool chart_load_archive(struct slice bytes, const char *name, const struct chart_load_options *options,
                        struct source_set *sources, struct chart **out, struct diag *diag);

/* The same from files that are in memory, whose names and bytes must outlive the chart; `name` stands for its path. */
bool chart_load_files(const struct chart_files *files, const char *name, const struct chart_load_options *options,
                      struct source_set *sources, struct chart **out, struct diag *diag);

/* Ends a root chart and all below it; null is ignored. */
void chart_free(struct chart *root);

/* The file of this path in a list, or null; of several with one name the last. */
const struct chart_file *chart_files_find(const struct chart_files *files, struct slice name);

/* Whether the path is one of Helm's CRD files: crds/…, extension yaml, yml or json in any letter case. */
bool chart_file_is_crd(const struct chart_file *file);

/* Calls `found` for the CRD files of the chart, then for those of its subcharts; stops where that returns false. */
void chart_each_crd(const struct chart *chart, bool (*found)(void *context, const struct chart_file *file),
                    void *context);

#endif
