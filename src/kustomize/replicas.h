/*
 * replicas.h - the field `replicas`
 */
#ifndef YARE_KUSTOMIZE_REPLICAS_H
#define YARE_KUSTOMIZE_REPLICAS_H

#include "kustomize/build.h"

transform_fn replicas_transform;

#endif
