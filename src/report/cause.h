/*
 * cause.h - why something differs
 *
 * A cause is a key of the values whose value is another on either side, with the place that set it there; or the line of
 * a template that is another; or the version of a chart.
 */
#ifndef YARE_REPORT_CAUSE_H
#define YARE_REPORT_CAUSE_H

#include "base/slice.h"

enum cause_kind {
    CAUSE_VALUE,    /* `name` is a path of the values */
    CAUSE_TEMPLATE, /* a line of a template, or a file that it reads */
    CAUSE_CHART     /* `name` is a field of Chart.yaml */
};

/* Places are "file:line:column", empty where that side has none. */
struct change_cause {
    enum cause_kind kind;
    struct slice name;
    struct slice left;
    struct slice right;
};

#endif
