/*
 * images.h - the field `images`
 */
#ifndef YARE_KUSTOMIZE_IMAGES_H
#define YARE_KUSTOMIZE_IMAGES_H

#include "kustomize/build.h"

struct image_parts {
    struct slice name;
    struct slice tag;
    struct slice digest; /* with its algorithm */
};

/* "name:tag@digest" to its parts; tag and digest begin behind the first '/'. */
struct image_parts image_split(struct slice text);

transform_fn images_transform;

/* Gives the images of that name their new name, tag or digest. */
bool image_apply(struct target *t, const struct image *image, const struct field_specs *specs,
                 struct resource_map *map, struct diag *diag);

#endif
