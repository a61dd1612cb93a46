/*
 * fmt_number.h - scalars under the flags of Go's fmt
 *
 * What a verb does to one number, text or rune once its flags are read: sign, base prefix, precision, padding to a
 * width counted in runes. Which verb goes with which value is value/format.c's concern.
 */
#ifndef YARE_GOLANG_FMT_NUMBER_H
#define YARE_GOLANG_FMT_NUMBER_H

#include "base/buffer.h"

/* Flags, width and precision of one verb. All zeros: a plain verb. */
struct fmt_spec {
    bool has_width;
    bool has_precision;
    bool minus;
    bool plus;
    bool sharp;
    bool space;
    bool zero;
    bool plus_v;  /* %+v: its own form, plus is then unset */
    bool sharp_v; /* %#v */
    int width;
    int precision;
};

/* The text, padded. */
void go_fmt_pad(struct buffer *out, const struct fmt_spec *spec, struct slice text);

/* The text cut to the precision in runes, padded: %s. */
void go_fmt_text(struct buffer *out, const struct fmt_spec *spec, struct slice text);

/* The text cut and quoted: %q. */
void go_fmt_quoted(struct buffer *out, const struct fmt_spec *spec, struct slice text);

/* The bytes in hexadecimal: %x and (upper) %X of texts. */
void go_fmt_hex_text(struct buffer *out, const struct fmt_spec *spec, struct slice text, bool upper);

/* An integer in base 2, 8, 10 or 16; `verb` 'O' adds 0o, 'X' writes upper case. `u` holds a signed one's bits. */
void go_fmt_integer(struct buffer *out, const struct fmt_spec *spec, uint64_t u, int base, bool is_signed, char verb);

/* The integer's character: %c, and quoted %q. */
void go_fmt_rune(struct buffer *out, const struct fmt_spec *spec, uint64_t rune);
void go_fmt_quoted_rune(struct buffer *out, const struct fmt_spec *spec, uint64_t rune);

/* U+0041, with '#' U+0041 'A': %U. */
void go_fmt_unicode(struct buffer *out, const struct fmt_spec *spec, uint64_t rune);

/* A float64 by a format of go_format_float; `precision` counts unless the spec has one. */
void go_fmt_float(struct buffer *out, const struct fmt_spec *spec, double f, char format, int precision);

#endif
