/*
 * labels.h - the fields `labels`, `commonLabels` and `commonAnnotations`
 */
#ifndef YARE_KUSTOMIZE_LABELS_H
#define YARE_KUSTOMIZE_LABELS_H

#include "kustomize/build.h"

/* Each entry of `labels`, then `commonLabels`. */
transform_fn labels_transform;

transform_fn annotations_transform;

#endif
