/*
 * object_name.h - whether an object's name is one that Kubernetes takes
 */
#ifndef YARE_HELM_OBJECT_NAME_H
#define YARE_HELM_OBJECT_NAME_H

#include "base/buffer.h"

/* Checks the name by the rules of the kind. Where it breaks them `reason` gets what apimachinery says of the field
   (`metadata.name: Invalid value: "A": a lowercase RFC 1123 …`, several in brackets) and false comes back. */
bool object_name_check(struct slice kind, struct slice name, struct buffer *reason);

#endif
