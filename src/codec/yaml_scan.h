/*
 * yaml_scan.h - YAML text to tokens, as go-yaml v2's scanner makes them
 *
 * The scanner reads one document's text without looking back, except for simple keys: "a: 1" has a key only when the
 * colon is met, so a token that may begin a key waits in the queue until that is known, and the tokens that tell of
 * the key are put before it. Scalars that stand in the text as they are share its bytes.
 */
#ifndef YARE_CODEC_YAML_SCAN_H
#define YARE_CODEC_YAML_SCAN_H

#include "base/buffer.h"
#include "codec/yaml_node.h"
#include "codec/yaml_text.h"

enum yaml_token_kind {
    YAML_NO_TOKEN,
    YAML_STREAM_END,
    YAML_VERSION_DIRECTIVE,
    YAML_TAG_DIRECTIVE,
    YAML_DOCUMENT_START,
    YAML_DOCUMENT_END,
    YAML_BLOCK_SEQUENCE_START,
    YAML_BLOCK_MAPPING_START,
    YAML_BLOCK_END,
    YAML_FLOW_SEQUENCE_START,
    YAML_FLOW_SEQUENCE_END,
    YAML_FLOW_MAPPING_START,
    YAML_FLOW_MAPPING_END,
    YAML_BLOCK_ENTRY,
    YAML_FLOW_ENTRY,
    YAML_KEY,
    YAML_VALUE,
    YAML_ALIAS,
    YAML_ANCHOR,
    YAML_TAG,
    YAML_SCALAR
};

/* A place, 0-based. */
struct yaml_place {
    uint32_t line;
    uint32_t column; /* in characters */
};

struct yaml_token {
    uint8_t kind;          /* enum yaml_token_kind */
    uint8_t style;         /* of a scalar: enum yaml_style */
    uint8_t major, minor;  /* of a version directive */
    uint32_t key;          /* 1 + the level of the simple key that it may begin, 0: none */
    struct yaml_place at;
    struct slice text;   /* of a scalar, name of an anchor, handle of a tag */
    struct slice suffix; /* of a tag, prefix of a tag directive */
};

/* What may turn out to be a key. */
struct yaml_simple_key {
    bool possible;
    bool required;  /* nothing else may stand there */
    bool awaited;   /* its token stays in the queue until it is known whether it is a key */
    size_t number;  /* of its first token */
    size_t index;   /* characters before it */
    struct yaml_place at;
};

struct yaml_scanner {
    struct arena *arena;
    const char *text;
    size_t pos;
    size_t end;
    bool is_ascii;
    const char *cut_problem; /* why the text ends where it does; null: it is whole */
    uint32_t line;
    size_t line_base;  /* column is pos - extra - line_base */
    size_t extra;      /* bytes of long characters beyond the first, so far */
    int64_t indent;    /* column of the block collection, -1: none */
    int64_t *indents;
    size_t indent_count;
    size_t indent_cap;
    size_t flow_level;
    bool key_allowed;
    struct yaml_simple_key *keys; /* one a flow level */
    size_t key_cap;
    struct yaml_token *tokens;
    size_t head;
    size_t token_count;
    size_t token_cap;
    size_t parsed; /* tokens taken so far */
    struct buffer fold; /* a scalar that does not stand in the text as it is */
    /* the fault */
    bool failed;
    bool by_scanner;
    const char *problem;
    struct yaml_place problem_at;
    struct yaml_place context_at;
};

void yaml_scanner_init(struct yaml_scanner *s, struct arena *a, const struct yaml_text *text);
void yaml_scanner_release(struct yaml_scanner *s);

/* The next token, which stays; null after a fault. The pointer is good until the next call. */
const struct yaml_token *yaml_scanner_peek(struct yaml_scanner *s);

/* Takes the token that was peeked. */
static inline void yaml_scanner_skip(struct yaml_scanner *s)
{
    s->head++;
    s->parsed++;
}

/* --- for the parts of the scanner --------------------------------------------------------------------------------- */

/* A fault at the current place; returns false. */
bool yaml_scan_fault(struct yaml_scanner *s, struct yaml_place context, const char *problem);

static inline unsigned char yaml_scan_at(const struct yaml_scanner *s, size_t ahead)
{
    return s->pos + ahead < s->end ? (unsigned char)s->text[s->pos + ahead] : '\0';
}

static inline size_t yaml_scan_column(const struct yaml_scanner *s)
{
    return s->pos - s->extra - s->line_base;
}

static inline struct yaml_place yaml_scan_place(const struct yaml_scanner *s)
{
    return (struct yaml_place){s->line, (uint32_t)yaml_scan_column(s)};
}

/* The length of the line break at `ahead` (CR LF counts as one), 0 where there is none. */
static inline size_t yaml_scan_break(const struct yaml_scanner *s, size_t ahead)
{
    unsigned char c = yaml_scan_at(s, ahead);
    if (c == '\n')
        return 1;
    if (c == '\r')
        return yaml_scan_at(s, ahead + 1) == '\n' ? 2 : 1;
    if (c == 0xC2)
        return yaml_scan_at(s, ahead + 1) == 0x85 ? 2 : 0;
    if (c != 0xE2 || yaml_scan_at(s, ahead + 1) != 0x80)
        return 0;
    unsigned char last = yaml_scan_at(s, ahead + 2);
    return last == 0xA8 || last == 0xA9 ? 3 : 0;
}

static inline bool yaml_scan_blank(const struct yaml_scanner *s, size_t ahead)
{
    unsigned char c = yaml_scan_at(s, ahead);
    return c == ' ' || c == '\t';
}

/* A blank, a line break or the end. */
static inline bool yaml_scan_blankz(const struct yaml_scanner *s, size_t ahead)
{
    unsigned char c = yaml_scan_at(s, ahead);
    return c == ' ' || c == '\t' || c == '\0' || yaml_scan_break(s, ahead) > 0;
}

/* Moves over one character that is no line break. */
static inline void yaml_scan_skip(struct yaml_scanner *s)
{
    s->pos++;
    while (s->pos < s->end && ((unsigned char)s->text[s->pos] & 0xC0) == 0x80) {
        s->pos++;
        s->extra++;
    }
}

/* False, with the fault that stands behind the cut text, where that has fewer characters left. */
bool yaml_scan_need(struct yaml_scanner *s, size_t characters);

/* Moves to the end of the line, or of the text. */
void yaml_scan_skip_line(struct yaml_scanner *s);

/* Moves over the line break of that length at the current place. */
void yaml_scan_skip_break(struct yaml_scanner *s, size_t length);

/* Moves over a comment, if there is one, up to its line break. */
void yaml_scan_skip_comment(struct yaml_scanner *s);

/* --- or ... at the start of a line, and nothing behind it. */
static inline bool yaml_scan_document_indicator(const struct yaml_scanner *s)
{
    unsigned char c = yaml_scan_at(s, 0);
    return (c == '-' || c == '.') && yaml_scan_column(s) == 0 && yaml_scan_at(s, 1) == c &&
           yaml_scan_at(s, 2) == c && yaml_scan_blankz(s, 3);
}

/* Each scans one token at the current place. */
bool yaml_scan_plain(struct yaml_scanner *s, struct yaml_token *token);
bool yaml_scan_quoted(struct yaml_scanner *s, struct yaml_token *token, char quote);
bool yaml_scan_block(struct yaml_scanner *s, struct yaml_token *token, bool literal);
bool yaml_scan_anchor(struct yaml_scanner *s, struct yaml_token *token);
bool yaml_scan_tag(struct yaml_scanner *s, struct yaml_token *token);
bool yaml_scan_directive(struct yaml_scanner *s, struct yaml_token *token);

#endif
