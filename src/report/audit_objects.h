/*
 * audit_objects.h - findings in what is rendered
 */
#ifndef YARE_REPORT_AUDIT_OBJECTS_H
#define YARE_REPORT_AUDIT_OBJECTS_H

#include "project/render.h"
#include "report/audit.h"

/* The Kubernetes version whose APIs objects should have. */
struct audit_kubernetes {
    int major;
    int minor;
};

/* Looks at the objects of one environment, all its releases, which were rendered with a trace. */
void audit_objects(struct audit *audit, const struct rendered_plan *rendered, size_t from, size_t to,
                  struct audit_kubernetes kubernetes);

/* Compares a release with itself, rendered with another seed: what differs is different each time. */
void audit_unstable(struct audit *audit, const struct rendered_release *one, const struct rendered_release *other);

#endif
