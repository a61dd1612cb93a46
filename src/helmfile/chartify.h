/*
 * chartify.h - charts that Helmfile makes
 *
 * A release may add charts to its chart, patch what the chart renders, or name a folder that is no chart: manifests or
 * a kustomization. Then what it renders is made a chart of its own, whose templates print it as it is, and that chart
 * is rendered in the place of the release's. This is what Helmfile's library of the same name does. All of it happens
 * in memory, but for what kustomize has to find on disk.
 */
#ifndef YARE_HELMFILE_CHARTIFY_H
#define YARE_HELMFILE_CHARTIFY_H

#include "chart/load.h"
#include "helmfile/release_spec.h"
#include "template/exec.h"

/* What rendering the release's own chart takes. */
struct chartify_options {
    const char *path;    /* folder or archive of the chart, or a folder that is none */
    struct value values; /* a frozen map */
    struct slice kube_version;
    struct helmfile_texts api_versions;
    bool include_crds;
    bool skip_deps; /* leave charts/ as it is */
    bool skip_schema;
    bool enable_dns;
    bool helm3;
    const struct function_table *functions;
    struct release_charts *charts; /* for charts to be added that lie elsewhere */
    bool is_fetched;               /* the chart itself was */
};

/* Whether the release, whose chart lies at the path, needs a chart made for it. */
bool chartify_is_wanted(const struct release_spec *release, const char *path);

/* Whether the release has patches or transformers. */
bool chartify_has_patches(const struct release_spec *release);

/* Where Helmfile puts the chart that it makes: below $CHARTIFY_TEMPDIR, else somewhere below /tmp. One that was fetched
   is unpacked there. */
struct slice chartify_path(struct arena *a, const struct release_spec *release, bool is_fetched);

/* Whether the path is a folder that is no chart but a kustomization: building one prints an empty line. */
bool chartify_is_kustomization(const char *path);

/* Makes the chart; chart_free ends it. */
bool chartify(struct helmfile *h, const struct release_spec *release, const struct chartify_options *options,
              struct chart **out, struct diag *diag);

#endif
