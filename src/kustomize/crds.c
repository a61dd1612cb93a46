/*
 * crds.c - the field `crds`
 */
#include "kustomize/crds.h"

bool crds_merge(struct target *t, struct accumulator *acc, struct diag *diag)
{
    (void)acc;
    if (t->k->crds.count)
        return diag_error(diag, "%s: the field 'crds' is not supported yet", t->k->file);
    return true;
}
