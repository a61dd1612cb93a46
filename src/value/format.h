/*
 * format.h - Go's fmt verbs over values
 *
 * format.c prints one value by one verb, format_printf.c reads format texts.
 */
#ifndef YARE_VALUE_FORMAT_H
#define YARE_VALUE_FORMAT_H

#include "base/buffer.h"
#include "golang/fmt_number.h"
#include "value/value.h"

/* What %v writes (maps in key order, nil as <nil>). */
void format_value(struct buffer *out, struct value v);

/* The value by one verb (a rune) under the flags given; a verb that does not suit it gives the %!v(type=value) form. */
void format_verb(struct buffer *out, const struct fmt_spec *spec, uint32_t verb, struct value v);

/* fmt.Fprintf: all verbs, flags, widths, argument indexes and the %!v(…) error forms. */
void format_printf(struct buffer *out, struct slice format, const struct value *args, size_t count);

/* fmt.Fprint and Fprintln. */
void format_print(struct buffer *out, const struct value *args, size_t count);
void format_println(struct buffer *out, const struct value *args, size_t count);

#endif
