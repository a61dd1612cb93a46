/*
 * name_refs.h - names of objects in other objects follow when they change
 */
#ifndef YARE_KUSTOMIZE_NAME_REFS_H
#define YARE_KUSTOMIZE_NAME_REFS_H

#include "kustomize/build.h"

/* Updates the fields of the tables. */
bool name_refs_update(struct build *build, const struct back_references *tables, struct resource_map *map,
                      struct diag *diag);

#endif
