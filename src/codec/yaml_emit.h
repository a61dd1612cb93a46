/*
 * yaml_emit.h - scalars and indicators as go-yaml writes them
 *
 * The emitter keeps what go-yaml's keeps: the column, the indent, and whether the last thing written was blank or
 * mere indentation. From these follow where lines break and where a blank is due. Two versions are served: v2 breaks
 * lines after column 80 and does not indent lists in maps, v3 does neither; they also quote a little differently.
 */
#ifndef YARE_CODEC_YAML_EMIT_H
#define YARE_CODEC_YAML_EMIT_H

#include "base/buffer.h"
#include "codec/yaml_order.h"

struct yaml_emitter {
    struct buffer *out;
    enum yaml_dialect dialect;
    size_t column; /* in characters */
    int indent;    /* of the collection being written; -1: none yet */
    bool blank;    /* a blank, or the start of a line, was written last */
    bool indention; /* only indentation and indicators are on this line */
};

/* What can be said of a text after one look at it. */
struct yaml_scalar_look {
    bool multiline;        /* has a line break of any kind */
    bool has_newline;      /* has \n */
    bool plain_allowed;
    bool single_allowed;
    bool block_allowed;
    bool is_ascii;
    bool escapes_all;      /* starts with a byte order mark: go-yaml then escapes every character */
};

void yaml_emitter_init(struct yaml_emitter *e, struct buffer *out, enum yaml_dialect dialect);

void yaml_scalar_look_at(struct yaml_scalar_look *look, struct slice text, enum yaml_dialect dialect);

/* Deepens the indent for what follows; returns the indent to go back to. */
int yaml_emitter_indent(struct yaml_emitter *e, bool flow, bool indentless);

/* Goes to a new line, unless nothing but indentation is on this one, and indents. */
void yaml_emitter_write_indent(struct yaml_emitter *e);

/* Writes an indicator such as "-", with a blank before it where one is needed. */
void yaml_emitter_write_indicator(struct yaml_emitter *e, const char *indicator, bool need_blank, bool is_indention);

/* Writes a word that needs no quotes: a number, true, null. */
void yaml_emitter_write_word(struct yaml_emitter *e, struct slice word);

/* Writes a string in the style that go-yaml chooses. `look` must be that of the text; a key must not be multiline. */
void yaml_emitter_write_string(struct yaml_emitter *e, struct slice text, const struct yaml_scalar_look *look,
                               bool is_simple_key);

/* The same behind an explicit tag, which leaves no doubt about what an unquoted text is. */
void yaml_emitter_write_tagged(struct yaml_emitter *e, struct slice text, const struct yaml_scalar_look *look,
                               bool is_simple_key);

#endif
