/*
 * generate.c - the fields `configMapGenerator` and `secretGenerator`
 */
#include "kustomize/generate.h"

bool generators_run(struct target *t, struct accumulator *acc, struct diag *diag)
{
    (void)acc;
    if (t->k->config_maps.count || t->k->secrets.count || t->k->helm_charts.count || t->k->generators.count)
        return diag_error(diag, "%s: generators are not supported yet", t->k->file);
    return true;
}
