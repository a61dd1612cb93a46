/*
 * oci_reference.h - what names a thing in a registry: HOST/REPOSITORY:TAG@DIGEST
 *
 * Tags cannot hold '+', so versions are written there with '_', as Helm does.
 */
#ifndef YARE_FETCH_OCI_REFERENCE_H
#define YARE_FETCH_OCI_REFERENCE_H

#include "base/diag.h"

struct oci_reference {
    struct slice registry;   /* host, perhaps with port */
    struct slice repository; /* "charts/shop" */
    struct slice tag;        /* empty: none */
    struct slice digest;     /* "sha256:…"; empty: none */
};

/* Parses the text, "oci://" in front allowed. The error is that of Helm ("invalid reference: …"). */
bool oci_reference_parse(struct arena *a, struct slice text, struct oci_reference *out, struct diag *diag);

/* Checks a host alone, as a login names it. */
bool oci_registry_check(struct arena *a, struct slice registry, struct diag *diag);

/* "HOST/REPOSITORY:TAG", or with "@DIGEST" where there is no tag. */
struct slice oci_reference_text(struct arena *a, const struct oci_reference *reference);

bool is_oci(struct slice url);

#endif
