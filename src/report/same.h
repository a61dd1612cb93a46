/*
 * same.h - when two values of manifests say the same
 *
 * Kubernetes reads manifests as JSON: 1 and 1.0 are one number, and how a text was quoted does not matter. Hashes agree
 * with that. Depth is that of the readers, which bound it (LIMIT_VALUE_DEPTH).
 */
#ifndef YARE_REPORT_SAME_H
#define YARE_REPORT_SAME_H

#include "value/value.h"

bool same_value(struct value a, struct value b);

/* Equal for values that are the same. */
uint64_t same_hash(struct value v);

/* A scalar as it is shown in paths and keys: a string as it is, a number or bool as JSON; the text may share the
   value's bytes. Empty for nil, lists and maps. */
struct slice same_scalar_text(struct arena *a, struct value v);

static inline bool value_is_scalar(struct value v)
{
    return v.kind != VALUE_LIST && v.kind != VALUE_MAP;
}

#endif
