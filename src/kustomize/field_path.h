/*
 * field_path.h - the fields of an object that a path names
 *
 * Parts of a path are keys, indexes, "[key=value]" and "[=value]" for elements of lists, and "*" for all of them. Where a
 * value is read, one field is looked up and a value must be equal; where values are written, all fields that match are
 * found, a value is a regular expression, and what is missing may be made.
 */
#ifndef YARE_KUSTOMIZE_FIELD_PATH_H
#define YARE_KUSTOMIZE_FIELD_PATH_H

#include "golang/regexp.h"
#include "kustomize/resource.h"

/* Fields found, in their order. The pointers are good until the object changes its shape. */
struct fields {
    struct value **items;
    size_t count;
    size_t cap;
};

/* The field, or null in *out where there is none. */
bool field_path_find(struct arena *a, struct value *object, const struct texts *path, struct value **out,
                     struct diag *diag);

/* What matching needs. `create` is what the last field becomes where it is missing: VALUE_STRING, VALUE_LIST, VALUE_MAP;
   VALUE_NIL: nothing is made. */
struct field_matcher {
    struct arena *arena;
    struct regexp_cache *regexps;
    enum value_kind create;
    struct fields found;
    struct diag *diag;
};

/* Adds all fields that match. */
bool field_path_match(struct field_matcher *m, struct value *object, const struct texts *path);

#endif
