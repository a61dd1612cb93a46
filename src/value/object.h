/*
 * object.h - values with fields and methods
 *
 * Times, semantic versions, certificates, `.Files` and `.Capabilities` are Go values with methods. Each kind of them
 * is one struct object_type, constant, with the functions the template engine and the printers ask for; the content
 * is a struct that begins with struct object and lives in an arena.
 */
#ifndef YARE_VALUE_OBJECT_H
#define YARE_VALUE_OBJECT_H

#include "base/buffer.h"
#include "value/value.h"

struct call;

/* How a field or method was found. */
enum member_kind {
    MEMBER_NONE,   /* there is no such field or method: "can't evaluate field X in type T" */
    MEMBER_FIELD,  /* *out has its value */
    MEMBER_METHOD  /* *method is to be called with the arguments */
};

/* A method: as a template function (template/function.h); `params` is its signature in the same letters, or '!' and
   the error of a method whose results templates cannot take ("function Date has 3 return values; …"). */
struct method {
    const char *name;
    const char *params;
    bool (*fn)(struct call *call, struct value self, struct value *out);
};

/* A struct's field as fmt prints it; the name as Go has it. */
struct object_field {
    const char *name;
    struct value value;
};

struct object_type {
    const char *name;  /* as typeOf prints it: "*semver.Version", "time.Time" */
    const char *kind;  /* reflect kind: "ptr", "struct" */
    bool is_map_like;  /* range, len and index work on the map that as_map gives */

    /* Finds a field (fills *out) or a method (fills *method). May be null: no members. */
    enum member_kind (*member)(struct value self, struct slice name, struct arena *a, struct value *out,
                               const struct method **method);
    /* Writes what String() or Error() returns: the verbs v, s, q, x and X print that. `sharp` asks for GoString()
       (%#v), but only where `fields` is null. Null: no such method, the fields are printed. */
    void (*print)(struct value self, struct buffer *out, bool plus, bool sharp);
    /* The struct's fields in order, unexported ones too, for the verbs that print them one by one. May be null. */
    const struct object_field *(*fields)(struct value self, struct arena *a, size_t *count);
    /* A plain value (map, string…) that encoding/json would write for it; null: {}. A map stands for a struct and may
       have its entries in the order of the fields: only writers look at it. */
    struct value (*to_plain)(struct value self, struct arena *a);
    /* reflect.DeepEqual; null: same pointer. */
    bool (*equal)(struct value a, struct value b);
    /* Whether {{ if }} takes it for true; null: always. */
    bool (*truth)(struct value self);
    /* What {{ x }} writes where that is not what %v prints: a struct whose pointer has a String method. Null: as %v. */
    void (*print_action)(struct value self, struct buffer *out);
    /* What deepCopy makes of it: unexported fields are left zero. Null: the value itself. */
    struct value (*deep_copy)(struct value self, struct arena *a);
};

struct object {
    const struct object_type *type;
};

#endif
