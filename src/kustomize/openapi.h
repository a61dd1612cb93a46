/*
 * openapi.h - the field `openapi`
 */
#ifndef YARE_KUSTOMIZE_OPENAPI_H
#define YARE_KUSTOMIZE_OPENAPI_H

#include "kustomize/build.h"

/* Takes the schema that the kustomization names for the whole build. The one at the top decides; of others the first
   that names one. */
bool openapi_set(struct target *t, struct diag *diag);

#endif
