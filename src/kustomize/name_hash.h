/*
 * name_hash.h - hashes of generated objects' content in their names
 *
 * A generated ConfigMap or Secret whose content changes gets another name, so that what uses it is rolled out anew.
 */
#ifndef YARE_KUSTOMIZE_NAME_HASH_H
#define YARE_KUSTOMIZE_NAME_HASH_H

#include "kustomize/build.h"

/* Ten characters that stand for the object's content. */
bool name_hash_of(struct arena *a, struct value object, struct slice *out, struct diag *diag);

/* Adds it to the names of those generated objects that want one. */
bool name_hashes_add(struct build *build, struct resource_map *map, struct diag *diag);

#endif
