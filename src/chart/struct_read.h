/*
 * struct_read.h - YAML into C structs, as Go's encoding/json fills its own
 *
 * Chart.yaml and Chart.lock are read through tables that name the fields of a struct: keys match in any letter case,
 * null leaves a field as it is, unknown keys are ignored (unless reading is strict), scalars become text where a text is wanted, and a list is laid
 * over the items that are already there. The first value of a wrong type is the error, in Go's words.
 */
#ifndef YARE_CHART_STRUCT_READ_H
#define YARE_CHART_STRUCT_READ_H

#include "base/diag.h"
#include "value/value.h"

enum field_kind {
    FIELD_TEXT,     /* struct slice */
    FIELD_BOOL,     /* bool */
    FIELD_TEXTS,    /* struct chart_texts */
    FIELD_TEXT_MAP, /* struct value: a map[string]string */
    FIELD_LIST,     /* struct value: a []interface {} */
    FIELD_STRUCT,   /* a struct of the type `of`, in place */
    FIELD_STRUCTS,  /* {T **items; size_t count;} of the type `of` */
    FIELD_TIME      /* struct slice: an RFC 3339 time, kept as text */
};

struct field {
    const char *key;
    enum field_kind kind;
    size_t offset;
    const struct struct_type *of; /* FIELD_STRUCT and FIELD_STRUCTS only */
};

struct struct_type {
    const char *name; /* as Go's messages say it, without package */
    size_t size;
    const struct field *fields;
    size_t field_count;
    void (*init)(void *object);                         /* a zero value; null: all bytes zero */
    void (*locate)(void *object, struct origin origin); /* told where the object stands; may be null */
};

struct struct_read {
    struct arena *arena;
    const char *package; /* of the Go types, for messages: "v2", "chart" */
    bool strict;         /* unknown fields and keys given twice are errors */
    struct slice error;  /* Go's text, empty while all is well */
};

/* Entries of `dependencies`, for the lock file too (metadata.c). */
extern const struct struct_type metadata_dependency_type;

/* Chart.yaml, and what an index has of it (metadata.c). */
extern const struct struct_type chart_metadata_type;

/* Fills the object from a value that yaml_read gave with keep_integers. False with read->error set. */
bool struct_read_value(struct struct_read *read, const struct struct_type *type, void *object, struct value v);

/* The same from a text; the error is then the whole that sigs.k8s.io/yaml gives ("error converting YAML to JSON: …",
   "error unmarshaling JSON: while decoding JSON: …"), with its place in the source. */
bool struct_read_text(struct struct_read *read, const struct struct_type *type, void *object,
                      const struct source *source, struct slice text, struct diag *diag);

#endif
