/*
 * accumulate.h - a kustomization with all that it refers to
 *
 * Folders are accumulated by themselves, then added to what refers to them; a kustomization's transformers see what it
 * has gathered so far.
 */
#ifndef YARE_KUSTOMIZE_ACCUMULATE_H
#define YARE_KUSTOMIZE_ACCUMULATE_H

#include "kustomize/build.h"

/* Reads the kustomization file of the target's folder. */
bool target_load(struct target *t, struct diag *diag);

/* Gathers what the kustomization refers to and does what its fields ask for. */
bool accumulate_target(struct target *t, struct accumulator *acc, struct diag *diag);

#endif
