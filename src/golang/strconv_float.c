/*
 * strconv_float.c - floats as Go's strconv writes and reads them
 *
 * A number is first made into its decimal digits and the place of the point (struct digits), then laid out as %e, %f
 * or %g. Shortest digits: integers below 2^53 are their own; a decimal of at most 15 digits that divides back to the
 * number is the only one so short; the rest asks the C library, whose conversions are exact, for more and more digits
 * until they read back. Only digits are taken from its text and only the C locale reads it, so no locale matters.
 */
#include "golang/strconv.h"

#include <errno.h>
#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    DIGITS_MAX = 800,    /* no double has more significant digits than 767 */
    FRACTION_MAX = 1100, /* nor a fraction of more than 1074 digits */
    TEXT_MAX = 1500
};

/* 0.d[0]d[1]… times ten to the power of `point`; no leading or trailing zeros; zero has none at all. */
struct digits {
    char d[TEXT_MAX];
    int count;
    int point;
};

static const double powers_of_ten[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                       1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/* --- reading ------------------------------------------------------------------------------------------------ */

/* NUL-terminated text in the syntax of C, read in the C locale. */
static double read_c_float(const char *text, int bits)
{
    locale_t c = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    double f = bits == 32 ? (double)strtof_l(text, NULL, c) : strtod_l(text, NULL, c);
    freelocale(c);
    return f;
}

/* A decimal number taken apart. The mantissa holds at most 19 digits. */
struct scanned_float {
    uint64_t mantissa;
    int exponent; /* of ten */
    bool negative;
    bool exact; /* no digit was dropped from the mantissa */
    bool hex;
};

struct scanner {
    struct slice s;
    size_t at;
    bool underscores;
};

static char peek(const struct scanner *in)
{
    return in->at < in->s.len ? in->s.ptr[in->at] : '\0';
}

static bool is_hex_digit(char c)
{
    char lower = (char)(c | 0x20);
    return (c >= '0' && c <= '9') || (lower >= 'a' && lower <= 'f');
}

/* Digits with at most one point. False where there is no digit. */
static bool scan_mantissa(struct scanner *in, struct scanned_float *out)
{
    bool point = false, any = false;
    int kept = 0;
    for (; in->at < in->s.len; in->at++) {
        char c = in->s.ptr[in->at];
        if (c == '_') {
            in->underscores = true;
        } else if (c == '.' && !point) {
            point = true;
        } else if (out->hex ? is_hex_digit(c) : c >= '0' && c <= '9') {
            any = true;
            out->exponent -= point;
            if (kept == 19 || out->hex) {
                out->exact = out->exact && c == '0';
                out->exponent++;
            } else {
                out->mantissa = out->mantissa * 10 + (uint64_t)(c - '0');
                kept += out->mantissa != 0;
            }
        } else {
            break;
        }
    }
    return any;
}

/* The exponent after its letter, bounded so that it cannot overflow. */
static bool scan_exponent(struct scanner *in, struct scanned_float *out)
{
    in->at++;
    bool negative = peek(in) == '-';
    if (negative || peek(in) == '+')
        in->at++;
    if (peek(in) < '0' || peek(in) > '9')
        return false;
    int e = 0;
    for (; (peek(in) >= '0' && peek(in) <= '9') || peek(in) == '_'; in->at++) {
        if (peek(in) == '_')
            in->underscores = true;
        else if (e < 100000)
            e = e * 10 + (peek(in) - '0');
    }
    out->exponent += negative ? -e : e;
    return true;
}

/* The whole text by Go's grammar of floating-point numbers. */
static bool scan_float(struct slice s, struct scanned_float *out)
{
    struct scanner in = {s, 0, false};
    *out = (struct scanned_float){.exact = true, .negative = peek(&in) == '-'};
    if (out->negative || peek(&in) == '+')
        in.at++;
    if (in.at + 2 < s.len && s.ptr[in.at] == '0' && (s.ptr[in.at + 1] | 0x20) == 'x') {
        out->hex = true;
        in.at += 2;
    }
    if (!scan_mantissa(&in, out))
        return false;
    bool has_exponent = (peek(&in) | 0x20) == (out->hex ? 'p' : 'e');
    if (has_exponent ? !scan_exponent(&in, out) : out->hex)
        return false;
    return in.at == s.len && (!in.underscores || go_underscores_fit(s));
}

/* "inf", "infinity" with or without a sign, and "nan". */
static bool parse_special(struct slice s, double *out)
{
    bool negative = s.len && s.ptr[0] == '-';
    bool sign = negative || (s.len && s.ptr[0] == '+');
    const char *word = s.ptr + sign;
    size_t len = s.len - sign;
    if ((len == 3 && strncasecmp(word, "inf", len) == 0) || (len == 8 && strncasecmp(word, "infinity", len) == 0)) {
        *out = negative ? -INFINITY : INFINITY;
        return true;
    }
    if (!sign && len == 3 && strncasecmp(word, "nan", len) == 0) {
        *out = NAN;
        return true;
    }
    return false;
}

enum go_number_error go_parse_float(struct slice s, int bits, double *out)
{
    *out = 0;
    if (s.len >= 3 && parse_special(s, out))
        return GO_NUMBER_OK;
    struct scanned_float scanned;
    if (!scan_float(s, &scanned))
        return GO_NUMBER_SYNTAX;
    int e = scanned.exponent;
    if (bits == 64 && scanned.exact && !scanned.hex && scanned.mantissa < (uint64_t)1 << 53 && e >= -22 && e <= 22) {
        double f = (double)scanned.mantissa; /* exact, as is the power: one rounding */
        f = e < 0 ? f / powers_of_ten[-e] : f * powers_of_ten[e];
        *out = scanned.negative ? -f : f;
        return GO_NUMBER_OK;
    }
    struct buffer text = BUFFER_INIT;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] != '_')
            buffer_add_char(&text, s.ptr[i]);
    }
    buffer_add_char(&text, '\0');
    *out = read_c_float(text.ptr, bits);
    buffer_release(&text);
    return isinf(*out) ? GO_NUMBER_RANGE : GO_NUMBER_OK;
}

/* --- digits ------------------------------------------------------------------------------------------------- */

static void digits_trim(struct digits *digits)
{
    int zeros = 0;
    while (zeros < digits->count && digits->d[zeros] == '0')
        zeros++;
    memmove(digits->d, digits->d + zeros, (size_t)(digits->count - zeros));
    digits->count -= zeros;
    digits->point -= zeros;
    while (digits->count && digits->d[digits->count - 1] == '0')
        digits->count--;
    if (digits->count == 0)
        digits->point = 0;
}

/* Takes the digits of a printed number up to `end`, whatever stands between them. */
static void digits_collect(struct digits *digits, const char *text, const char *end)
{
    digits->count = 0;
    for (; text < end; text++) {
        if (*text >= '0' && *text <= '9')
            digits->d[digits->count++] = *text;
    }
}

/* The number rounded to `count` significant digits, half to even on its exact value. */
static void digits_rounded(struct digits *digits, double f, int count)
{
    char text[TEXT_MAX];
    if (count > DIGITS_MAX)
        count = DIGITS_MAX;
    snprintf(text, sizeof text, "%.*e", count - 1, f);
    const char *e = strrchr(text, 'e');
    digits_collect(digits, text, e);
    digits->point = (int)strtol(e + 1, NULL, 10) + 1;
}

/* The number rounded to `places` digits after the point. */
static void digits_fixed(struct digits *digits, double f, int places)
{
    char text[TEXT_MAX];
    if (places > FRACTION_MAX)
        places = FRACTION_MAX;
    int len = snprintf(text, sizeof text, "%.*f", places, f);
    digits_collect(digits, text, text + len);
    digits->point = digits->count - places;
    digits_trim(digits);
}

static void digits_of_integer(struct digits *digits, uint64_t n, int point_shift)
{
    char text[24];
    size_t at = sizeof text;
    for (; n; n /= 10)
        text[--at] = (char)('0' + n % 10);
    digits->count = (int)(sizeof text - at);
    memcpy(digits->d, text + at, sizeof text - at);
    digits->point = digits->count - point_shift;
    digits_trim(digits);
}

/* Integers and decimals of at most 15 digits, the bulk of what is printed. */
static bool digits_simple(struct digits *digits, double f)
{
    if (f < 9007199254740992.0 && f == (double)(uint64_t)f) {
        digits_of_integer(digits, (uint64_t)f, 0);
        return true;
    }
    if (f >= 1e15 || f < 1e-7)
        return false;
    for (int places = 1; places <= 22; places++) {
        double scaled = f * powers_of_ten[places];
        if (scaled >= 1e15)
            return false;
        uint64_t n = (uint64_t)(scaled + 0.5);
        if ((double)n / powers_of_ten[places] == f) {
            digits_of_integer(digits, n, places);
            return true;
        }
    }
    return false;
}

static bool digits_read_back(const struct digits *digits, double f, int bits)
{
    char text[64];
    snprintf(text, sizeof text, "%.*se%d", digits->count, digits->d, digits->point - digits->count);
    return read_c_float(text, bits) == f;
}

/* The next larger number of as many digits. */
static void digits_step_up(struct digits *digits)
{
    int i = digits->count - 1;
    for (; i >= 0 && digits->d[i] == '9'; i--)
        digits->d[i] = '0';
    if (i >= 0) {
        digits->d[i]++;
        return;
    }
    digits->d[0] = '1';
    digits->point++;
}

/*
 * The fewest digits that read back as f, nearest to f among those. Every normal number of 15 (float32: 6) digits
 * reads back and prints the same, so the search begins there. At a power of two the numbers below lie twice as dense,
 * and the nearest digits may miss while the next above still hit.
 */
static void digits_shortest(struct digits *digits, double f, int bits)
{
    if (bits == 64 && digits_simple(digits, f))
        return;
    int exponent;
    bool power_of_two = frexp(f, &exponent) == 0.5;
    bool normal = f >= (bits == 32 ? (double)FLT_MIN : DBL_MIN);
    int most = bits == 32 ? 9 : 17;
    for (int count = !normal ? 1 : bits == 32 ? 6 : 15; count <= most; count++) {
        digits_rounded(digits, f, count);
        if (digits_read_back(digits, f, bits))
            break;
        if (power_of_two && count < most) {
            digits_step_up(digits);
            if (digits_read_back(digits, f, bits))
                break;
        }
    }
    digits_trim(digits);
}

/* --- layout ------------------------------------------------------------------------------------------------- */

static void add_exponent(struct buffer *out, char letter, int exponent)
{
    buffer_add_char(out, letter);
    buffer_add_char(out, exponent < 0 ? '-' : '+');
    unsigned e = (unsigned)(exponent < 0 ? -exponent : exponent);
    if (e < 10)
        buffer_add_char(out, '0');
    go_format_uint(out, e, 10);
}

/* d.ddde±dd with `places` digits after the point. */
static void layout_exponent(struct buffer *out, const struct digits *digits, int places, char letter)
{
    buffer_add_char(out, digits->count ? digits->d[0] : '0');
    if (places > 0) {
        int have = digits->count - 1 < places ? digits->count - 1 : places;
        have = have < 0 ? 0 : have;
        buffer_add_char(out, '.');
        buffer_add(out, slice_of(digits->d + 1, (size_t)have));
        buffer_add_repeated(out, '0', (size_t)(places - have));
    }
    add_exponent(out, letter, digits->count ? digits->point - 1 : 0);
}

/* ddd.ddd with `places` digits after the point. */
static void layout_fixed(struct buffer *out, const struct digits *digits, int places)
{
    if (digits->point > 0) {
        int have = digits->count < digits->point ? digits->count : digits->point;
        buffer_add(out, slice_of(digits->d, (size_t)have));
        buffer_add_repeated(out, '0', (size_t)(digits->point - have));
    } else {
        buffer_add_char(out, '0');
    }
    if (places <= 0)
        return;
    buffer_add_char(out, '.');
    int zeros = digits->point < 0 ? -digits->point : 0;
    zeros = zeros < places ? zeros : places;
    buffer_add_repeated(out, '0', (size_t)zeros);
    int from = digits->point > 0 ? digits->point : 0;
    int have = digits->count - from < places - zeros ? digits->count - from : places - zeros;
    have = have < 0 ? 0 : have;
    if (have)
        buffer_add(out, slice_of(digits->d + from, (size_t)have));
    buffer_add_repeated(out, '0', (size_t)(places - zeros - have));
}

/* %g: exponent form for very small and large numbers. */
static void layout_general(struct buffer *out, const struct digits *digits, int precision, bool shortest, char letter)
{
    int threshold = precision;
    if (threshold > digits->count && digits->count >= digits->point)
        threshold = digits->count;
    if (shortest)
        threshold = 6;
    int exponent = digits->point - 1;
    if (exponent < -4 || exponent >= threshold) {
        layout_exponent(out, digits, (precision < digits->count ? precision : digits->count) - 1, letter);
        return;
    }
    if (precision > digits->point)
        precision = digits->count;
    layout_fixed(out, digits, precision - digits->point);
}

/* --- binary and hexadecimal forms --------------------------------------------------------------------------- */

/* The mantissa as an integer, with its leading bit at 2^52 (float32: 2^23) unless subnormal, and its exponent. */
static uint64_t take_apart(double f, int bits, int *exponent)
{
    int mantissa_bits = bits == 32 ? 24 : 53;
    int least = bits == 32 ? -149 : -1074;
    if (f == 0) {
        *exponent = least;
        return 0;
    }
    double fraction = frexp(f, exponent);
    *exponent -= mantissa_bits;
    if (*exponent < least) {
        fraction = ldexp(fraction, *exponent - least);
        *exponent = least;
    }
    return (uint64_t)ldexp(fraction, mantissa_bits);
}

static void format_binary(struct buffer *out, double f, int bits)
{
    int exponent;
    go_format_uint(out, take_apart(f, bits, &exponent), 10);
    buffer_add_char(out, 'p');
    if (exponent >= 0)
        buffer_add_char(out, '+');
    go_format_int(out, exponent, 10);
}

/* Rounds a mantissa whose leading bit is 2^60 to `places` hexadecimal digits after it. */
static uint64_t round_hex_mantissa(uint64_t mantissa, int places, int *exponent)
{
    const uint64_t one = (uint64_t)1 << 60;
    int shift = places * 4;
    uint64_t extra = (mantissa << shift) & (one - 1);
    mantissa >>= 60 - shift;
    if ((extra | (mantissa & 1)) > one >> 1)
        mantissa++;
    mantissa <<= 60 - shift;
    if (mantissa & one << 1) {
        mantissa >>= 1;
        ++*exponent;
    }
    return mantissa;
}

/* 0x1.hhhp±dd, the mantissa brought to a leading 1. */
static void format_hex(struct buffer *out, double f, char format, int precision)
{
    int exponent = 0;
    uint64_t mantissa = f == 0 ? 0 : (uint64_t)ldexp(frexp(f, &exponent), 61);
    if (f != 0)
        exponent--;
    if (precision >= 0 && precision < 15)
        mantissa = round_hex_mantissa(mantissa, precision, &exponent);
    buffer_add_char(out, '0');
    buffer_add_char(out, format);
    buffer_add_char(out, (char)('0' + (mantissa >> 60 & 1)));
    mantissa <<= 4;
    if (precision > 0 || (precision < 0 && mantissa))
        buffer_add_char(out, '.');
    const char *digits = format == 'x' ? "0123456789abcdef" : "0123456789ABCDEF";
    for (int i = 0; precision < 0 ? mantissa != 0 : i < precision; i++, mantissa <<= 4)
        buffer_add_char(out, digits[mantissa >> 60]);
    add_exponent(out, format == 'x' ? 'p' : 'P', exponent);
}

/* --- entry -------------------------------------------------------------------------------------------------- */

static void format_shortest(struct buffer *out, double f, char format, int bits)
{
    struct digits digits;
    digits.count = digits.point = 0;
    if (f != 0)
        digits_shortest(&digits, f, bits);
    if (format == 'f')
        layout_fixed(out, &digits, digits.count - digits.point);
    else if (format == 'e' || format == 'E')
        layout_exponent(out, &digits, digits.count - 1, format);
    else
        layout_general(out, &digits, digits.count, true, format == 'g' ? 'e' : 'E');
}

static void format_rounded(struct buffer *out, double f, char format, int precision)
{
    struct digits digits;
    if (format == 'f') {
        digits_fixed(&digits, f, precision);
        layout_fixed(out, &digits, precision);
        return;
    }
    bool exponent = format == 'e' || format == 'E';
    if (!exponent && precision == 0)
        precision = 1;
    digits_rounded(&digits, f, exponent && precision < DIGITS_MAX ? precision + 1 : precision);
    digits_trim(&digits);
    if (exponent)
        layout_exponent(out, &digits, precision, format);
    else
        layout_general(out, &digits, precision, false, format == 'g' ? 'e' : 'E');
}

void go_format_float(struct buffer *out, double f, char format, int precision, int bits)
{
    if (bits == 32)
        f = (double)(float)f;
    if (isnan(f)) {
        buffer_add_text(out, "NaN");
        return;
    }
    if (isinf(f)) {
        buffer_add_text(out, f < 0 ? "-Inf" : "+Inf");
        return;
    }
    if (signbit(f)) {
        buffer_add_char(out, '-');
        f = -f;
    }
    if (format == 'F')
        format = 'f';
    if (format == 'b')
        format_binary(out, f, bits);
    else if (format == 'x' || format == 'X')
        format_hex(out, f, format, precision);
    else if (precision < 0)
        format_shortest(out, f, format, bits);
    else
        format_rounded(out, f, format, precision);
}
