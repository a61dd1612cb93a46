/*
 * configurations.c - the field `configurations`
 */
#include "kustomize/configurations.h"

bool configurations_merge(struct target *t, struct accumulator *acc, struct diag *diag)
{
    if (t->k->configurations.count)
        return diag_error(diag, "%s: the field 'configurations' is not supported yet", t->k->file);
    return field_tables_merge(t->build->arena, &acc->tables, &t->build->default_tables, diag);
}
