/*
 * template_record.h - Go structs that templates of a state file see
 *
 * `.`, `.Environment` and `.Release` are structs in Helmfile, so a field that they lack is another error than a key
 * that a map lacks. A record is a map of fields behind the name of the struct.
 */
#ifndef YARE_HELMFILE_TEMPLATE_RECORD_H
#define YARE_HELMFILE_TEMPLATE_RECORD_H

#include "value/object.h"

enum template_record_type {
    RECORD_ENVIRONMENT_DATA, /* *state.EnvironmentTemplateData: the dot of state files and environment values */
    RECORD_RELEASE_DATA,     /* state.releaseTemplateData: the dot of release fields and release values */
    RECORD_ENVIRONMENT,      /* environment.Environment */
    RECORD_RELEASE,          /* state.releaseTemplateDataRelease */
    RECORD_TYPES
};

/* A record over the fields, which are not copied. */
struct value template_record_new(struct arena *a, enum template_record_type type, struct map *fields);

/* The fields of a record, or null where the value is none. */
struct map *template_record_fields(struct value v);

/* Whether Go's reflection takes the record for a struct (and not for a pointer to one). */
bool template_record_is_struct(struct value v);

/* A copy whose maps and lists can be changed without touching the original. */
struct value template_record_thaw(struct arena *a, struct value v);

#endif
