/*
 * schema_error.h - what is wrong with an instance, as a tree
 *
 * A fault knows where in the instance it is and has the faults that led to it below it: those of the branches of an
 * anyOf, or of a reference's target. Trees live in the arena of one validation.
 */
#ifndef YARE_CHART_SCHEMA_ERROR_H
#define YARE_CHART_SCHEMA_ERROR_H

#include "chart/schema_node.h"

enum schema_error_kind {
    SCHEMA_ERROR_GROUP,        /* several faults of one schema */
    SCHEMA_ERROR_REFERENCE,    /* those of a reference's target */
    SCHEMA_ERROR_FALSE,
    SCHEMA_ERROR_CYCLE,        /* texts: two keyword locations; node: the schema reached again */
    SCHEMA_ERROR_INVALID,      /* value: of a type that JSON does not have */
    SCHEMA_ERROR_TYPE,         /* value, types of the node */
    SCHEMA_ERROR_CONST,
    SCHEMA_ERROR_ENUM,
    SCHEMA_ERROR_FORMAT,       /* value; text: the cause */
    SCHEMA_ERROR_MIN_PROPERTIES, /* got, want: this one and the next */
    SCHEMA_ERROR_MAX_PROPERTIES,
    SCHEMA_ERROR_MIN_ITEMS,
    SCHEMA_ERROR_MAX_ITEMS,
    SCHEMA_ERROR_MIN_LENGTH,
    SCHEMA_ERROR_MAX_LENGTH,
    SCHEMA_ERROR_REQUIRED,     /* names */
    SCHEMA_ERROR_DEPENDENCY,   /* names; text: the key that asks for them */
    SCHEMA_ERROR_ADDITIONAL_PROPERTIES, /* names */
    SCHEMA_ERROR_ADDITIONAL_ITEMS,      /* got: how many */
    SCHEMA_ERROR_PROPERTY_NAME, /* text: the key */
    SCHEMA_ERROR_UNIQUE,       /* got, want: the two items */
    SCHEMA_ERROR_CONTAINS,
    SCHEMA_ERROR_MIN_CONTAINS, /* names: the items that match, in decimal; want */
    SCHEMA_ERROR_MAX_CONTAINS,
    SCHEMA_ERROR_PATTERN,      /* value */
    SCHEMA_ERROR_MINIMUM,      /* number, bound: this one and those to multipleOf */
    SCHEMA_ERROR_MAXIMUM,
    SCHEMA_ERROR_EXCLUSIVE_MINIMUM,
    SCHEMA_ERROR_EXCLUSIVE_MAXIMUM,
    SCHEMA_ERROR_MULTIPLE_OF,
    SCHEMA_ERROR_NOT,
    SCHEMA_ERROR_ALL_OF,
    SCHEMA_ERROR_ANY_OF,
    SCHEMA_ERROR_ONE_OF,       /* none matched, or (got < want) these two did */
    SCHEMA_ERRORS
};

/* A position in an instance; null is its root. */
struct schema_path {
    const struct schema_path *parent;
    struct slice token;
};

struct schema_error {
    struct schema_error *next;          /* the next fault beside this one */
    struct schema_error *causes;
    struct schema_error *last_cause;
    enum schema_error_kind kind;
    const struct schema_node *node;     /* the schema that is broken */
    const struct schema_path *path;     /* where in the instance */
    struct value value;
    int64_t got, want;
    struct slice text, text2;
    struct schema_names names;
    const struct schema_number *number, *bound;
};

/* Adds a fault, with those beside it, to the causes. */
void schema_error_add_cause(struct schema_error *error, struct schema_error *cause);

/* Appends the faults below `error` as the library of Helm 4 prints them: each on a line of its own after a newline,
   the outermost indented by `- `. */
void schema_error_write_causes(const struct schema_error *error, struct buffer *out);

/* Appends a text in single quotes. */
void schema_add_quoted(struct buffer *out, struct slice s);

#endif
