/*
 * oci_auth.h - authorization at a registry
 *
 * A registry that wants to know who asks answers 401 with a challenge: Basic wants name and password with each request,
 * Bearer a token that another server gives for a scope ("repository:charts/shop:pull").
 */
#ifndef YARE_FETCH_OCI_AUTH_H
#define YARE_FETCH_OCI_AUTH_H

#include "fetch/credentials.h"
#include "fetch/http.h"

struct oci_challenge {
    enum oci_scheme { OCI_SCHEME_UNKNOWN, OCI_SCHEME_BASIC, OCI_SCHEME_BEARER } scheme;
    struct slice realm;
    struct slice service;
    struct slice scope;
};

/* Reads a WWW-Authenticate header; what is malformed ends the list of parameters. */
void oci_challenge_read(struct arena *a, struct slice header, struct oci_challenge *out);

/* All scopes of the space-separated texts, each once, their actions joined and sorted. */
struct slice oci_scopes_join(struct arena *a, struct slice one, struct slice other);

/* The value of an Authorization header that answers the challenge for the scopes. `oauth2`: ask for a token with the
   password grant first, as logins do. */
bool oci_authorize(struct http_client *http, struct arena *a, const struct oci_challenge *challenge,
                   struct slice scopes, const struct credential *credential, struct slice user_agent, bool oauth2,
                   struct slice *authorization, struct diag *diag);

/* What a registry says when it refuses, as oras-go words it. */
bool oci_refused(struct arena *a, const char *method, const struct http_response *response, struct diag *diag);

#endif
