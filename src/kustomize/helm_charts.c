/*
 * helm_charts.c - the field `helmCharts`
 */
#include "kustomize/helm_charts.h"

bool helm_chart_inflate(struct target *t, const struct helm_chart *chart, const struct helm_globals *globals,
                        struct resource_map *out, struct diag *diag)
{
    (void)chart;
    (void)globals;
    (void)out;
    return diag_error(diag, "%s: charts are not rendered yet", t->k->file);
}
