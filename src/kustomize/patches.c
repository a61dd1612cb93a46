/*
 * patches.c - the fields `patches`, `patchesStrategicMerge` and `patchesJson6902`
 */
#include "kustomize/patches.h"

bool patches_strategic_transform(struct target *t, struct accumulator *acc, struct diag *diag)
{
    (void)acc;
    if (t->k->patches_strategic_merge.count)
        return diag_error(diag, "%s: the field 'patchesStrategicMerge' is not supported yet", t->k->file);
    return true;
}

bool patches_transform(struct target *t, struct accumulator *acc, struct diag *diag)
{
    (void)acc;
    if (t->k->patches.count)
        return diag_error(diag, "%s: the field 'patches' is not supported yet", t->k->file);
    return true;
}

bool patches_json6902_transform(struct target *t, struct accumulator *acc, struct diag *diag)
{
    (void)acc;
    if (t->k->patches_json6902.count)
        return diag_error(diag, "%s: the field 'patchesJson6902' is not supported yet", t->k->file);
    return true;
}
