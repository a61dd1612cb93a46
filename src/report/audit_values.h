/*
 * audit_values.h - values that are set and never read, keys that a schema does not know
 *
 * Releases of all environments are looked at one after the other; only when all are known can it be said that nobody
 * reads a value. A key is known by the place where it is written, so that what one release ignores and another reads is
 * no finding.
 */
#ifndef YARE_REPORT_AUDIT_VALUES_H
#define YARE_REPORT_AUDIT_VALUES_H

#include "project/render.h"
#include "report/audit.h"

struct audit_values;

struct audit_values *audit_values_new(struct audit *audit);

/* Looks at what a release was given and, rendered with a trace, what it read. */
void audit_values_add(struct audit_values *v, const struct plan *plan, const struct rendered_release *rendered);

/* Adds the findings. */
void audit_values_finish(struct audit_values *v);

#endif
