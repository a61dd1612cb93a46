/*
 * json_read.c - JSON as Go's encoding/json reads it into interface {}
 *
 * One recursive pass. Go scans a text twice, first for syntax and then for values, so a number out of range is
 * reported only when nothing is wrong with the syntax. Where the text ends early Go's scanner is given a blank: that
 * is why "tru" complains of a blank and "[1" of the end.
 */
#include "codec/json_read.h"

#include "base/limits.h"
#include "golang/strconv.h"
#include "golang/unicode.h"

struct reader {
    struct arena *arena;
    const struct source *source;
    struct slice text;
    size_t pos;
    size_t line;       /* 1-based, of `pos` */
    size_t line_start; /* offset of its first byte */
    unsigned depth;
    struct slice error;
    size_t error_at;
    struct slice number_error; /* the first number out of range */
    bool at_end;               /* the error is that the text ends */
    bool exact;                /* numbers stay text */
};

static struct origin here(const struct reader *r)
{
    return origin_at(r->source, r->line, r->pos - r->line_start + 1);
}

/* --- errors --------------------------------------------------------------------------------------------------- */

static void quote_char(struct buffer *out, unsigned char c)
{
    if (c == '\'') {
        buffer_add_text(out, "'\\''");
    } else if (c == '"') {
        buffer_add_text(out, "'\"'");
    } else {
        char bytes[2] = {(char)(0xC0 | c >> 6), (char)(0x80 | (c & 0x3F))};
        struct buffer quoted = BUFFER_INIT;
        go_quote(&quoted, c < 0x80 ? slice_of((const char *)&c, 1) : slice_of(bytes, 2));
        buffer_add_char(out, '\'');
        buffer_add(out, slice_part(buffer_slice(&quoted), 1, quoted.len - 1));
        buffer_add_char(out, '\'');
        buffer_release(&quoted);
    }
}

/* The byte at `pos` does not fit; at the end of the text a blank stands there. */
static bool unexpected(struct reader *r, const char *context)
{
    struct buffer text = BUFFER_INIT;
    r->at_end = r->pos >= r->text.len;
    buffer_add_text(&text, "invalid character ");
    quote_char(&text, r->at_end ? ' ' : (unsigned char)r->text.ptr[r->pos]);
    buffer_add_char(&text, ' ');
    buffer_add_text(&text, context);
    r->error = buffer_move(&text, r->arena);
    r->error_at = r->pos;
    return false;
}

static bool ends_early(struct reader *r)
{
    r->at_end = true;
    r->error = SLICE("unexpected end of JSON input");
    r->error_at = r->text.len;
    return false;
}

/* As `unexpected` where a blank would be skipped: there the end of the text is the fault. */
static bool unexpected_or_end(struct reader *r, const char *context)
{
    return r->pos >= r->text.len ? ends_early(r) : unexpected(r, context);
}

/* --- characters ----------------------------------------------------------------------------------------------- */

static void skip_blanks(struct reader *r)
{
    while (r->pos < r->text.len) {
        char c = r->text.ptr[r->pos];
        if (c == '\n') {
            r->line++;
            r->line_start = r->pos + 1;
        } else if (c != ' ' && c != '\t' && c != '\r') {
            return;
        }
        r->pos++;
    }
}

/* The byte at `pos`, or 0 at the end (a NUL in the text fits nowhere either). */
static char peek(const struct reader *r)
{
    return r->pos < r->text.len ? r->text.ptr[r->pos] : '\0';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* --- strings -------------------------------------------------------------------------------------------------- */

static bool check_escape(struct reader *r)
{
    r->pos++;
    if (r->pos >= r->text.len)
        return unexpected(r, "in string escape code");
    char c = r->text.ptr[r->pos];
    if (c != '\0' && strchr("bfnrt\\/\"", c)) {
        r->pos++;
        return true;
    }
    if (c != 'u')
        return unexpected(r, "in string escape code");
    r->pos++;
    for (int i = 0; i < 4; i++, r->pos++) {
        if (r->pos >= r->text.len || go_hex_digit(r->text.ptr[r->pos]) < 0)
            return unexpected(r, "in \\u hexadecimal character escape");
    }
    return true;
}

static uint32_t hex4(const char *s)
{
    uint32_t rune = 0;
    for (int i = 0; i < 4; i++)
        rune = rune << 4 | (uint32_t)go_hex_digit(s[i]);
    return rune;
}

/* \uXXXX at the front of `s`, which was checked; two surrogates that belong together are one rune. */
static size_t decode_unicode_escape(struct buffer *out, struct slice s)
{
    uint32_t rune = hex4(s.ptr + 2);
    if (rune >= 0xD800 && rune < 0xDC00 && s.len >= 12 && s.ptr[6] == '\\' && s.ptr[7] == 'u') {
        uint32_t low = hex4(s.ptr + 8);
        if (low >= 0xDC00 && low < 0xE000) {
            buffer_add_rune(out, 0x10000 + ((rune - 0xD800) << 10) + (low - 0xDC00));
            return 12;
        }
    }
    buffer_add_rune(out, rune);
    return 6;
}

static size_t decode_escape(struct buffer *out, struct slice s)
{
    static const char names[] = "bfnrt";
    static const char values[] = "\b\f\n\r\t";
    if (s.ptr[1] == 'u')
        return decode_unicode_escape(out, s);
    const char *name = strchr(names, s.ptr[1]);
    buffer_add_char(out, name ? values[name - names] : s.ptr[1]);
    return 2;
}

static struct slice decode_string(struct reader *r, struct slice s)
{
    struct buffer out = BUFFER_INIT;
    buffer_reserve(&out, s.len);
    while (s.len) {
        size_t size = 1;
        if (s.ptr[0] == '\\') {
            size = decode_escape(&out, s);
        } else if ((unsigned char)s.ptr[0] < 0x80) {
            buffer_add_char(&out, s.ptr[0]);
        } else {
            buffer_add_rune(&out, go_decode_rune(s, &size));
        }
        s = slice_after(s, size);
    }
    return buffer_move(&out, r->arena);
}

/* The text between quotes; `pos` is at the first of them. */
static bool read_string(struct reader *r, struct slice *out)
{
    size_t start = ++r->pos;
    bool has_escapes = false;
    bool is_ascii = true;
    for (;;) {
        if (r->pos >= r->text.len)
            return ends_early(r);
        unsigned char c = (unsigned char)r->text.ptr[r->pos];
        if (c == '"')
            break;
        if (c == '\\') {
            has_escapes = true;
            if (!check_escape(r))
                return false;
            continue;
        }
        if (c < 0x20)
            return unexpected(r, "in string literal");
        if (c >= 0x80)
            is_ascii = false;
        r->pos++;
    }
    *out = slice_part(r->text, start, r->pos++);
    if (has_escapes || (!is_ascii && !go_valid_utf8(*out)))
        *out = decode_string(r, *out);
    return true;
}

/* --- numbers and words ---------------------------------------------------------------------------------------- */

static bool skip_digits(struct reader *r, const char *context)
{
    if (!is_digit(peek(r)))
        return unexpected(r, context);
    while (is_digit(peek(r)))
        r->pos++;
    return true;
}

static bool skip_number(struct reader *r)
{
    if (peek(r) == '-')
        r->pos++;
    if (peek(r) == '0')
        r->pos++;
    else if (!skip_digits(r, "in numeric literal"))
        return false;
    if (peek(r) == '.') {
        r->pos++;
        if (!skip_digits(r, "after decimal point in numeric literal"))
            return false;
    }
    if (peek(r) == 'e' || peek(r) == 'E') {
        r->pos++;
        if (peek(r) == '+' || peek(r) == '-')
            r->pos++;
        if (!skip_digits(r, "in exponent of numeric literal"))
            return false;
    }
    return true;
}

static bool read_number(struct reader *r, struct value *out)
{
    size_t start = r->pos;
    double f;
    if (!skip_number(r))
        return false;
    struct slice digits = slice_part(r->text, start, r->pos);
    if (r->exact) {
        *out = value_string(digits);
        out->bits = VALUE_BIT_NUMBER;
        return true;
    }
    if (go_parse_float(digits, 64, &f) == GO_NUMBER_OK) {
        *out = value_float(f);
        return true;
    }
    if (!r->number_error.len) {
        r->number_error = arena_printf(r->arena, "json: cannot unmarshal number %.*s into Go value of type float64",
                                       SLICE_ARG(digits));
    }
    *out = value_nil();
    return true;
}

static bool read_word(struct reader *r, const char *word, struct value v, struct value *out)
{
    for (size_t i = 0; word[i]; i++, r->pos++) {
        if (peek(r) != word[i]) {
            struct slice context = arena_printf(r->arena, "in literal %s (expecting '%c')", word, word[i]);
            return unexpected(r, context.ptr);
        }
    }
    *out = v;
    return true;
}

/* --- values --------------------------------------------------------------------------------------------------- */

static bool read_value(struct reader *r, struct value *out);

static bool enter(struct reader *r)
{
    if (++r->depth > LIMIT_VALUE_DEPTH)
        return unexpected(r, "exceeded max depth");
    r->pos++;
    return true;
}

static bool read_array(struct reader *r, struct value *out)
{
    struct list *list = list_new(r->arena, 0);
    if (!enter(r))
        return false;
    skip_blanks(r);
    if (peek(r) != ']') {
        for (;;) {
            struct value item;
            if (!read_value(r, &item))
                return false;
            list_add(r->arena, list, item);
            skip_blanks(r);
            if (peek(r) != ',')
                break;
            r->pos++;
        }
        if (peek(r) != ']')
            return unexpected_or_end(r, "after array element");
    }
    r->pos++;
    r->depth--;
    *out = value_list(list);
    return true;
}

static bool read_member(struct reader *r, struct map *map)
{
    struct slice key;
    struct value v;
    skip_blanks(r);
    struct origin at = here(r);
    if (peek(r) != '"')
        return unexpected_or_end(r, "looking for beginning of object key string");
    if (!read_string(r, &key))
        return false;
    skip_blanks(r);
    if (peek(r) != ':')
        return unexpected_or_end(r, "after object key");
    r->pos++;
    if (!read_value(r, &v))
        return false;
    map_append(map, key, value_from(v, at));
    return true;
}

static bool read_object(struct reader *r, struct value *out)
{
    struct map *map = map_new(r->arena, 0);
    if (!enter(r))
        return false;
    skip_blanks(r);
    if (peek(r) != '}') {
        for (;;) {
            if (!read_member(r, map))
                return false;
            skip_blanks(r);
            if (peek(r) != ',')
                break;
            r->pos++;
        }
        if (peek(r) != '}')
            return unexpected_or_end(r, "after object key:value pair");
    }
    r->pos++;
    r->depth--;
    map_sort(map, NULL, NULL);
    *out = value_map(map);
    return true;
}

static bool read_bare_value(struct reader *r, struct value *out)
{
    struct slice text;
    switch (peek(r)) {
    case '{':
        return read_object(r, out);
    case '[':
        return read_array(r, out);
    case '"':
        if (!read_string(r, &text))
            return false;
        *out = value_string(text);
        return true;
    case 't':
        return read_word(r, "true", value_bool(true), out);
    case 'f':
        return read_word(r, "false", value_bool(false), out);
    case 'n':
        return read_word(r, "null", value_nil(), out);
    default:
        if (peek(r) == '-' || is_digit(peek(r)))
            return read_number(r, out);
        return unexpected_or_end(r, "looking for beginning of value");
    }
}

static bool read_value(struct reader *r, struct value *out)
{
    skip_blanks(r);
    struct origin at = here(r);
    if (!read_bare_value(r, out))
        return false;
    out->origin = at;
    return true;
}

/* The scanner goes on to the end, so what stands behind the value is reported before a number out of range. */
static bool check_numbers(struct reader *r)
{
    if (!r->number_error.len)
        return true;
    r->error = r->number_error;
    r->error_at = 0;
    return false;
}

bool json_read(struct arena *a, const struct source *source, struct slice text, struct value *out,
               struct slice *error, size_t *at)
{
    struct reader r = {.arena = a, .source = source, .text = text, .line = 1};
    struct value v;
    bool done = read_value(&r, &v);
    if (done) {
        skip_blanks(&r);
        done = r.pos == text.len || unexpected(&r, "after top-level value");
    }
    if (done) {
        *out = v;
        done = check_numbers(&r);
    }
    if (!done) {
        *error = r.error;
        if (at)
            *at = r.error_at;
    }
    return done;
}

static bool read_prefix(struct reader *r, struct value *out, size_t *used, struct slice *error)
{
    struct value v;
    skip_blanks(r);
    if (r->pos == r->text.len) {
        *error = SLICE("EOF");
        return false;
    }
    if (!read_value(r, &v) || !check_numbers(r)) {
        *error = r->at_end ? SLICE("unexpected EOF") : r->error;
        return false;
    }
    *used = r->pos;
    *out = v;
    return true;
}

bool json_read_prefix(struct arena *a, const struct source *source, struct slice text, struct value *out,
                      size_t *used, struct slice *error)
{
    struct reader r = {.arena = a, .source = source, .text = text, .line = 1};
    return read_prefix(&r, out, used, error);
}

bool json_read_exact(struct arena *a, const struct source *source, struct slice text, struct value *out, size_t *used,
                     struct slice *error)
{
    struct reader r = {.arena = a, .source = source, .text = text, .line = 1, .exact = true};
    return read_prefix(&r, out, used, error);
}
