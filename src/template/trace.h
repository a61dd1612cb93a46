/*
 * trace.h - which template node wrote which stretch of output, and what it was made of
 *
 * Recorded only when asked for. Each write to the output adds a record: the node behind it, the values that went into
 * it (flow.h) and the frame in which it happened. Frames are the calls, conditions and loops that were open, each with
 * the values that decided it; they form a tree that keeps growing while templates run. Output of an include, tpl or
 * toYaml is a string first: its records are kept as a text of their own and put into place when the string, or a part
 * of it, is written. Functions that move lines as a whole (indent, nindent) carry records along.
 */
#ifndef YARE_TEMPLATE_TRACE_H
#define YARE_TEMPLATE_TRACE_H

#include "template/flow.h"
#include "template/node.h"

enum trace_frame_kind {
    TRACE_ROOT,    /* frame 0: nothing is open */
    TRACE_CALL,    /* include, template or tpl */
    TRACE_CHOICE,  /* a branch of if or with */
    TRACE_ROUND,   /* one element of a range */
    TRACE_ACTION,  /* an action of a text run as a template: that text decided */
    TRACE_MOVED    /* a text written in one frame was put to use in another */
};

struct trace_frame {
    uint8_t kind; /* enum trace_frame_kind */
    uint32_t parent;
    uint32_t moved; /* MOVED: the frame where the text was written */
    uint32_t depth;
    uint32_t flow;  /* what decided that it was entered */
    uint32_t all;   /* the same of all frames around it, too */
    const struct tree *tree; /* where the call or condition stands */
    uint32_t pos;
};

struct trace_record {
    const struct tree *tree;
    uint32_t start; /* byte offset in the text; the record reaches to the next one's start */
    uint32_t pos;   /* byte offset in the tree's text */
    uint32_t flow;  /* what the text was made of; 0: of the template alone */
    uint32_t frame;
};

struct trace_text {
    struct trace_record *records;
    size_t count;
};

struct trace;

/* A trace whose memory comes from `a`. */
struct trace *trace_new(struct arena *a);

struct flow *trace_flow(const struct trace *t);
const struct trace_frame *trace_frame(const struct trace *t, uint32_t frame);

/* --- while templates run ------------------------------------------------------------------------------------------ */

/* Says that what is written to the output from offset `start` on is from that place and made of `flow`. */
void trace_write(struct trace *t, size_t start, const struct tree *tree, uint32_t pos, uint32_t flow);

/* The same of a string: where a nested template made it, or a part of it, its records are put at `start`. */
void trace_write_string(struct trace *t, size_t start, struct slice text, const struct tree *tree, uint32_t pos,
                        uint32_t flow);

/* The same of literal text at `pos` of a template. Where that template is itself a text that was made (tpl), the text
   comes from wherever that came from. */
void trace_write_literal(struct trace *t, size_t start, struct slice text, const struct tree *tree, uint32_t pos);

/* Where flow_call remembers what it knows of a function, by the address of its name; empty at first. */
typedef uint32_t flow_rule(struct trace *t, const struct call *call, struct value *out);
struct trace_rule {
    const char *name;
    flow_rule *rule;
};
struct trace_rule *trace_rule_slot(struct trace *t, const char *name);

/* The innermost open frame. */
uint32_t trace_current(const struct trace *t);

/* The call that is being evaluated: where texts that a function makes come from. */
struct trace_site {
    const struct tree *tree;
    uint32_t pos;
};
void trace_set_site(struct trace *t, const struct tree *tree, uint32_t pos);
const struct trace_site *trace_site(const struct trace *t);

/* Opens a frame; returns the one to go back to. */
uint32_t trace_enter(struct trace *t, enum trace_frame_kind kind, const struct tree *tree, uint32_t pos, uint32_t flow);
void trace_leave(struct trace *t, uint32_t outer);

/* Notes that a condition was asked, whatever came of it: a text being made depends on it. */
void trace_decided(struct trace *t, uint32_t flow);

/* What decided that execution is where it is. */
uint32_t trace_deciders(const struct trace *t);

/* What a nested run sets aside. */
struct trace_nested {
    size_t base;
    uint32_t decided;
    uint32_t template_flow;
    size_t start;
};

/* The next nested run executes a text made of `flow`: the argument of tpl. */
void trace_set_template(struct trace *t, uint32_t flow);

/* Begins recording a nested output, which is written from offset `start` on. */
struct trace_nested trace_begin_nested(struct trace *t, size_t start);

/* Ends it: the records belong to `text`, and recording goes on where it was. */
void trace_end_nested(struct trace *t, const struct trace_nested *outer, struct slice text);


/* The mark of the newest text, and whether `text` is it or a part of it. */
uint32_t trace_newest(const struct trace *t);
bool trace_is_newest(const struct trace *t, struct slice text);

/* What stands at an offset of the text with that mark; the mark itself where it is no text. */
uint32_t trace_text_flow(struct trace *t, uint32_t flow, size_t offset);

/* The mark of a value that is what it is for a further reason; a text keeps its pieces. */
uint32_t trace_because(struct trace *t, uint32_t flow, uint32_t reason);

/* What stands between two offsets of the text with that mark; the mark itself where it is no text. */
uint32_t trace_range_flow(struct trace *t, uint32_t flow, size_t from, size_t to);

/* What the truth of a value is made of, where that is less than the value is. A text that is not empty owes that to what
   all its pieces have in common, for it takes all of them to go. */
uint32_t trace_truth(struct trace *t, struct value v);

/* What the action at `pos` of the template being run is made of: 0 unless that template is itself a text (tpl). */
uint32_t trace_template_flow(struct trace *t, uint32_t pos);

/* A function made `result` out of a text by writing `before` bytes and then `pad` bytes before each of its lines. The
   mark of the result. */
uint32_t trace_indent(struct trace *t, uint32_t flow, struct slice text, size_t before, size_t pad,
                      struct slice result);

/* The records of the output, in order of start; recording begins anew, for the next file. */
struct trace_text trace_take_output(struct trace *t);

/* --- afterwards --------------------------------------------------------------------------------------------------- */

/* A copy of the records for the text that is left when `gone` bytes were taken out of it at each of the offsets. */
struct trace_text trace_without(struct arena *a, const struct trace_text *records, const size_t *offsets, size_t count,
                                size_t gone);

/* The record that covers byte `offset`, or null. */
const struct trace_record *trace_find(const struct trace_text *text, size_t offset);

/* The place in the template of the byte at `offset` of the traced text: inside literal text the very byte, else where the
   node begins. */
uint32_t trace_position(const struct trace_record *record, struct slice text, size_t offset);

/* Paths and names that something was made of, each once. */
struct trace_sources {
    struct arena *arena;
    uint32_t *ids;
    size_t count;
    size_t cap;
    uint32_t *seen; /* by node: the number of the collection that met it last */
    uint32_t *todo;
    size_t todo_count;
    size_t todo_cap;
    uint32_t number;
    const struct tree **trees; /* templates that wrote the texts which were met, each once; kept by trace_sources_clear */
    size_t tree_count;
    size_t tree_cap;
};

/* Notes a template among those that were met. */
void trace_sources_add_tree(struct trace_sources *s, const struct tree *tree);

/* Ready to collect from the trace, which must not grow any more. */
void trace_sources_init(struct trace_sources *s, struct arena *a, const struct trace *t);

/* Forgets what was collected. */
void trace_sources_clear(struct trace_sources *s);

void trace_collect(const struct trace *t, uint32_t flow, struct trace_sources *out);

#endif
