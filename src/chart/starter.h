/*
 * starter.h - new charts, from our own starter or from the user's
 */
#ifndef YARE_CHART_STARTER_H
#define YARE_CHART_STARTER_H

#include "base/buffer.h"
#include "base/diag.h"

/* Makes the chart `folder`/`name` from our starter. The folder must exist; files that are there already are replaced,
   with a line of warning each in `out`. */
bool starter_create(struct arena *a, struct slice folder, struct slice name, struct buffer *out, struct diag *diag);

/* Makes it from the chart at `starter`: Chart.yaml is new, <CHARTNAME> in templates and values becomes the name, and
   subcharts are packed into charts/. */
bool starter_create_from(struct arena *a, const char *starter, struct slice folder, struct slice name,
                         struct source_set *sources, struct diag *diag);

#endif
