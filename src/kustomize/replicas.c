/*
 * replicas.c - the field `replicas`
 */
#include "kustomize/replicas.h"

bool replicas_transform(struct target *t, struct accumulator *acc, struct diag *diag)
{
    (void)acc;
    if (t->k->replicas.count)
        return diag_error(diag, "%s: the field 'replicas' is not supported yet", t->k->file);
    return true;
}
