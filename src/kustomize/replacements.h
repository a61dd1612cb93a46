/*
 * replacements.h - the field `replacements`
 */
#ifndef YARE_KUSTOMIZE_REPLACEMENTS_H
#define YARE_KUSTOMIZE_REPLACEMENTS_H

#include "kustomize/build.h"

transform_fn replacements_transform;

#endif
