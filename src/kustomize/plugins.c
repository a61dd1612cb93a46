/*
 * plugins.c - the fields `generators`, `transformers` and `validators`
 */
#include "kustomize/plugins.h"

bool plugin_transformers_run(struct target *t, struct accumulator *acc, struct diag *diag)
{
    (void)acc;
    if (t->k->transformers.count)
        return diag_error(diag, "%s: the field 'transformers' is not supported yet", t->k->file);
    return true;
}

bool plugin_validators_run(struct target *t, struct accumulator *acc, struct diag *diag)
{
    (void)acc;
    if (t->k->validators.count)
        return diag_error(diag, "%s: the field 'validators' is not supported yet", t->k->file);
    return true;
}
