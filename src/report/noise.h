/*
 * noise.h - differences of no interest
 *
 * The label with the chart's version changes with every release of a chart, the checksum of a ConfigMap with every change
 * of that ConfigMap, and generated values with every render: such changes are marked, counted and hidden, and do not
 * decide an exit code. The user's own patterns add to them.
 */
#ifndef YARE_REPORT_NOISE_H
#define YARE_REPORT_NOISE_H

#include "report/field_diff.h"
#include "report/object_list.h"

struct noise_rules {
    bool off;                        /* nothing is noise */
    const struct slice *patterns;    /* "[KIND[/NAME]:]PATH", '*' for any text */
    size_t pattern_count;
};

/* Why the change is noise, e.g. "chart version label"; null: it is none. `generated` are the fields of the object that
   come out otherwise with each render. */
const char *noise_reason(const struct noise_rules *rules, const struct kube_object *object,
                         const struct field_changes *generated, const struct field_change *change);

/* Whether the text fits the pattern, in which '*' stands for any text. */
bool noise_pattern_fits(struct slice pattern, struct slice text);

#endif
