/*
 * lint_output.h - what `helm lint` prints
 */
#ifndef YARE_HELM_LINT_OUTPUT_H
#define YARE_HELM_LINT_OUTPUT_H

#include "base/buffer.h"
#include "helm/lint.h"

struct lint_output {
    bool strict; /* warnings fail, too */
    bool quiet;  /* only warnings and errors */
    size_t linted;
    size_t failed;
    bool noted; /* some chart had a warning or an error */
};

/* Appends what is said of the chart and counts it. */
void lint_output_add(struct lint_output *output, struct slice path, const struct lint_report *report,
                     struct buffer *out);

/* Appends the last line, unless something failed: then it is an error, "1 chart(s) linted, 1 chart(s) failed". */
bool lint_output_end(const struct lint_output *output, struct buffer *out, struct diag *diag);

#endif
