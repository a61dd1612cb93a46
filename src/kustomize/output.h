/*
 * output.h - finished objects as text
 */
#ifndef YARE_KUSTOMIZE_OUTPUT_H
#define YARE_KUSTOMIZE_OUTPUT_H

#include "kustomize/resource_map.h"

/* Appends all objects, separated by "---" lines. */
bool output_write(struct arena *a, const struct resource_map *map, struct buffer *out, struct diag *diag);

/* Writes each object to a file of its own in the folder. */
bool output_write_files(struct arena *a, const struct resource_map *map, const char *folder, struct diag *diag);

#endif
