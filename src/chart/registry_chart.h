/*
 * registry_chart.h - charts in OCI registries
 *
 * A chart is a manifest with a config (its metadata) and one layer (its archive), perhaps a second one with its
 * provenance; the tag is its version.
 */
#ifndef YARE_CHART_REGISTRY_CHART_H
#define YARE_CHART_REGISTRY_CHART_H

#include "chart/remote_chart.h"
#include "fetch/oci_client.h"

/* Media types of the parts. */
extern const struct slice registry_config_type;
extern const struct slice registry_chart_type;
extern const struct slice registry_provenance_type;

/* Tells the user a line; and what Helm's client prints when it is done, `shown` being where an underscore is looked
   for. */
void registry_say(const struct remote_source *source, struct slice line);
void registry_say_done(const struct remote_source *source, struct arena *a, const char *what, struct slice reference,
                       struct slice digest, struct slice shown);

/* What the options mean for a client of registries. */
struct oci_options registry_options(const struct remote_options *options);

/* All tags of the reference's repository that are versions, newest first, '_' turned back to '+'; offline those that
   were seen last. */
bool registry_versions(struct oci_client *client, const struct remote_options *options, struct arena *a,
                       const struct oci_reference *reference, struct slice **versions, size_t *count,
                       struct diag *diag);

/* The version among `versions` (newest first) that `wanted` asks for. */
bool registry_pick_version(struct arena *a, const struct slice *versions, size_t count, struct slice wanted,
                           struct slice *out, struct diag *diag);

/* Fetches `oci://…`: remote_chart_fetch for registries. */
bool registry_chart_fetch(const struct remote_source *source, struct slice reference, struct arena *a,
                          struct remote_chart *out, struct diag *diag);

struct registry_push {
    struct slice archive;    /* the .tgz */
    struct slice provenance; /* or a null pointer */
    struct slice created;    /* RFC 3339 */
};

/* Stores a chart below `remote` (oci://HOST/PATH) under its own name and version. */
bool registry_chart_push(const struct remote_source *source, const struct registry_push *push, struct slice remote,
                         struct source_set *sources, struct arena *a, struct diag *diag);

#endif
