/*
 * fmt_number.c - scalars under the flags of Go's fmt
 *
 * Each function writes its text into a buffer of its own where padding needs the length first, and straight to the
 * output where there is no width.
 */
#include "golang/fmt_number.h"

#include "golang/strconv.h"
#include "golang/unicode.h"

static void add_padding(struct buffer *out, const struct fmt_spec *spec, int count)
{
    if (count > 0)
        buffer_add_repeated(out, spec->zero && !spec->minus ? '0' : ' ', (size_t)count);
}

void go_fmt_pad(struct buffer *out, const struct fmt_spec *spec, struct slice text)
{
    if (!spec->has_width || spec->width == 0) {
        buffer_add(out, text);
        return;
    }
    size_t runes = go_rune_count(text);
    int missing = runes < (size_t)spec->width ? spec->width - (int)runes : 0;
    if (!spec->minus)
        add_padding(out, spec, missing);
    buffer_add(out, text);
    if (spec->minus)
        add_padding(out, spec, missing);
}

/* Pads what `text` holds with blanks, whatever the zero flag says, and releases it. */
static void pad_blank(struct buffer *out, const struct fmt_spec *spec, struct buffer *text)
{
    struct fmt_spec blank = *spec;
    blank.zero = false;
    go_fmt_pad(out, &blank, buffer_slice(text));
    buffer_release(text);
}

/* The first `precision` runes. */
static struct slice truncate(const struct fmt_spec *spec, struct slice text)
{
    if (!spec->has_precision)
        return text;
    size_t at = 0;
    for (int runes = 0; at < text.len && runes < spec->precision; runes++) {
        size_t size;
        go_decode_rune(slice_after(text, at), &size);
        at += size;
    }
    return slice_part(text, 0, at);
}

void go_fmt_text(struct buffer *out, const struct fmt_spec *spec, struct slice text)
{
    go_fmt_pad(out, spec, truncate(spec, text));
}

void go_fmt_quoted(struct buffer *out, const struct fmt_spec *spec, struct slice text)
{
    text = truncate(spec, text);
    struct buffer quoted = BUFFER_INIT;
    if (spec->sharp && go_can_backquote(text)) {
        buffer_add_char(&quoted, '`');
        buffer_add(&quoted, text);
        buffer_add_char(&quoted, '`');
    } else if (spec->plus) {
        go_quote_ascii(&quoted, text);
    } else {
        go_quote(&quoted, text);
    }
    go_fmt_pad(out, spec, buffer_slice(&quoted));
    buffer_release(&quoted);
}

/* Characters that the hexadecimal form of `bytes` bytes takes. */
static size_t hex_width(const struct fmt_spec *spec, size_t bytes)
{
    if (bytes == 0)
        return 0;
    if (spec->space)
        return bytes * (spec->sharp ? 4 : 2) + bytes - 1;
    return bytes * 2 + (spec->sharp ? 2 : 0);
}

void go_fmt_hex_text(struct buffer *out, const struct fmt_spec *spec, struct slice text, bool upper)
{
    if (spec->has_precision && (size_t)spec->precision < text.len)
        text.len = (size_t)spec->precision;
    size_t width = hex_width(spec, text.len);
    size_t wanted = spec->has_width ? (size_t)spec->width : 0;
    int missing = width < wanted ? (int)(wanted - width) : 0;
    if (!spec->minus || text.len == 0)
        add_padding(out, spec, missing);
    for (size_t i = 0; i < text.len; i++) {
        if (spec->space && i > 0)
            buffer_add_char(out, ' ');
        if (spec->sharp && (spec->space || i == 0))
            buffer_add_text(out, upper ? "0X" : "0x");
        const char *digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
        unsigned char c = (unsigned char)text.ptr[i];
        buffer_add_char(out, digits[c >> 4]);
        buffer_add_char(out, digits[c & 0xF]);
    }
    if (spec->minus && text.len)
        add_padding(out, spec, missing);
}

/* Digits of at least `precision` places. */
static void add_digits(struct buffer *out, uint64_t u, int base, bool upper, int precision)
{
    char text[64];
    size_t at = sizeof text;
    do {
        text[--at] = (upper ? "0123456789ABCDEF" : "0123456789abcdef")[u % (unsigned)base];
        u /= (unsigned)base;
    } while (u);
    size_t len = sizeof text - at;
    if (precision > 0 && (size_t)precision > len)
        buffer_add_repeated(out, '0', (size_t)precision - len);
    buffer_add(out, slice_of(text + at, len));
}

/* The prefix that '#' asks for; an octal number that already begins with 0 needs none. */
static const char *base_prefix(int base, char verb, bool leading_zero)
{
    switch (base) {
    case 2:
        return "0b";
    case 8:
        return leading_zero ? "" : "0";
    case 16:
        return verb == 'X' ? "0X" : "0x";
    default:
        return "";
    }
}

void go_fmt_integer(struct buffer *out, const struct fmt_spec *spec, uint64_t u, int base, bool is_signed, char verb)
{
    bool negative = is_signed && (int64_t)u < 0;
    if (negative)
        u = 0 - u;
    struct buffer text = BUFFER_INIT;
    int precision = spec->has_precision ? spec->precision : 0;
    if (spec->has_precision && precision == 0 && u == 0) {
        struct fmt_spec blank = *spec;
        blank.zero = false;
        add_padding(out, &blank, spec->width);
        return;
    }
    if (!spec->has_precision && spec->zero && !spec->minus && spec->has_width)
        precision = spec->width - (negative || spec->plus || spec->space);
    struct buffer digits = BUFFER_INIT;
    add_digits(&digits, u, base, verb == 'X', precision);
    if (negative || spec->plus || spec->space)
        buffer_add_char(&text, negative ? '-' : spec->plus ? '+' : ' ');
    if (verb == 'O')
        buffer_add_text(&text, "0o");
    if (spec->sharp)
        buffer_add_text(&text, base_prefix(base, verb, digits.ptr[0] == '0'));
    buffer_add(&text, buffer_slice(&digits));
    buffer_release(&digits);
    pad_blank(out, spec, &text);
}

void go_fmt_rune(struct buffer *out, const struct fmt_spec *spec, uint64_t rune)
{
    struct buffer text = BUFFER_INIT;
    buffer_add_rune(&text, rune > 0x10FFFF ? RUNE_ERROR : (uint32_t)rune);
    go_fmt_pad(out, spec, buffer_slice(&text));
    buffer_release(&text);
}

void go_fmt_quoted_rune(struct buffer *out, const struct fmt_spec *spec, uint64_t rune)
{
    struct buffer text = BUFFER_INIT;
    go_quote_rune(&text, rune > 0x10FFFF ? RUNE_ERROR : (uint32_t)rune, spec->plus);
    go_fmt_pad(out, spec, buffer_slice(&text));
    buffer_release(&text);
}

void go_fmt_unicode(struct buffer *out, const struct fmt_spec *spec, uint64_t rune)
{
    struct buffer text = BUFFER_INIT;
    buffer_add_text(&text, "U+");
    add_digits(&text, rune, 16, true, spec->has_precision && spec->precision > 4 ? spec->precision : 4);
    if (spec->sharp && rune <= 0x10FFFF && go_is_print((uint32_t)rune)) {
        buffer_add_text(&text, " '");
        buffer_add_rune(&text, (uint32_t)rune);
        buffer_add_char(&text, '\'');
    }
    pad_blank(out, spec, &text);
}

/* How a number printed without '#' lies: where its exponent begins, what it lacks. */
struct float_shape {
    size_t tail;     /* offset of the exponent, or the length */
    bool has_point;
    int significant; /* digits from the first that is not 0 */
};

static struct float_shape float_shape(struct slice digits, char format)
{
    struct float_shape shape = {digits.len, false, 0};
    bool hex = format == 'x' || format == 'X';
    bool counting = false;
    for (size_t i = 0; i < digits.len; i++) {
        char c = digits.ptr[i];
        if (c == 'p' || c == 'P' || (!hex && (c == 'e' || c == 'E'))) {
            shape.tail = i;
            break;
        }
        if (c == '.') {
            shape.has_point = true;
            continue;
        }
        counting = counting || c != '0';
        shape.significant += counting;
    }
    return shape;
}

/* '#': always a point, and %g keeps its trailing zeros. `number` begins with a sign. */
static void sharpen_float(struct buffer *number, char format, int precision)
{
    struct slice digits = slice_after(buffer_slice(number), 1);
    struct float_shape shape = float_shape(digits, format);
    int missing = 0;
    if (format == 'g' || format == 'G' || format == 'x')
        missing = (precision == -1 ? 6 : precision) - shape.significant;
    if (!shape.has_point && shape.tail == 1 && digits.ptr[0] == '0')
        missing--;
    struct buffer more = BUFFER_INIT;
    if (!shape.has_point)
        buffer_add_char(&more, '.');
    if (missing > 0)
        buffer_add_repeated(&more, '0', (size_t)missing);
    buffer_insert(number, 1 + shape.tail, buffer_slice(&more));
    buffer_release(&more);
}

/* Writes a number whose sign stands first; only a '+' that nobody asked for is dropped. */
static void pad_float(struct buffer *out, const struct fmt_spec *spec, struct slice number)
{
    if (!spec->plus && number.ptr[0] == '+') {
        go_fmt_pad(out, spec, slice_after(number, 1));
        return;
    }
    if (spec->zero && !spec->minus && spec->has_width && (size_t)spec->width > number.len) {
        buffer_add_char(out, number.ptr[0]);
        add_padding(out, spec, spec->width - (int)number.len);
        buffer_add(out, slice_after(number, 1));
        return;
    }
    go_fmt_pad(out, spec, number);
}

void go_fmt_float(struct buffer *out, const struct fmt_spec *spec, double f, char format, int precision)
{
    if (spec->has_precision)
        precision = spec->precision;
    struct buffer number = BUFFER_INIT;
    go_format_float(&number, f, format, precision, 64);
    if (number.ptr[0] != '-' && number.ptr[0] != '+')
        buffer_insert(&number, 0, SLICE("+"));
    if (spec->space && number.ptr[0] == '+' && !spec->plus)
        number.ptr[0] = ' ';
    if (number.ptr[1] == 'I' || number.ptr[1] == 'N') {
        struct fmt_spec blank = *spec;
        blank.zero = false;
        bool unsigned_nan = number.ptr[1] == 'N' && !spec->space && !spec->plus;
        if (unsigned_nan)
            go_fmt_pad(out, &blank, slice_after(buffer_slice(&number), 1));
        else
            go_fmt_pad(out, &blank, buffer_slice(&number));
    } else {
        if (spec->sharp && format != 'b')
            sharpen_float(&number, format, precision);
        pad_float(out, spec, buffer_slice(&number));
    }
    buffer_release(&number);
}
