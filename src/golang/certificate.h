/*
 * certificate.h - X.509 certificates as Go's crypto/x509 makes them of sprig's template
 */
#ifndef YARE_GOLANG_CERTIFICATE_H
#define YARE_GOLANG_CERTIFICATE_H

#include "golang/ip.h"
#include "golang/private_key.h"

struct certificate_request {
    struct slice common_name;
    const struct go_ip *ips;
    size_t ip_count;
    const struct slice *dns_names;
    size_t dns_count;
    int64_t not_before; /* seconds since the epoch */
    int64_t not_after;
    bool is_ca;
};

/* A certificate that was read: what it takes to sign others with it. */
struct certificate_issuer {
    struct slice subject;        /* DER of its name */
    struct slice subject_key_id; /* empty where it has none */
    struct slice public_key;     /* SubjectPublicKeyInfo */
};

/* Reads a DER certificate; on failure *error has Go's text. */
bool certificate_read(struct arena *a, struct slice der, struct certificate_issuer *out, struct slice *error);

/* Makes the certificate of `subject`, signed by `signer`; `issuer` null: by itself. On failure *error has Go's text. */
bool certificate_make(struct arena *a, const struct certificate_request *request, const struct private_key *subject,
                      const struct certificate_issuer *issuer, const struct private_key *signer,
                      const struct random_source *random, struct slice *der, struct slice *error);

#endif
