/*
 * helm_charts.h - the field `helmCharts`
 */
#ifndef YARE_KUSTOMIZE_HELM_CHARTS_H
#define YARE_KUSTOMIZE_HELM_CHARTS_H

#include "kustomize/build.h"

/* Renders the chart and adds its objects. `globals` may be null. */
bool helm_chart_inflate(struct target *t, const struct helm_chart *chart, const struct helm_globals *globals,
                        struct resource_map *out, struct diag *diag);

#endif
