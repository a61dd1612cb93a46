/*
 * configurations.h - the field specs of a kustomization: the built-in ones, those of its `configurations` and `crds`
 */
#ifndef YARE_KUSTOMIZE_CONFIGURATIONS_H
#define YARE_KUSTOMIZE_CONFIGURATIONS_H

#include "kustomize/build.h"

/* Merges them into the tables gathered so far, for this kustomization and all that include it. */
bool configurations_merge(struct target *t, struct accumulator *acc, struct diag *diag);

#endif
