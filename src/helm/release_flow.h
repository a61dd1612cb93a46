/*
 * release_flow.h - what templates read, marked before they run
 *
 * The dots of a chart and its subcharts get marks (template/flow.h), so that a trace can tell which keys of the values,
 * of .Release, .Chart, .Files and .Capabilities an output was made of. A path is named from the root chart:
 * `.Values.redis.port` is what the subchart redis knows as `.Values.port`. Globals that a parent hands down are the
 * parent's.
 */
#ifndef YARE_HELM_RELEASE_FLOW_H
#define YARE_HELM_RELEASE_FLOW_H

#include "helm/conditions.h"
#include "template/flow.h"

/* Marks the values of all charts in place, and the entries of the root's dot and its .Subcharts. */
void release_flow_mark(struct flow *f, const struct release_chart *root, struct map *context);

#endif
