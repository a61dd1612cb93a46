/*
 * remote_chart.h - charts from repositories and registries
 *
 * A chart is named as Helm's commands name it: `REPOSITORY/CHART` of a named repository, the URL of an archive,
 * `oci://…`, or a bare name with --repo. What was fetched is kept in the content cache, checked against the checksum
 * that an index or a manifest gives, and not fetched again while that stays the same.
 */
#ifndef YARE_CHART_REMOTE_CHART_H
#define YARE_CHART_REMOTE_CHART_H

#include "chart/repository.h"

/* What a registry's client says while it works ("Pulled: …", one line each); printed to standard error. */
typedef void remote_say_fn(void *context, struct slice line);

struct remote_source {
    const struct remote_options *options;
    remote_say_fn *say; /* null: nobody listens */
    void *say_context;
    bool with_provenance;
};

struct remote_chart {
    struct slice url;             /* where it is; set before it is fetched, so that failures can be told apart */
    struct slice bytes;           /* of the .tgz, in the arena */
    struct slice file_name;       /* "shop-1.2.3.tgz" */
    const char *cache_path;       /* where the cache has it; null: it could not be kept */
    struct slice provenance;      /* of source->with_provenance; a null pointer where there is none */
    struct slice provenance_fault; /* why there is none */
};

/* Fetches the chart that `reference` names, in the version asked for (options->version). */
bool remote_chart_fetch(const struct remote_source *source, struct slice reference, struct arena *a,
                        struct remote_chart *out, struct diag *diag);

/* Fetches a version of a named repository's index; what the index names is relative to `base`. */
bool remote_chart_fetch_version(const struct remote_source *source, const struct chart_repository *repository,
                                struct slice base, const struct index_version *version, struct arena *a,
                                struct remote_chart *out, struct diag *diag);

/* The path of the chart that a command's argument names: a folder or file of this machine as it is, anything else
   fetched into the cache. */
bool remote_chart_locate(const struct remote_source *source, struct slice argument, struct arena *a,
                         struct slice *path, struct diag *diag);

/* Checks options for TLS before anything is fetched, as Helm does; the error begins "missing registry client: ". */
bool remote_options_check(const struct remote_options *options, struct diag *diag);

#endif
