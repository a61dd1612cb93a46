/*
 * struct_fields.h - a Go struct as writers that go by its fields see it
 */
#ifndef YARE_CODEC_STRUCT_FIELDS_H
#define YARE_CODEC_STRUCT_FIELDS_H

#include "value/value.h"

/* What an object is to a writer that does not go through JSON: a text where it has a text form, a map for what is one,
   and for a struct its exported fields in their order under their Go names, in lower case when asked. *is_struct says
   that the entries stand in the order of the fields. */
struct value struct_fields_plain(struct arena *a, struct value object, bool lower, bool *is_struct);

#endif
