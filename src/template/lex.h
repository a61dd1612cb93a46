/*
 * lex.h - template text to tokens
 *
 * The whole text is cut into tokens at once; a lexical error is a token of its own where it stands, so that the parser
 * meets it in order, as Go's does. Token texts are slices of the template text, except those of errors, which live in
 * the arena given.
 */
#ifndef YARE_TEMPLATE_LEX_H
#define YARE_TEMPLATE_LEX_H

#include "base/arena.h"

enum token_kind {
    TOKEN_ERROR, /* text is the message */
    TOKEN_BOOL,
    TOKEN_CHAR, /* a printable ASCII character; grab bag for comma etc. */
    TOKEN_CHAR_CONSTANT,
    TOKEN_COMPLEX,
    TOKEN_ASSIGN,  /* = */
    TOKEN_DECLARE, /* := */
    TOKEN_EOF,
    TOKEN_FIELD, /* .name */
    TOKEN_IDENTIFIER,
    TOKEN_LEFT_DELIM,
    TOKEN_LEFT_PAREN,
    TOKEN_NUMBER,
    TOKEN_PIPE,
    TOKEN_RAW_STRING,
    TOKEN_RIGHT_DELIM,
    TOKEN_RIGHT_PAREN,
    TOKEN_SPACE,
    TOKEN_STRING,
    TOKEN_TEXT,
    TOKEN_VARIABLE, /* $name */
    TOKEN_KEYWORD,  /* what follows are keywords */
    TOKEN_BLOCK,
    TOKEN_BREAK,
    TOKEN_CONTINUE,
    TOKEN_DOT,
    TOKEN_DEFINE,
    TOKEN_ELSE,
    TOKEN_END,
    TOKEN_IF,
    TOKEN_NIL,
    TOKEN_RANGE,
    TOKEN_TEMPLATE,
    TOKEN_WITH
};

struct token {
    enum token_kind kind;
    uint32_t pos; /* byte offset in the template text */
    struct slice text;
};

struct token_list {
    struct token *items; /* the last is TOKEN_EOF or TOKEN_ERROR */
    size_t count;
};

struct token_list lex_template(struct arena *a, struct slice text);

#endif
