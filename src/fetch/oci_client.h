/*
 * oci_client.h - OCI registries
 *
 * The parts of the distribution protocol that charts need: tags, manifests and blobs, read and written, with basic
 * and token authentication. A client speaks to registries with one set of options; what it was granted is used again.
 * Blobs are checked against their digests. Errors are worded as oras-go words them, because Helm prints those.
 */
#ifndef YARE_FETCH_OCI_CLIENT_H
#define YARE_FETCH_OCI_CLIENT_H

#include "fetch/credentials.h"
#include "fetch/http.h"
#include "fetch/oci_reference.h"

struct oci_options {
    struct http_options http;
    bool plain_http;
    struct slice username;   /* with password: instead of what the file of logins says */
    struct slice password;
    const char *login_file;  /* Helm's registry/config.json */
    struct slice user_agent;
};

struct oci_client;

bool oci_client_new(const struct oci_options *options, struct oci_client **out, struct diag *diag);
void oci_client_free(struct oci_client *client);

/* A thing in a registry, as manifests describe it. */
struct oci_descriptor {
    struct slice media_type;
    struct slice digest; /* "sha256:…" */
    uint64_t size;
};

struct oci_manifest {
    struct slice digest; /* of the manifest itself */
    struct oci_descriptor config;
    struct oci_descriptor *layers;
    size_t layer_count;
};

/* All tags, in the registry's order. */
bool oci_tags(struct oci_client *client, struct arena *a, const struct oci_reference *reference, struct slice **tags,
              size_t *count, struct diag *diag);

/* The digest that the reference's tag has now. */
bool oci_resolve(struct oci_client *client, struct arena *a, const struct oci_reference *reference,
                 struct slice *digest, struct diag *diag);

/* The manifest of the reference's tag, or of its digest where there is no tag. */
bool oci_fetch_manifest(struct oci_client *client, struct arena *a, const struct oci_reference *reference,
                        struct oci_manifest *out, struct diag *diag);

/* The bytes of a blob, at most `limit`, checked against the digest. */
bool oci_fetch_blob(struct oci_client *client, struct arena *a, const struct oci_reference *reference,
                    const struct oci_descriptor *blob, size_t limit, struct slice *bytes, struct diag *diag);

/* Stores a blob, unless the registry has it. */
bool oci_push_blob(struct oci_client *client, struct arena *a, const struct oci_reference *reference,
                   struct slice digest, struct slice bytes, struct diag *diag);

/* Whether the registry has the manifest of that digest. */
bool oci_has_manifest(struct oci_client *client, struct arena *a, const struct oci_reference *reference,
                      struct slice digest, bool *has, struct diag *diag);

/* Stores a manifest under the reference's tag. */
bool oci_push_manifest(struct oci_client *client, struct arena *a, const struct oci_reference *reference,
                       struct slice bytes, struct diag *diag);

/* Asks the registry whether the credentials do (a login); those of the options are used. */
bool oci_ping(struct oci_client *client, struct arena *a, struct slice registry, struct diag *diag);

/* "sha256:…" of the bytes. */
struct slice oci_digest(struct arena *a, struct slice bytes);

extern const struct slice oci_manifest_type;

#endif
