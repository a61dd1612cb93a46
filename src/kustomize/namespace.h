/*
 * namespace.h - the field `namespace`
 */
#ifndef YARE_KUSTOMIZE_NAMESPACE_H
#define YARE_KUSTOMIZE_NAMESPACE_H

#include "kustomize/build.h"

/* Puts all resources into the kustomization's namespace. */
bool namespace_transform(struct build *build, const struct kustomization *k, struct resource_map *map,
                         struct diag *diag);

#endif
