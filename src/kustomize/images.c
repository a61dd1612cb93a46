/*
 * images.c - the field `images`
 */
#include "kustomize/images.h"

bool images_transform(struct target *t, struct accumulator *acc, struct diag *diag)
{
    (void)acc;
    if (t->k->images.count)
        return diag_error(diag, "%s: the field 'images' is not supported yet", t->k->file);
    return true;
}
