/*
 * name_affix.h - the fields `namePrefix` and `nameSuffix`, and hashes in names
 */
#ifndef YARE_KUSTOMIZE_NAME_AFFIX_H
#define YARE_KUSTOMIZE_NAME_AFFIX_H

#include "kustomize/build.h"

transform_fn name_prefix_transform;
transform_fn name_suffix_transform;

/* Adds the hash of what they hold to the names of generated objects. */
bool hashes_add(struct build *build, struct resource_map *map, struct diag *diag);

#endif
