/*
 * builder.h - a kustomization's objects, finished
 */
#ifndef YARE_KUSTOMIZE_BUILDER_H
#define YARE_KUSTOMIZE_BUILDER_H

#include "kustomize/build.h"

/* Gathers the objects of the kustomization in the folder, in the order and state in which `kustomize build` prints
   them (output.h). They live in `a`. */
bool kustomization_build(struct arena *a, struct source_set *sources, const char *path,
                     const struct build_options *options, struct resource_map *out, struct diag *diag);

/* The same as the text that `kustomize build` prints. */
bool kustomization_build_text(struct arena *a, struct source_set *sources, const char *path,
                              const struct build_options *options, struct buffer *out, struct diag *diag);

#endif
