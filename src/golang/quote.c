/*
 * quote.c - quoted texts as Go's strconv writes and reads them
 */
#include "golang/strconv.h"

#include "golang/unicode.h"

static void add_hex(struct buffer *out, uint32_t value, int digits)
{
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
        buffer_add_char(out, "0123456789abcdef"[value >> shift & 0xF]);
}

/* The letter after the backslash of \a to \r, or NUL. */
static char short_escape(uint32_t rune)
{
    return rune >= '\a' && rune <= '\r' ? "abtnvfr"[rune - '\a'] : '\0';
}

static void add_escaped(struct buffer *out, uint32_t rune, char quote, bool ascii)
{
    if (rune == (unsigned char)quote || rune == '\\') {
        buffer_add_char(out, '\\');
        buffer_add_char(out, (char)rune);
    } else if (go_is_print(rune) && (!ascii || rune < 0x80)) {
        buffer_add_rune(out, rune);
    } else if (short_escape(rune)) {
        buffer_add_char(out, '\\');
        buffer_add_char(out, short_escape(rune));
    } else if (rune < ' ' || rune == 0x7F) {
        buffer_add_text(out, "\\x");
        add_hex(out, rune, 2);
    } else if (rune < 0x10000) {
        buffer_add_text(out, "\\u");
        add_hex(out, rune, 4);
    } else {
        buffer_add_text(out, "\\U");
        add_hex(out, rune, 8);
    }
}

/* How many bytes at the front stand for themselves between double quotes. */
static size_t plain_prefix(struct slice s)
{
    size_t at = 0;
    while (at < s.len && s.ptr[at] >= ' ' && s.ptr[at] < 0x7F && s.ptr[at] != '"' && s.ptr[at] != '\\')
        at++;
    return at;
}

static void quote(struct buffer *out, struct slice s, bool ascii)
{
    buffer_add_char(out, '"');
    while (s.len) {
        size_t size = plain_prefix(s);
        if (size) {
            buffer_add(out, slice_part(s, 0, size));
        } else {
            uint32_t rune = go_decode_rune(s, &size);
            if (rune == RUNE_ERROR && size == 1) {
                buffer_add_text(out, "\\x");
                add_hex(out, (unsigned char)s.ptr[0], 2);
            } else {
                add_escaped(out, rune, '"', ascii);
            }
        }
        s = slice_after(s, size);
    }
    buffer_add_char(out, '"');
}

void go_quote(struct buffer *out, struct slice s)
{
    quote(out, s, false);
}

void go_quote_ascii(struct buffer *out, struct slice s)
{
    quote(out, s, true);
}

static bool is_valid_rune(uint32_t rune)
{
    return rune < 0xD800 || (rune > 0xDFFF && rune <= 0x10FFFF);
}

void go_quote_rune(struct buffer *out, uint32_t rune, bool ascii)
{
    buffer_add_char(out, '\'');
    add_escaped(out, is_valid_rune(rune) ? rune : RUNE_ERROR, '\'', ascii);
    buffer_add_char(out, '\'');
}

bool go_can_backquote(struct slice s)
{
    while (s.len) {
        size_t size;
        uint32_t rune = go_decode_rune(s, &size);
        s = slice_after(s, size);
        if (rune == 0xFEFF || (rune == RUNE_ERROR && size == 1))
            return false;
        if ((rune < ' ' && rune != '\t') || rune == '`' || rune == 0x7F)
            return false;
    }
    return true;
}

/* --- reading ------------------------------------------------------------------------------------------------ */

/* A character of a literal: a code point, or a byte written as \x or octal. */
struct unquoted {
    uint32_t value;
    bool is_byte;
};

/* `count` digits of the base after the two characters of the escape. */
static bool read_digits(struct slice *s, size_t count, int base, uint32_t *value)
{
    uint64_t n;
    if (s->len < count || go_parse_uint(slice_part(*s, 0, count), base, 32, &n) != GO_NUMBER_OK)
        return false;
    *s = slice_after(*s, count);
    *value = (uint32_t)n;
    return true;
}

/* What follows a backslash. */
static bool read_escape(struct slice *s, char quote_char, struct unquoted *out)
{
    char c = s->ptr[0];
    static const char letters[] = "abtnvfr";
    const char *letter = strchr(letters, c);
    if (c && letter) {
        *out = (struct unquoted){(uint32_t)('\a' + (letter - letters)), false};
        *s = slice_after(*s, 1);
        return true;
    }
    if (c >= '0' && c <= '7') {
        *out = (struct unquoted){.is_byte = true};
        return read_digits(s, 3, 8, &out->value) && out->value <= 255;
    }
    *s = slice_after(*s, 1);
    switch (c) {
    case 'x':
        out->is_byte = true;
        return read_digits(s, 2, 16, &out->value);
    case 'u':
    case 'U':
        out->is_byte = false;
        return read_digits(s, c == 'u' ? 4 : 8, 16, &out->value) && is_valid_rune(out->value);
    case '\\':
    case '\'':
    case '"':
        *out = (struct unquoted){(unsigned char)c, false};
        return c == '\\' || c == quote_char;
    default:
        return false;
    }
}

/* strconv.UnquoteChar. */
static bool read_char(struct slice *s, char quote_char, struct unquoted *out)
{
    if (s->len == 0 || s->ptr[0] == quote_char)
        return false;
    if (s->ptr[0] == '\\') {
        *s = slice_after(*s, 1);
        return s->len && read_escape(s, quote_char, out);
    }
    size_t size;
    *out = (struct unquoted){go_decode_rune(*s, &size), false};
    *s = slice_after(*s, size);
    return true;
}

/* A raw literal loses its carriage returns. */
static struct slice unquote_raw(struct arena *a, struct slice inner)
{
    if (slice_find_char(inner, '\r') == inner.len)
        return inner;
    struct buffer text = BUFFER_INIT;
    for (size_t i = 0; i < inner.len; i++) {
        if (inner.ptr[i] != '\r')
            buffer_add_char(&text, inner.ptr[i]);
    }
    return buffer_move(&text, a);
}

static bool unquote_escaped(struct slice inner, char quote_char, struct buffer *text)
{
    while (inner.len) {
        struct unquoted c;
        if (inner.ptr[0] == '\n' || !read_char(&inner, quote_char, &c))
            return false;
        if (c.is_byte)
            buffer_add_char(text, (char)c.value);
        else
            buffer_add_rune(text, c.value);
        if (quote_char == '\'' && inner.len)
            return false;
    }
    return true;
}

bool go_unquote(struct arena *a, struct slice literal, struct slice *out)
{
    if (literal.len < 2 || literal.ptr[0] != literal.ptr[literal.len - 1])
        return false;
    char quote_char = literal.ptr[0];
    struct slice inner = slice_part(literal, 1, literal.len - 1);
    if (quote_char == '`') {
        if (slice_find_char(inner, '`') != inner.len)
            return false;
        *out = unquote_raw(a, inner);
        return true;
    }
    if (quote_char == '"' && plain_prefix(inner) == inner.len) {
        *out = inner;
        return true;
    }
    struct buffer text = BUFFER_INIT;
    if ((quote_char != '"' && quote_char != '\'') || !unquote_escaped(inner, quote_char, &text)) {
        buffer_release(&text);
        return false;
    }
    *out = buffer_move(&text, a);
    return true;
}

bool go_unquote_rune(struct slice inner, char quote_char, uint32_t *rune)
{
    struct unquoted c;
    if (!read_char(&inner, quote_char, &c) || inner.len)
        return false;
    *rune = c.value;
    return true;
}
