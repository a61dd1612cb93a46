/*
 * format.h - Go's fmt verbs over values
 */
#ifndef YARE_VALUE_FORMAT_H
#define YARE_VALUE_FORMAT_H

#include "base/buffer.h"
#include "value/value.h"

/* What %v writes (maps in key order, nil as <nil>). */
void format_value(struct buffer *out, struct value v);

/* fmt.Fprintf: all verbs, flags, widths, argument indexes and the %!v(…) error forms. */
void format_printf(struct buffer *out, struct slice format, const struct value *args, size_t count);

/* fmt.Fprint and Fprintln. */
void format_print(struct buffer *out, const struct value *args, size_t count);
void format_println(struct buffer *out, const struct value *args, size_t count);

#endif
