/*
 * namespace.h - the field `namespace`
 */
#ifndef YARE_KUSTOMIZE_NAMESPACE_H
#define YARE_KUSTOMIZE_NAMESPACE_H

#include "kustomize/build.h"

/* Puts all resources into the kustomization's namespace. */
transform_fn namespace_transform;

#endif
