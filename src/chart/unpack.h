/*
 * unpack.h - a chart's archive as a folder
 */
#ifndef YARE_CHART_UNPACK_H
#define YARE_CHART_UNPACK_H

#include "base/diag.h"

/* Writes the archive's files to `<folder>/<name of the chart>/`. Nothing is written outside of that, whatever names the
   archive has and whatever links lie there. */
bool chart_unpack(struct slice archive, const char *folder, struct diag *diag);

#endif
