/*
 * object_match.h - which objects of two sides are one
 *
 * An object is known by group, kind, namespace and name. What is left is looked at again, each time with less: another
 * namespace within the same release, another API group, a name that ends in a hash, and at last a content that is almost
 * the same. A step pairs only what is the one candidate on both sides.
 */
#ifndef YARE_REPORT_OBJECT_MATCH_H
#define YARE_REPORT_OBJECT_MATCH_H

#include "report/object_list.h"

#define OBJECT_NONE SIZE_MAX

/* For each object of `left` the index of its partner in `right`, or OBJECT_NONE. Objects whose content is compared are
   read. */
bool object_match(struct arena *a, struct object_list *left, struct object_list *right, size_t **partner,
                  struct diag *diag);

#endif
