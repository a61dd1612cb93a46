/*
 * members.h - methods of values that are no objects
 *
 * .Values (GO_VALUES) and .Files (GO_FILES) are maps with methods; Go's templates find a method before a key of the
 * same name. The executor asks here through its member hook before it looks a key up.
 */
#ifndef YARE_HELM_MEMBERS_H
#define YARE_HELM_MEMBERS_H

#include "value/object.h"

/* As object_type.member, for values of any kind: MEMBER_METHOD with *method set, or MEMBER_NONE, which means that the
   value has no such method (a key may still exist). */
enum member_kind value_member(struct value self, struct slice name, struct arena *a, struct value *out,
                              const struct method **method);

#endif
