/*
 * record_write.h - C structs back into YAML
 *
 * The way back from record.h: what a struct says as a map, without what is empty, as Go's encoding/json leaves out
 * fields marked omitempty.
 */
#ifndef YARE_KUSTOMIZE_RECORD_WRITE_H
#define YARE_KUSTOMIZE_RECORD_WRITE_H

#include "kustomize/record.h"

/* The struct as a map of plain values, which share its texts. */
struct value record_write(struct arena *a, const struct record_type *type, const void *object);

#endif
