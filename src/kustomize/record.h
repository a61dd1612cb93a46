/*
 * record.h - YAML into C structs, strictly
 *
 * A kustomization file is decoded as Go's encoding/json decodes with unknown fields forbidden: field names match in any
 * letter case, and a number or a word like `yes` is no string. Tables name the fields; the first fault is the error.
 * A struct begins as zeros; null leaves a field as it is.
 */
#ifndef YARE_KUSTOMIZE_RECORD_H
#define YARE_KUSTOMIZE_RECORD_H

#include "base/diag.h"
#include "kustomize/resource.h"

enum record_kind {
    RECORD_TEXT,     /* struct slice */
    RECORD_FLAG,     /* bool */
    RECORD_NUMBER,   /* int64_t */
    RECORD_TEXTS,    /* struct texts */
    RECORD_TEXT_MAP, /* struct value: a map of strings; nil where absent */
    RECORD_FLAG_MAP, /* struct value: a map of bools */
    RECORD_ANY,      /* struct value */
    RECORD_STRUCT,   /* the struct `of` in place, its fields at the same level in the text when the name is "" */
    RECORD_POINTER,  /* a pointer to one */
    RECORD_LIST,     /* struct records of `of` */
    RECORD_OPTIONAL  /* struct slice *: a text that may be absent */
};

struct record_field {
    const char *name;
    enum record_kind kind;
    size_t offset;
    const struct record_type *of;
    bool always;  /* written even where it is empty (record_write.h) */
    size_t place; /* offset of a struct origin that gets the place of the field's key, plus one; 0: none */
};

struct record_type {
    const char *name; /* as Go's messages say it */
    size_t size;
    const struct record_field *fields; /* a null name ends them */
};

/* Rows of a table: the member of `struct type` that a field goes to, and the type of structs below it. */
#define RECORD_FIELD(n, k, type, member) {.name = n, .kind = k, .offset = offsetof(struct type, member)}
#define RECORD_FIELD_OF(n, k, type, member, t) \
    {.name = n, .kind = k, .offset = offsetof(struct type, member), .of = &(t)}
#define RECORD_ALWAYS(n, k, type, member) \
    {.name = n, .kind = k, .offset = offsetof(struct type, member), .always = true}
#define RECORD_END {.name = NULL}

/* A list of structs; items are reached by their type. */
struct records {
    void *items;
    size_t count;
};

enum record_flags {
    RECORD_STRICT = 1,      /* unknown fields are errors */
    RECORD_CONVERTS = 2     /* numbers and bools where a text is wanted give theirs (sigs.k8s.io/yaml's Unmarshal) */
};

/* Fills the struct. */
bool record_read(struct arena *a, const struct record_type *type, struct value v, unsigned flags, void *out,
                 struct diag *diag);

/* The same for a value read from that source: errors have their place in it. */
bool record_read_from(struct arena *a, const struct source *source, const struct record_type *type, struct value v,
                      unsigned flags, void *out, struct diag *diag);

#endif
