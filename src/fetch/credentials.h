/*
 * credentials.h - who one is to a registry
 *
 * Logins are kept in Helm's registry/config.json, a file of Docker's form; where it says nothing Docker's own file is
 * asked (DOCKER_CONFIG, ~/.docker/config.json), which is never written. Either may send one on to a credential helper,
 * a program docker-credential-NAME.
 */
#ifndef YARE_FETCH_CREDENTIALS_H
#define YARE_FETCH_CREDENTIALS_H

#include "base/diag.h"

struct credential {
    struct slice username;
    struct slice password;
    struct slice identity_token; /* exchanged for a token at each use */
    struct slice registry_token; /* used as it is */
};

bool credential_is_empty(const struct credential *credential);

/* What is known about the registry (host, perhaps with port); all empty where nothing is. `file` is Helm's. */
bool credentials_find(struct arena *a, const char *file, struct slice registry, struct credential *out,
                      struct diag *diag);

/* Whether the files can be read at all. */
bool credentials_check(struct arena *a, const char *file, struct diag *diag);

/* Keeps, and forgets, a login. The file's other entries stay. */
bool credentials_store(struct arena *a, const char *file, struct slice registry, const struct credential *credential,
                       struct diag *diag);
bool credentials_erase(struct arena *a, const char *file, struct slice registry, struct diag *diag);

#endif
