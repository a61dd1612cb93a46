/*
 * capabilities.h - .Capabilities
 *
 * What the cluster offers: its version and the API versions it serves. Without a cluster that is what Helm was built
 * with, changed by --kube-version and --api-versions. One per release, in its arena, never changed.
 */
#ifndef YARE_HELM_CAPABILITIES_H
#define YARE_HELM_CAPABILITIES_H

#include "base/diag.h"
#include "value/object.h"

struct capabilities {
    struct slice version;    /* as given, with 'v': "v1.35.0", "v1.27.3-gke.100" */
    struct slice constraint; /* what kubeVersion of Chart.yaml is compared with */
    int major;               /* of the version: 1, 35 */
    int minor;
    struct value object;     /* the value of .Capabilities */
};

struct capabilities_options {
    bool helm3;
    struct slice kube_version;        /* --kube-version; empty: the default */
    const struct slice *api_versions; /* --api-versions, added to the defaults */
    size_t api_version_count;
};

/* Error: "invalid kube version 'x': …". */
bool capabilities_make(struct arena *a, const struct capabilities_options *options, struct capabilities *out,
                       struct diag *diag);

/* The value of .Capabilities.HelmVersion. */
struct value capabilities_helm_version(struct arena *a, bool helm3);

/* Whether a chart with this kubeVersion can be installed; else "chart requires kubeVersion: >=9.0 which is incompatible
   with Kubernetes v1.35.0" (with Helm's detail line). An empty range is always met. */
bool capabilities_check(const struct capabilities *capabilities, struct slice kube_version, struct diag *diag);

#endif
