/*
 * replacements.c - the field `replacements`
 */
#include "kustomize/replacements.h"

bool replacements_transform(struct target *t, struct accumulator *acc, struct diag *diag)
{
    (void)acc;
    if (t->k->replacements.count)
        return diag_error(diag, "%s: the field 'replacements' is not supported yet", t->k->file);
    return true;
}
