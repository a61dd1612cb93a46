/*
 * fields.h - which keys a state file may have, and of what type
 *
 * Helmfile decodes a state file strictly into Go structs. Here each struct is a table of fields; state_fields_read
 * walks a value that YAML gave along the table, refuses what Go would refuse with Go's words, and gives back a value
 * in which every field has its type: a version 1.10 is the text "1.10". Places go along, so that later errors can name
 * the line that asked for something.
 */
#ifndef YARE_HELMFILE_FIELDS_H
#define YARE_HELMFILE_FIELDS_H

#include "base/diag.h"
#include "value/value.h"

enum field_kind {
    FIELD_ANY,
    FIELD_TEXT,
    FIELD_BOOL,
    FIELD_INT,
    FIELD_FLOAT,
    FIELD_STRUCT,
    FIELD_TEXTS,      /* a list of texts */
    FIELD_ANYS,       /* a list of anything */
    FIELD_STRUCTS,    /* a list of a struct */
    FIELD_TEXT_MAP,   /* texts under names */
    FIELD_STRUCT_MAP, /* structs under names */
    FIELD_SUBFILES,   /* helmfiles: texts or a struct each */
    FIELD_INHERITS,   /* inherit: a list of a struct, or one */
    FIELD_NAMES       /* defaultInherit: a list of texts, or one */
};

/* When a field is written back (state_write.h). */
enum field_print {
    FIELD_FILLED, /* where it is not empty */
    FIELD_GIVEN,  /* where it is there at all */
    FIELD_ALWAYS  /* always, as Go's zero value where it is not there */
};

struct field_table;

struct field {
    const char *name; /* null ends a table */
    enum field_kind kind;
    const struct field_table *table; /* of the struct kinds */
    enum field_print print;
};

struct field_table {
    const char *type; /* as Go names the struct: "state.ReleaseSpec" */
    const struct field *fields;
};

/* The top level of a state file, and one release. */
extern const struct field_table state_fields;
extern const struct field_table release_fields;

/* What a field has to do with what is rendered on this machine. */
enum field_effect {
    FIELD_RENDERS,      /* it shapes the result, or which releases there are */
    FIELD_IN_CLUSTER,   /* it concerns installing, tracking or comparing in a cluster: no effect here */
    FIELD_WHEN_FETCHED, /* it concerns charts and files that are fetched */
    FIELD_REFUSED       /* another program would shape the result: where it is set, rendering ends with an error */
};

/* The effect of a field of a release or template, of helmDefaults, a repository or the top level. */
enum field_effect state_field_effect(struct slice name);

struct fields_input {
    struct arena *arena;
    const struct source *source; /* the text the value was read from */
    size_t first_line;           /* 0-based line of the source where the document's first line is */
};

/* Reads a document. All faults together are one error, "yaml: unmarshal errors:\n  line N: …", placed at the first,
   with the nearest valid key as a note. */
bool state_fields_read(const struct fields_input *input, const struct field_table *table, struct value document,
                       struct value *out, struct diag *diag);

#endif
