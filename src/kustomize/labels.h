/*
 * labels.h - the fields `labels`, `commonLabels` and `commonAnnotations`
 */
#ifndef YARE_KUSTOMIZE_LABELS_H
#define YARE_KUSTOMIZE_LABELS_H

#include "kustomize/build.h"

/* Sets them, in that order. */
bool labels_transform(struct build *build, const struct kustomization *k, struct resource_map *map,
                      struct diag *diag);

#endif
