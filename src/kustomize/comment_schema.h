/*
 * comment_schema.h - schemas that stand in comments
 *
 * `ports: # {"type":"array","x-kubernetes-patch-strategy":"merge",…}` says of a field how it is merged. Values know
 * where their keys stand, so the comment is read from the source when it is asked for.
 */
#ifndef YARE_KUSTOMIZE_COMMENT_SCHEMA_H
#define YARE_KUSTOMIZE_COMMENT_SCHEMA_H

#include "base/source.h"
#include "kustomize/known_kinds.h"

/* The schema in the comment behind or above the key that stands there, or null. */
const struct schema *comment_schema(struct schema_source *schemas, struct source_set *sources, struct origin key);

#endif
