/*
 * certificate_roots.h - where a system keeps the certificates it trusts
 */
#ifndef YARE_FETCH_CERTIFICATE_ROOTS_H
#define YARE_FETCH_CERTIFICATE_ROOTS_H

#include "base/arena.h"

struct certificate_roots {
    const char *file;   /* of many certificates; null: none */
    const char *folder; /* of hashed names; null: none */
};

/* SSL_CERT_FILE and SSL_CERT_DIR where they are set, else the first of the places that Go's crypto/x509 looks at. */
void certificate_roots_find(struct arena *a, struct certificate_roots *out);

#endif
