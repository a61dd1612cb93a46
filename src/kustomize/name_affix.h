/*
 * name_affix.h - the fields `namePrefix` and `nameSuffix`
 */
#ifndef YARE_KUSTOMIZE_NAME_AFFIX_H
#define YARE_KUSTOMIZE_NAME_AFFIX_H

#include "kustomize/build.h"

transform_fn name_prefix_transform;
transform_fn name_suffix_transform;

/* What goes before or behind a name. */
struct name_affix {
    struct slice text;
    bool is_suffix;
    struct origin at; /* where it is written */
};

/* Adds it in the fields that the specs name; a new metadata.name is remembered with the old one. */
bool name_affix_apply(struct build *build, const struct name_affix *affix, const struct field_specs *specs,
                      struct resource_map *map, struct diag *diag);

#endif
