/*
 * vars.c - the field `vars`
 */
#include "kustomize/vars.h"

bool vars_record(struct target *t, struct accumulator *acc, struct diag *diag)
{
    (void)acc;
    if (t->k->vars.count)
        return diag_error(diag, "%s: the field 'vars' is not supported yet", t->k->file);
    return true;
}

bool vars_resolve(struct target *t, struct accumulator *acc, struct diag *diag)
{
    (void)t;
    (void)acc;
    (void)diag;
    return true;
}

bool vars_merge(struct arena *a, struct var_set *vars, const struct var_set *more, struct diag *diag)
{
    (void)a;
    (void)vars;
    (void)more;
    (void)diag;
    return true;
}
