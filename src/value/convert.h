/*
 * convert.h - loose conversions as sprig and spf13/cast make them
 *
 * See section 5 of the Helm sheet ("cast"): nil is 0, bool 0 or 1, floats truncate, strings are read by Go's base-0
 * rules, whatever does not convert is 0.
 */
#ifndef YARE_VALUE_CONVERT_H
#define YARE_VALUE_CONVERT_H

#include "value/value.h"

/* cast.ToInt64, ToInt, ToFloat64. */
int64_t convert_int64(struct value v);
int64_t convert_int(struct value v);
double convert_float64(struct value v);

/* sprig's strval: strings and bytes as they are, errors and Stringers by their text, else %v. The text may share the
   value's bytes. */
struct slice convert_text(struct arena *a, struct value v);

/* sprig's empty(): nil or the zero value of its kind; a struct never. */
bool convert_is_empty(struct value v);

/* sprig's list of strings (toStrings): nil items dropped; what is no list gives a list of its own text. */
struct value convert_strings(struct arena *a, struct value v);

#endif
