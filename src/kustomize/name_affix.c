/*
 * name_affix.c - the fields `namePrefix` and `nameSuffix`, and hashes in names
 */
#include "kustomize/name_affix.h"

bool name_prefix_transform(struct target *t, struct accumulator *acc, struct diag *diag)
{
    (void)acc;
    if (t->k->name_prefix.len)
        return diag_error(diag, "%s: the field 'namePrefix' is not supported yet", t->k->file);
    return true;
}

bool name_suffix_transform(struct target *t, struct accumulator *acc, struct diag *diag)
{
    (void)acc;
    if (t->k->name_suffix.len)
        return diag_error(diag, "%s: the field 'nameSuffix' is not supported yet", t->k->file);
    return true;
}

bool hashes_add(struct build *build, struct resource_map *map, struct diag *diag)
{
    (void)build;
    (void)map;
    (void)diag;
    return true;
}
