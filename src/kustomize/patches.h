/*
 * patches.h - the fields `patches`, `patchesStrategicMerge` and `patchesJson6902`
 */
#ifndef YARE_KUSTOMIZE_PATCHES_H
#define YARE_KUSTOMIZE_PATCHES_H

#include "kustomize/build.h"

transform_fn patches_strategic_transform;
transform_fn patches_transform;
transform_fn patches_json6902_transform;

#endif
