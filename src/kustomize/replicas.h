/*
 * replicas.h - the field `replicas`
 */
#ifndef YARE_KUSTOMIZE_REPLICAS_H
#define YARE_KUSTOMIZE_REPLICAS_H

#include "kustomize/build.h"

transform_fn replicas_transform;

/* Sets the count of the objects that have or had the name; an error where there is none. */
bool replica_apply(struct target *t, const struct replica *replica, const struct field_specs *specs,
                   struct resource_map *map, struct diag *diag);

#endif
