/*
 * explain.h - where a value or a field comes from, told to people and to programs
 */
#ifndef YARE_REPORT_EXPLAIN_H
#define YARE_REPORT_EXPLAIN_H

#include "report/field_origin.h"
#include "report/value_history.h"

/* A field that a key of the values went into. */
struct key_reader {
    const struct origin_object *object;
    struct slice path;        /* of the first field, as people write it; empty where it decides about the object */
    enum field_read_how how;  /* VALUE, if it is so for any field */
    struct diag_place line;   /* the template line of the first field */
    size_t more;              /* further fields of the object */
};

struct key_readers {
    struct key_reader *items;
    size_t count;
};

/* Finds the fields of the objects that are made of the key, or of something below or above it. */
void key_readers_find(struct arena *a, struct origin_objects *objects, struct slice key, struct key_readers *out);

struct explain_options {
    bool colour;
    size_t width;
    struct slice title; /* "user-service, prod" */
};

void explain_key_text(struct arena *a, struct slice key, const struct value_history *history,
                      const struct key_readers *readers, const struct explain_options *options, struct buffer *out);
struct value explain_key_json(struct arena *a, struct slice key, const struct value_history *history,
                              const struct key_readers *readers);

void explain_field_text(struct arena *a, const struct origin_object *object, struct slice path,
                        const struct field_origin *origin, const struct explain_options *options, struct buffer *out);
struct value explain_field_json(struct arena *a, const struct origin_object *object, struct slice path,
                                const struct field_origin *origin);

/* "file:line:column", or without a column where it is not known, relative to the working directory where it lies below; the source's name alone for what is no file.
   Empty where there is no place. */
void explain_write_place(struct diag_place place, struct buffer *out);

#endif
