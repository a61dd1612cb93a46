/*
 * certificate_roots.c - where a system keeps the certificates it trusts
 *
 * yare is one static binary for any distribution, so the place that libcurl was built with does not count.
 */
#include "fetch/certificate_roots.h"

#include "base/file.h"

#include <stdlib.h>

static const char *const files[] = {
    "/etc/ssl/certs/ca-certificates.crt",                /* Debian, Ubuntu, Alpine, Arch */
    "/etc/pki/tls/certs/ca-bundle.crt",                  /* Fedora, RHEL */
    "/etc/ssl/ca-bundle.pem",                            /* openSUSE */
    "/etc/pki/tls/cacert.pem",                           /* OpenELEC */
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", /* CentOS */
    "/etc/ssl/cert.pem",
};

static const char *const folders[] = {"/etc/ssl/certs", "/etc/pki/tls/certs"};

static const char *first_that_exists(const char *const *paths, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (file_exists(paths[i]))
            return paths[i];
    }
    return NULL;
}

static const char *from_environment(struct arena *a, const char *variable)
{
    const char *value = getenv(variable);
    return value && *value ? arena_text(a, slice_text(value)) : NULL;
}

void certificate_roots_find(struct arena *a, struct certificate_roots *out)
{
    out->file = from_environment(a, "SSL_CERT_FILE");
    out->folder = from_environment(a, "SSL_CERT_DIR");
    if (!out->file)
        out->file = first_that_exists(files, sizeof files / sizeof files[0]);
    if (!out->folder)
        out->folder = first_that_exists(folders, sizeof folders / sizeof folders[0]);
}
