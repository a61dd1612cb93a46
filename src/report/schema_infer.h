/*
 * schema_infer.h - a JSON Schema for a chart's values, from its defaults and from what its templates do
 *
 * Defaults give types, and comments right above a key its description. The trace of a rendering with the defaults tells
 * which keys templates look for that no default has. Maps stay open: a template that takes one as a whole may be handed
 * any key, and what no template reached with the defaults is not known.
 */
#ifndef YARE_REPORT_SCHEMA_INFER_H
#define YARE_REPORT_SCHEMA_INFER_H

#include "report/field_origin.h"

/* The schema of the root chart of a release that was rendered with a trace and without any values of a user. */
struct value schema_infer(struct arena *a, struct source_set *sources, const struct rendered_release *rendered);

#endif
