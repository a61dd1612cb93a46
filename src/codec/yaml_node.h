/*
 * yaml_node.h - scalars as they are written
 *
 * Kustomize edits YAML's nodes: what a scalar is may change after it was read, and how it was quoted decides what a
 * text put in its place becomes. Read with `raw_scalars`, every scalar is a string of its text whose bits keep style
 * and tag; lists and maps are as ever. yaml_node_plain makes of such a tree what go-yaml v3 writes, reads back and
 * encodes as JSON; yaml_node_of is the way back from JSON.
 */
#ifndef YARE_CODEC_YAML_NODE_H
#define YARE_CODEC_YAML_NODE_H

#include "value/value.h"

enum yaml_style {
    YAML_PLAIN,
    YAML_SINGLE_QUOTED,
    YAML_DOUBLE_QUOTED,
    YAML_LITERAL,
    YAML_FOLDED
};

/* What a scalar is; NONE: what its text resolves to when it is written, unless it is quoted. */
enum yaml_tag {
    YAML_TAG_NONE,
    YAML_TAG_STR,
    YAML_TAG_NULL,
    YAML_TAG_BOOL,
    YAML_TAG_INT,
    YAML_TAG_FLOAT,
    YAML_TAG_TIME
};

enum {
    YAML_STYLE_SHIFT = 4, /* above the bits of enum value_bits */
    YAML_TAG_SHIFT = 8,
    YAML_FIELD_MASK = 7
};

/* More bits. */
enum {
    YAML_NODE_KEPT = 1 << 12,  /* a null that a patch does not remove (only while it is merged) */
    YAML_NODE_MERGED = 1 << 13 /* an entry that came through << (only while a document is read) */
};

static inline struct value yaml_node(struct slice text, enum yaml_tag tag, enum yaml_style style)
{
    struct value v = value_string(text);
    v.bits = (uint16_t)(style << YAML_STYLE_SHIFT | tag << YAML_TAG_SHIFT);
    return v;
}

static inline enum yaml_tag yaml_node_tag(struct value v)
{
    return (enum yaml_tag)(v.bits >> YAML_TAG_SHIFT & YAML_FIELD_MASK);
}

static inline enum yaml_style yaml_node_style(struct value v)
{
    return (enum yaml_style)(v.bits >> YAML_STYLE_SHIFT & YAML_FIELD_MASK);
}

static inline void yaml_node_set_style(struct value *v, enum yaml_style style)
{
    unsigned rest = v->bits & ~((unsigned)YAML_FIELD_MASK << YAML_STYLE_SHIFT);
    v->bits = (uint16_t)(rest | (unsigned)style << YAML_STYLE_SHIFT);
}

/* A scalar that is null by its tag. */
static inline bool yaml_node_is_null(struct value v)
{
    return v.kind == VALUE_NIL || (v.kind == VALUE_STRING && yaml_node_tag(v) == YAML_TAG_NULL);
}

/* What a plain text is to go-yaml v3. */
enum yaml_tag yaml_node_resolve(struct slice text);

/* True where a YAML 1.1 reader takes the text for anything but a string. */
bool yaml_node_is_ambiguous(struct slice text);

/* The data of the tree: scalars get their kinds, times become RFC 3339 texts. False with the text of go-yaml or
   encoding/json where the tree cannot be written or read back. */
bool yaml_node_plain(struct arena *a, struct value node, struct value *out, struct slice *error);

/* The data of a scalar. */
bool yaml_node_scalar(struct arena *a, struct value node, struct value *out, struct slice *error);

/* Nodes of plain data, as go-yaml v3 would write and read them. */
struct value yaml_node_of(struct arena *a, struct value plain);

#endif
