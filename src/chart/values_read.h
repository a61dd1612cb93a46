/*
 * values_read.h - values files
 *
 * values.yaml of a chart and the files of -f are read alike. Helm 4 splits the text at its document separators itself,
 * line by line and unaware of block scalars, and merges all documents; Helm 3 reads the first alone.
 */
#ifndef YARE_CHART_VALUES_READ_H
#define YARE_CHART_VALUES_READ_H

#include "base/diag.h"
#include "value/value.h"

/* Reads a values text. A document that is no map is an error, worded as Helm's without the "cannot load …" in front.
   An empty text gives an empty map. The result is frozen and may share the bytes of `text`. */
bool chart_values_read(struct arena *a, const struct source *source, struct slice text, bool helm3,
                       struct value *out, struct diag *diag);

/* `high` over `low`, both maps: maps are merged deeply, all else is replaced, null overrides. Neither is changed, the
   result shares what only one has. */
struct value chart_values_merge(struct arena *a, struct value low, struct value high);

#endif
