/*
 * accumulate.h - a kustomization with all that it refers to
 *
 * Folders are accumulated by themselves, then added to what refers to them; a kustomization's transformers see what it
 * has gathered so far. What is not done yet ends in an error that names the field.
 */
#ifndef YARE_KUSTOMIZE_ACCUMULATE_H
#define YARE_KUSTOMIZE_ACCUMULATE_H

#include "kustomize/build.h"

/* Renders the kustomization in the folder and appends what `kustomize build` prints. */
bool kustomize_build(struct arena *a, struct source_set *sources, const char *path,
                     const struct build_options *options, struct buffer *out, struct diag *diag);

#endif
