/*
 * secrets.h - encrypted values files
 *
 * `secrets:` of releases and environments names files that sops encrypted. Where the user allows programs, sops decrypts
 * each of them once; else the file's values are taken as they are, ENC[…] and all, and a warning says so.
 */
#ifndef YARE_HELMFILE_SECRETS_H
#define YARE_HELMFILE_SECRETS_H

#include "helmfile/context.h"

/* The decrypted text as a source of its own. */
bool secrets_read(struct helmfile *h, const char *path, const struct source **source, struct diag *diag);

/* The same for a map that stands in the state file itself. */
bool secrets_read_inline(struct helmfile *h, struct value v, const struct source **source, struct diag *diag);

#endif
