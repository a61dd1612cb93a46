/*
 * images.h - the field `images`
 */
#ifndef YARE_KUSTOMIZE_IMAGES_H
#define YARE_KUSTOMIZE_IMAGES_H

#include "kustomize/build.h"

transform_fn images_transform;

/* Gives the images of that name their new name, tag or digest. */
bool image_apply(struct build *build, const struct image *image, const struct field_specs *specs,
                 struct resource_map *map, struct diag *diag);

#endif
