/*
 * images.h - the field `images`
 */
#ifndef YARE_KUSTOMIZE_IMAGES_H
#define YARE_KUSTOMIZE_IMAGES_H

#include "kustomize/build.h"

transform_fn images_transform;

#endif
