/*
 * strconv.h - numbers and quoted text as Go's strconv writes and reads them
 *
 * Nothing here depends on the locale. Results are appended to the buffer given. Integers are in strconv.c, floats in
 * strconv_float.c, quoting in quote.c.
 */
#ifndef YARE_GOLANG_STRCONV_H
#define YARE_GOLANG_STRCONV_H

#include "base/buffer.h"

/* The value of a hexadecimal digit, or -1. */
static inline int go_hex_digit(int c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* strconv.FormatFloat: `format` is one of "eEfgGxXb", `precision` -1 for the shortest digits that read back the same,
   `bits` 32 or 64. */
void go_format_float(struct buffer *out, double f, char format, int precision, int bits);

/* strconv.FormatInt and FormatUint in base 2 to 36. */
void go_format_int(struct buffer *out, int64_t i, int base);
void go_format_uint(struct buffer *out, uint64_t u, int base);

/* Why a number could not be read. */
enum go_number_error {
    GO_NUMBER_OK,
    GO_NUMBER_SYNTAX, /* "invalid syntax" */
    GO_NUMBER_RANGE   /* "value out of range"; *out has the nearest value */
};

/* strconv.ParseInt, ParseUint: base 0 takes Go's prefixes and underscores; `bits` 8 to 64. */
enum go_number_error go_parse_int(struct slice s, int base, int bits, int64_t *out);
enum go_number_error go_parse_uint(struct slice s, int base, int bits, uint64_t *out);

/* Whether underscores stand only between digits, or between a base prefix and a digit. */
bool go_underscores_fit(struct slice s);

/* strconv.ParseFloat with 64 or 32 bits: decimal and hexadecimal forms, inf, nan, underscores only as Go allows. */
enum go_number_error go_parse_float(struct slice s, int bits, double *out);

/* strconv.Quote and QuoteToASCII. */
void go_quote(struct buffer *out, struct slice s);
void go_quote_ascii(struct buffer *out, struct slice s);

/* strconv.QuoteRune and QuoteRuneToASCII. */
void go_quote_rune(struct buffer *out, uint32_t rune, bool ascii);

/* strconv.CanBackquote. */
bool go_can_backquote(struct slice s);

/* strconv.Unquote of a "…", `…` or '…' literal, quotes included; the text is made in the arena. */
bool go_unquote(struct arena *a, struct slice literal, struct slice *out);

/* strconv.UnquoteChar of what stands between the quotes of a '…' literal, which must be one character. */
bool go_unquote_rune(struct slice inner, char quote_char, uint32_t *rune);

#endif
