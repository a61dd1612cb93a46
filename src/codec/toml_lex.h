/*
 * toml_lex.h - the pieces of a TOML document
 *
 * Characters and scalars as BurntSushi/toml v1.6 cuts them, with its error texts and its idea of the line they are
 * on: a fault at the end of the text is reported on the line before. The grammar above is toml_read's.
 */
#ifndef YARE_CODEC_TOML_LEX_H
#define YARE_CODEC_TOML_LEX_H

#include "base/buffer.h"

/* What next returns at the end of the text, where NUL is an error. */
enum {
    TOML_EOF = 0
};

enum toml_token_kind {
    TOML_STRING,
    TOML_STRING_ESCAPED,
    TOML_STRING_LINES, /* """…""" */
    TOML_RAW,
    TOML_RAW_LINES, /* '''…''' */
    TOML_BOOL,
    TOML_INTEGER,
    TOML_FLOAT,
    TOML_DATETIME,
    TOML_ARRAY,       /* '[' was taken */
    TOML_INLINE_TABLE /* '{' was taken */
};

struct toml_token {
    enum toml_token_kind kind;
    struct slice text; /* without quotes, escapes as written */
    size_t line;
};

struct toml_lexer {
    struct arena *arena;
    struct slice text;
    size_t start; /* of the token being read */
    size_t pos;
    size_t line;
    bool at_end;       /* the end was just returned */
    bool has_escapes;  /* in the string being read */
    bool failed;
    struct slice error; /* the first fault */
    size_t error_line;
};

/* The next character, or TOML_EOF. A bad one sets the error and counts as the end. */
uint32_t toml_next(struct toml_lexer *lx);
void toml_backup(struct toml_lexer *lx);
uint32_t toml_peek(struct toml_lexer *lx);

bool toml_is_blank(uint32_t c);
bool toml_is_line_end(uint32_t c);

/* Skips blanks; the token being read starts behind them. */
void toml_skip_blanks(struct toml_lexer *lx);

/* Skips the rest of a comment, up to its line end. */
void toml_skip_comment(struct toml_lexer *lx);

/* Sets the error unless there is one. Returns false. */
bool toml_fault(struct toml_lexer *lx, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The same with a character in Go's quotes behind the text: "…, but got 'x' instead". */
bool toml_fault_char(struct toml_lexer *lx, const char *before, uint32_t c, const char *after);

/* The same on the line before the one the lexer is on. */
bool toml_fault_line_before(struct toml_lexer *lx, const char *before, uint32_t c, const char *after);

/* One part of a key or table name: bare or quoted. */
bool toml_lex_name(struct toml_lexer *lx, struct toml_token *token);

/* A value, or the bracket that begins one. */
bool toml_lex_value(struct toml_lexer *lx, struct toml_token *token);

/* The text of a string token with its escapes replaced. False with an error text (no place) where one is no good. */
bool toml_string_text(struct arena *a, const struct toml_token *token, struct slice *out, struct slice *error);

#endif
