/*
 * generate.h - the fields `configMapGenerator` and `secretGenerator`
 */
#ifndef YARE_KUSTOMIZE_GENERATE_H
#define YARE_KUSTOMIZE_GENERATE_H

#include "kustomize/build.h"

/* Runs all generators of the kustomization. */
transform_fn generators_run;

#endif
