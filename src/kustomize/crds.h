/*
 * crds.h - field specs from the types that `crds` names
 */
#ifndef YARE_KUSTOMIZE_CRDS_H
#define YARE_KUSTOMIZE_CRDS_H

#include "kustomize/build.h"

/* Merges what the kustomization's `crds` say into the tables gathered so far. */
bool crds_merge(struct target *t, struct accumulator *acc, struct diag *diag);

#endif
