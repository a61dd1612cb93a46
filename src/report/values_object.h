/*
 * values_object.h - the merged values of a release, in the shape of an object
 *
 * Values are compared as objects are: one a release, of a kind that Kubernetes does not have.
 */
#ifndef YARE_REPORT_VALUES_OBJECT_H
#define YARE_REPORT_VALUES_OBJECT_H

#include "report/object_list.h"

/* Adds the coalesced values of every release of a plan, whose charts are loaded. */
bool values_object_add(struct object_list *list, const struct plan *plan, size_t from, size_t to, struct diag *diag);

static inline bool values_object_is(const struct kube_object *object)
{
    return slice_is(object->kind, "Values") && object->api_version.len == 0;
}

#endif
