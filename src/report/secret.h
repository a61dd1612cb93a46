/*
 * secret.h - what is not to be shown
 *
 * The values of Secrets are shown by their length alone: that they changed is seen, what they are is not, and no digest
 * lets anybody try out guesses. Merged values have no kind that says so, but keys that end as keys of secrets do.
 */
#ifndef YARE_REPORT_SECRET_H
#define YARE_REPORT_SECRET_H

#include "report/field_diff.h"
#include "report/object_list.h"

/* The object's body with all that is secret in it replaced by "(secret, N bytes)"; the same value where nothing can be.
   It has the same shape otherwise. */
struct value secret_mask_object(struct arena *a, const struct kube_object *object);

#endif
