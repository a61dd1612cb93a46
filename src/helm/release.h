/*
 * release.h - one release rendered
 *
 * Everything between a loaded chart with its values and a list of manifests: dependencies, coalescing, schema,
 * capabilities, templates, manifests. What it makes lives in the release's arena and is dropped as a whole; the chart
 * and the value layers are shared and never changed.
 */
#ifndef YARE_HELM_RELEASE_H
#define YARE_HELM_RELEASE_H

#include "helm/manifest.h"

struct schema_cache;

struct release_options {
    const struct chart *chart;
    struct value values; /* user-supplied, merged: a map */
    struct slice name;
    struct slice name_space;
    bool is_upgrade;
    bool skip_schema;
    bool enable_dns;
    bool helm3;
    bool trace;          /* record which template line wrote what, and of which values */
    bool debug;          /* add Helm's debug lines */
    bool seeded;
    uint64_t seed;
    struct capabilities_options capabilities;
    const struct function_table *functions; /* of the same Helm version */
    struct template_cache *cache;           /* shared by releases; may be null */
    struct schema_cache *schemas;           /* likewise */
};

struct release {
    const struct release_chart *chart; /* root of the tree of charts in use; when traced, its values carry marks */
    const struct trace *trace;         /* null unless asked for */
    struct rendered_files files;
    struct manifests manifests;
};

/* Renders. Errors are Helm's; diag_entry.peer_detail says where Helm adds its detail line. When rendering failed in
   the manifests, `out->files` has what was rendered. */
bool release_render(const struct release_options *options, struct arena *a, struct release *out, struct diag *diag);

/* Whether a chart can be installed by itself; warns of a deprecated one. */
bool release_check_type(const struct chart *chart, bool helm3, struct diag *diag);

/* The same, and that declared dependencies are there: the first checks of `helm template`. */
bool release_check_chart(const struct chart *chart, bool helm3, struct diag *diag);

#endif
