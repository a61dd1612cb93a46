/*
 * schema_format.h - the keyword "format"
 *
 * The formats and the faults they find are those of the library Helm uses; a format it does not know is no constraint,
 * and only strings can break one.
 */
#ifndef YARE_CHART_SCHEMA_FORMAT_H
#define YARE_CHART_SCHEMA_FORMAT_H

#include "base/arena.h"

/* Checks a text; on failure *error says what is wrong with it. */
typedef bool schema_format_fn(struct arena *a, struct slice text, struct slice *error);

struct schema_format {
    struct slice name;
    schema_format_fn *check;
};

/* The format of that name, or null. */
const struct schema_format *schema_format_find(struct slice name);

#endif
