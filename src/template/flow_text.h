/*
 * flow_text.h - texts that functions put together, and values that they read from texts, piece by piece
 *
 * A line that `printf` makes of a name and a value, lines that `join` puts one after the other, a map that `fromYaml`
 * reads from a template's output: each piece keeps what it is made of.
 */
#ifndef YARE_TEMPLATE_FLOW_TEXT_H
#define YARE_TEMPLATE_FLOW_TEXT_H

#include "template/trace.h"

/* The mark of what join or printf returned; 0 where the pieces cannot be told apart. */
uint32_t flow_text_join(struct trace *t, const struct call *call, struct slice result);
uint32_t flow_text_printf(struct trace *t, const struct call *call, struct slice result);

/* Marks what was read from a YAML (or JSON) text with that mark, in place and to the last leaf. */
void flow_text_read(struct trace *t, uint32_t mark, struct slice text, struct arena *a, struct value *out);

#endif
