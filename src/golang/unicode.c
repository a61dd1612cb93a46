/*
 * unicode.c - UTF-8 and the character classes of Go's unicode package
 *
 * Classes and simple case mappings come from utf8proc, whose 2.8 and Go's tables are both Unicode 15.0. Where the
 * library maps by other rules than UnicodeData.txt the few code points are named here. Most text is ASCII, so each
 * walk has a way through that asks no table.
 */
#include "golang/unicode.h"

#include <utf8proc.h>

enum {
    SHARP_S = 0xDF /* utf8proc makes it U+1E9E; UnicodeData.txt gives it no upper case */
};

static bool is_continuation(unsigned char c)
{
    return (c & 0xC0) == 0x80;
}

/* Whether the second byte may follow the first: no overlong form, no surrogate, nothing above U+10FFFF. */
static bool second_byte_fits(unsigned char first, unsigned char second)
{
    switch (first) {
    case 0xE0:
        return second >= 0xA0 && second <= 0xBF;
    case 0xED:
        return second >= 0x80 && second <= 0x9F;
    case 0xF0:
        return second >= 0x90 && second <= 0xBF;
    case 0xF4:
        return second >= 0x80 && second <= 0x8F;
    default:
        return is_continuation(second);
    }
}

uint32_t go_decode_rune(struct slice s, size_t *size)
{
    *size = s.len ? 1 : 0;
    if (s.len == 0)
        return RUNE_ERROR;
    const unsigned char *p = (const unsigned char *)s.ptr;
    if (p[0] < 0x80)
        return p[0];
    size_t need = p[0] < 0xC2 ? 0 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : p[0] < 0xF5 ? 4 : 0;
    if (need == 0 || s.len < need || !second_byte_fits(p[0], p[1]))
        return RUNE_ERROR;
    uint32_t rune = p[0] & (0xFFu >> (need + 1));
    for (size_t i = 1; i < need; i++) {
        if (!is_continuation(p[i]))
            return RUNE_ERROR;
        rune = rune << 6 | (p[i] & 0x3F);
    }
    *size = need;
    return rune;
}

uint32_t go_decode_last_rune(struct slice s, size_t *size)
{
    if (s.len && (unsigned char)s.ptr[s.len - 1] < 0x80) {
        *size = 1;
        return (unsigned char)s.ptr[s.len - 1];
    }
    for (size_t back = 2; back <= 4 && back <= s.len; back++) {
        size_t length;
        uint32_t rune = go_decode_rune(slice_after(s, s.len - back), &length);
        if (length == back) {
            *size = length;
            return rune;
        }
    }
    return go_decode_rune(slice_after(s, s.len ? s.len - 1 : 0), size);
}

bool go_valid_utf8(struct slice s)
{
    size_t at = 0;
    while (at < s.len) {
        size_t size = 1;
        if ((unsigned char)s.ptr[at] >= 0x80) {
            go_decode_rune(slice_after(s, at), &size);
            if (size == 1)
                return false;
        }
        at += size;
    }
    return true;
}

size_t go_rune_count(struct slice s)
{
    size_t count = 0;
    for (size_t at = 0; at < s.len; count++) {
        size_t size = 1;
        if ((unsigned char)s.ptr[at] >= 0x80)
            go_decode_rune(slice_after(s, at), &size);
        at += size;
    }
    return count;
}

static utf8proc_category_t category(uint32_t rune)
{
    return rune > 0x10FFFF ? UTF8PROC_CATEGORY_CN : utf8proc_category((utf8proc_int32_t)rune);
}

const char *go_category(uint32_t rune)
{
    return rune > 0x10FFFF ? "Cn" : utf8proc_category_string((utf8proc_int32_t)rune);
}

/* Letters, marks, numbers, punctuation, symbols and the ASCII space. */
bool go_is_print(uint32_t rune)
{
    if (rune < 0x7F)
        return rune >= 0x20;
    utf8proc_category_t c = category(rune);
    return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_SO;
}

bool go_is_space(uint32_t rune)
{
    if (rune < 0x80)
        return rune == ' ' || (rune >= '\t' && rune <= '\r');
    return rune == 0x85 || rune == 0xA0 || rune == 0x1680 || (rune >= 0x2000 && rune <= 0x200A) || rune == 0x2028 ||
           rune == 0x2029 || rune == 0x202F || rune == 0x205F || rune == 0x3000;
}

bool go_is_letter(uint32_t rune)
{
    if (rune < 0x80)
        return (rune | 0x20) >= 'a' && (rune | 0x20) <= 'z';
    utf8proc_category_t c = category(rune);
    return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO;
}

bool go_is_digit(uint32_t rune)
{
    if (rune < 0x80)
        return rune >= '0' && rune <= '9';
    return category(rune) == UTF8PROC_CATEGORY_ND;
}

bool go_is_number(uint32_t rune)
{
    if (rune < 0x80)
        return rune >= '0' && rune <= '9';
    utf8proc_category_t c = category(rune);
    return c >= UTF8PROC_CATEGORY_ND && c <= UTF8PROC_CATEGORY_NO;
}

bool go_is_upper(uint32_t rune)
{
    if (rune < 0x80)
        return rune >= 'A' && rune <= 'Z';
    return category(rune) == UTF8PROC_CATEGORY_LU;
}

bool go_is_lower(uint32_t rune)
{
    if (rune < 0x80)
        return rune >= 'a' && rune <= 'z';
    return category(rune) == UTF8PROC_CATEGORY_LL;
}

bool go_is_title(uint32_t rune)
{
    return category(rune) == UTF8PROC_CATEGORY_LT;
}

bool go_is_punct(uint32_t rune)
{
    utf8proc_category_t c = category(rune);
    return c >= UTF8PROC_CATEGORY_PC && c <= UTF8PROC_CATEGORY_PO;
}

bool go_is_control(uint32_t rune)
{
    return rune < 0x20 || (rune >= 0x7F && rune < 0xA0);
}

uint32_t go_to_upper(uint32_t rune)
{
    if (rune < 0x80)
        return rune >= 'a' && rune <= 'z' ? rune - 0x20 : rune;
    if (rune == SHARP_S || rune > 0x10FFFF)
        return rune;
    return (uint32_t)utf8proc_toupper((utf8proc_int32_t)rune);
}

uint32_t go_to_lower(uint32_t rune)
{
    if (rune < 0x80)
        return rune >= 'A' && rune <= 'Z' ? rune + 0x20 : rune;
    return rune > 0x10FFFF ? rune : (uint32_t)utf8proc_tolower((utf8proc_int32_t)rune);
}

uint32_t go_to_title(uint32_t rune)
{
    if (rune < 0x80 || rune == SHARP_S)
        return go_to_upper(rune);
    return rune > 0x10FFFF ? rune : (uint32_t)utf8proc_totitle((utf8proc_int32_t)rune);
}

/* strings.Map: each rune mapped, bad bytes as U+FFFD. */
static void map_runes(struct buffer *out, struct slice s, uint32_t (*map)(uint32_t))
{
    buffer_reserve(out, s.len);
    for (size_t at = 0; at < s.len;) {
        unsigned char c = (unsigned char)s.ptr[at];
        if (c < 0x80) {
            buffer_add_char(out, (char)map(c));
            at++;
            continue;
        }
        size_t size;
        uint32_t rune = go_decode_rune(slice_after(s, at), &size);
        buffer_add_rune(out, map(rune));
        at += size;
    }
}

void go_upper(struct buffer *out, struct slice s)
{
    map_runes(out, s, go_to_upper);
}

void go_lower(struct buffer *out, struct slice s)
{
    map_runes(out, s, go_to_lower);
}

struct slice go_trim_space(struct slice s)
{
    size_t size;
    while (s.len && go_is_space(go_decode_rune(s, &size)))
        s = slice_after(s, size);
    while (s.len && go_is_space(go_decode_last_rune(s, &size)))
        s.len -= size;
    return s;
}
