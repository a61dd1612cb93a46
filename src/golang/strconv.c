/*
 * strconv.c - integers as Go's strconv writes and reads them
 */
#include "golang/strconv.h"

void go_format_uint(struct buffer *out, uint64_t u, int base)
{
    char digits[64];
    size_t at = sizeof digits;
    do {
        digits[--at] = "0123456789abcdefghijklmnopqrstuvwxyz"[u % (unsigned)base];
        u /= (unsigned)base;
    } while (u);
    buffer_add(out, slice_of(digits + at, sizeof digits - at));
}

void go_format_int(struct buffer *out, int64_t i, int base)
{
    uint64_t u = (uint64_t)i;
    if (i < 0) {
        buffer_add_char(out, '-');
        u = 0 - u;
    }
    go_format_uint(out, u, base);
}

/* Value of a digit in any base up to 36; 255 for what is none. */
static unsigned digit_value(char c)
{
    if (c >= '0' && c <= '9')
        return (unsigned)(c - '0');
    char lower = (char)(c | 0x20);
    if (lower >= 'a' && lower <= 'z')
        return (unsigned)(lower - 'a') + 10;
    return 255;
}

/* Cuts the prefix that names the base ("0x", "0o", "0b", or "0" for octal). */
static int base_of_prefix(struct slice *s)
{
    if (s->ptr[0] != '0')
        return 10;
    char letter = s->len >= 3 ? (char)(s->ptr[1] | 0x20) : '\0';
    int base = letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 0;
    *s = slice_after(*s, base ? 2 : 1);
    return base ? base : 8;
}

bool go_underscores_fit(struct slice s)
{
    char seen = '^'; /* '0' after a digit or prefix, '_' after an underscore, '!' after anything else */
    size_t i = s.len && (s.ptr[0] == '-' || s.ptr[0] == '+');
    bool hex = false;
    if (s.len - i >= 2 && s.ptr[i] == '0') {
        char letter = (char)(s.ptr[i + 1] | 0x20);
        if (letter == 'b' || letter == 'o' || letter == 'x') {
            hex = letter == 'x';
            seen = '0';
            i += 2;
        }
    }
    for (; i < s.len; i++) {
        char c = s.ptr[i];
        bool is_digit = (c >= '0' && c <= '9') || (hex && digit_value(c) < 16);
        if (c == '_' && seen != '0')
            return false;
        if (c != '_' && !is_digit && seen == '_')
            return false;
        seen = is_digit ? '0' : c == '_' ? '_' : '!';
    }
    return seen != '_';
}

enum go_number_error go_parse_uint(struct slice s, int base, int bits, uint64_t *out)
{
    struct slice whole = s;
    bool prefixed = base == 0;
    *out = 0;
    if (s.len == 0)
        return GO_NUMBER_SYNTAX;
    if (prefixed)
        base = base_of_prefix(&s);
    uint64_t max = bits >= 64 ? UINT64_MAX : ((uint64_t)1 << bits) - 1;
    uint64_t n = 0;
    bool underscores = false;
    for (size_t i = 0; i < s.len; i++) {
        if (prefixed && s.ptr[i] == '_') {
            underscores = true;
            continue;
        }
        unsigned digit = digit_value(s.ptr[i]);
        if (digit >= (unsigned)base)
            return GO_NUMBER_SYNTAX;
        if (digit > max || n > (max - digit) / (unsigned)base) {
            *out = max;
            return GO_NUMBER_RANGE;
        }
        n = n * (unsigned)base + digit;
    }
    if (underscores && !go_underscores_fit(whole))
        return GO_NUMBER_SYNTAX;
    *out = n;
    return GO_NUMBER_OK;
}

enum go_number_error go_parse_int(struct slice s, int base, int bits, int64_t *out)
{
    *out = 0;
    bool negative = s.len && s.ptr[0] == '-';
    if (s.len && (negative || s.ptr[0] == '+'))
        s = slice_after(s, 1);
    uint64_t n;
    enum go_number_error error = go_parse_uint(s, base, bits, &n);
    if (error == GO_NUMBER_SYNTAX)
        return error;
    uint64_t limit = (uint64_t)1 << (bits - 1);
    if (n > limit || (n == limit && !negative)) {
        n = negative ? limit : limit - 1;
        error = GO_NUMBER_RANGE;
    }
    *out = (int64_t)(negative ? 0 - n : n);
    return error;
}
