/*
 * trace.h - which template node wrote which stretch of output
 *
 * Recorded only when asked for: each write to the output adds a record of its length and the node behind it. Output of
 * an include or tpl is a string first; its records are kept by the string's address and put into place when the
 * string, or a part of it, is written. Functions that move lines as a whole (indent, nindent) carry records along.
 */
#ifndef YARE_TEMPLATE_TRACE_H
#define YARE_TEMPLATE_TRACE_H

#include "template/node.h"

struct trace_record {
    size_t start; /* byte offset in the text; the record reaches to the next one's start */
    const struct tree *tree;
    uint32_t pos; /* byte offset in the tree's text */
};

struct trace_text {
    struct trace_record *records;
    size_t count;
    size_t cap;
};

struct trace;

/* A trace whose memory comes from `a`. */
struct trace *trace_new(struct arena *a);

/* Says that what is written to the output from offset `start` on is from that place. */
void trace_write(struct trace *t, size_t start, const struct tree *tree, uint32_t pos);

/* Says the same of a string value that was made by a nested template: its records are put at `start`. False: the string
   is not known, nothing was added. */
bool trace_write_string(struct trace *t, size_t start, struct slice text);

/* Begins recording a nested output; returns what trace_end_nested takes. */
struct trace_text trace_begin_nested(struct trace *t);

/* Ends it: the records belong to `text`, and recording goes on where it was. */
void trace_end_nested(struct trace *t, struct trace_text outer, struct slice text);

/* A function made `result` out of `argument` line by line, perhaps with lines put in front: where the argument is known,
   so becomes the result. */
void trace_derive_lines(struct trace *t, struct slice argument, struct slice result);

/* The records of the output so far, in order of start. */
const struct trace_text *trace_output(const struct trace *t);

/* Forgets the records of the output, for the next file. */
void trace_clear_output(struct trace *t);

/* The record that covers byte `offset`, or null. */
const struct trace_record *trace_find(const struct trace_text *text, size_t offset);

/* The place in the template of the byte at `offset` of the traced text: inside literal text the very byte, else where the
   node begins. */
uint32_t trace_position(const struct trace_record *record, struct slice text, size_t offset);

#endif
