/*
 * flow.h - what values are made of
 *
 * While a run of templates is traced every value in flight carries a mark in place of its origin: the number of a node
 * that says what the value was made of. A path is a key of the values (or of .Release, .Chart, .Files, …), a name the
 * mere presence of that key, a join two marks together, a text what nested templates wrote, piece by piece. Marks of
 * containers say that the container is there; what lies in it has marks of its own, so that reading `.Values.a.b`
 * concerns `a.b` and not all of `a`. Mark 0 is a value that comes from the template alone.
 *
 * A flow lives in the arena of its release and serves one thread.
 */
#ifndef YARE_TEMPLATE_FLOW_H
#define YARE_TEMPLATE_FLOW_H

#include "base/buffer.h"
#include "value/value.h"

enum flow_kind {
    FLOW_NOTHING, /* node 0 */
    FLOW_PATH,
    FLOW_NAME,
    FLOW_JOIN,
    FLOW_ANSWER, /* a value whose truth is made of less than its content: what `and` and `or` return */
    FLOW_TEXT
};

struct flow_node {
    uint8_t kind; /* enum flow_kind */
    bool is_container; /* PATH: a map or a list */
    bool is_missing;   /* PATH: looked for, and not there */
    uint32_t first;    /* PATH: the path it is in, 0 for a root; NAME: its path; JOIN: one; ANSWER: the content;
                          TEXT: number in the trace */
    uint32_t second;   /* PATH without a key: the index; JOIN: the other; ANSWER: the truth */
    struct slice key;  /* PATH: null for an item of a list */
    struct value value;   /* PATH: what was there, and where it was written; nil for what is missing */
};

struct flow;

struct flow *flow_new(struct arena *a);

const struct flow_node *flow_node(const struct flow *f, uint32_t id);

/* How many nodes there are; ids are below. */
uint32_t flow_count(const struct flow *f);

/* --- marks ---------------------------------------------------------------------------------------------------- */

enum {
    FLOW_MARK_SOURCE = (1 << 22) - 1, /* the source number that says that an origin is a mark */
    FLOW_COLUMN_BITS = 16
};

/* The mark of a value, 0 where it has none. */
static inline uint32_t flow_mark(struct value v)
{
    if (v.origin.source != FLOW_MARK_SOURCE)
        return 0;
    return (uint32_t)v.origin.line << FLOW_COLUMN_BITS | (uint32_t)v.origin.column;
}

/* The value with that mark; 0 takes its mark, and its origin, away. */
static inline struct value flow_marked(struct value v, uint32_t id)
{
    const struct origin mark = {FLOW_MARK_SOURCE, (uint16_t)(id >> FLOW_COLUMN_BITS), (uint16_t)id};
    v.origin = id ? mark : (struct origin){0};
    return v;
}

/* --- making nodes --------------------------------------------------------------------------------------------- */

/* Marks the value at `parent`'s key (0: it is a root), and all below it, in place: origins move into nodes. What is marked
   already, being shared, is left as it is. `over`, perhaps null, is a marked map: what it has, too, is the same thing
   under another name, and gets the marks from there. */
void flow_mark_entry(struct flow *f, uint32_t parent, struct slice key, struct value *v, const struct map *over);

/* The same for the value alone, not what is below it. */
void flow_mark_alone(struct flow *f, uint32_t parent, struct slice key, struct value *v);

/* The mark of what is found at `key` of a container; both marks may be 0. */
uint32_t flow_element(struct flow *f, uint32_t container, uint32_t element);

/* The path of a key that a container does not have; where the container is no path, its own mark. */
uint32_t flow_missing(struct flow *f, uint32_t container, struct slice key);

/* The same for something that is there, but unmarked. */
uint32_t flow_child(struct flow *f, uint32_t container, struct slice key, struct value v);

/* The presence of what has that mark. */
uint32_t flow_name(struct flow *f, uint32_t id);

uint32_t flow_join(struct flow *f, uint32_t a, uint32_t b);
uint32_t flow_text(struct flow *f, uint32_t number);
uint32_t flow_answer(struct flow *f, uint32_t content, uint32_t truth);

/* All that a value and everything below it is made of. */
uint32_t flow_whole(struct flow *f, struct value v);

/* What a container is made of beside the paths it stands for: where it was computed, what it was computed from. */
uint32_t flow_computed(const struct flow *f, uint32_t id);

/* Appends the path as templates write it: ".Values.a.b[0]". */
void flow_write_path(const struct flow *f, uint32_t id, struct buffer *out);

#endif
