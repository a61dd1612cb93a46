/*
 * base64.c - Go's encoding/base64 and encoding/base32
 *
 * Decoding goes by groups (4 characters for 3 bytes, 8 for 5). What each decoder makes of padding and of what follows
 * it, and which byte it blames, is Go's own; base32 ignores text after a padded group.
 */
#include "golang/base64.h"

#include <stdint.h>

static const char alphabet64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static const char alphabet32[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

enum {
    NO_DIGIT = 0xFF
};

static unsigned char byte_at(struct slice s, size_t i)
{
    return i < s.len ? (unsigned char)s.ptr[i] : 0;
}

/* --- encoding ------------------------------------------------------------------------------------------------- */

struct slice go_base64_encode(struct arena *a, struct slice bytes)
{
    size_t len = (bytes.len + 2) / 3 * 4;
    char *text = arena_alloc(a, len + 1);
    char *to = text;
    for (size_t i = 0; i < bytes.len; i += 3) {
        uint32_t group = (uint32_t)byte_at(bytes, i) << 16 | (uint32_t)byte_at(bytes, i + 1) << 8 | byte_at(bytes, i + 2);
        *to++ = alphabet64[group >> 18];
        *to++ = alphabet64[group >> 12 & 63];
        *to++ = i + 1 < bytes.len ? alphabet64[group >> 6 & 63] : '=';
        *to++ = i + 2 < bytes.len ? alphabet64[group & 63] : '=';
    }
    *to = '\0';
    return slice_of(text, len);
}

struct slice go_base32_encode(struct arena *a, struct slice bytes)
{
    size_t len = (bytes.len + 4) / 5 * 8;
    char *text = arena_alloc(a, len + 1);
    char *to = text;
    for (size_t i = 0; i < bytes.len; i += 5) {
        uint64_t group = 0;
        for (size_t j = 0; j < 5; j++)
            group = group << 8 | byte_at(bytes, i + j);
        size_t left = bytes.len - i < 5 ? bytes.len - i : 5;
        size_t digits = (left * 8 + 4) / 5;
        for (size_t j = 0; j < 8; j++)
            *to++ = j < digits ? alphabet32[group >> (35 - 5 * j) & 31] : '=';
    }
    *to = '\0';
    return slice_of(text, len);
}

/* --- base64 decoding ------------------------------------------------------------------------------------------ */

static unsigned char digit64(char c)
{
    if (c >= 'A' && c <= 'Z')
        return (unsigned char)(c - 'A');
    if (c >= 'a' && c <= 'z')
        return (unsigned char)(c - 'a' + 26);
    if (c >= '0' && c <= '9')
        return (unsigned char)(c - '0' + 52);
    return c == '+' ? 62 : c == '/' ? 63 : NO_DIGIT;
}

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

static size_t skip_line_ends(struct slice text, size_t i)
{
    while (i < text.len && is_line_end(text.ptr[i]))
        i++;
    return i;
}

/* The padding after `count` digits, its first '=' at `i`: nothing may follow it. */
static bool check_padding64(struct slice text, size_t i, size_t count, size_t *at)
{
    *at = i;
    if (count < 2)
        return false;
    i++;
    if (count == 2) {
        i = skip_line_ends(text, i);
        *at = i == text.len ? i : i - 1;
        if (i == text.len || text.ptr[i] != '=')
            return false;
        i++;
    }
    *at = skip_line_ends(text, i);
    return *at == text.len;
}

/* One group from *pos on: up to four digits, how many in *count. */
static bool take_group64(struct slice text, size_t *pos, uint32_t *group, size_t *count, size_t *at)
{
    size_t i = *pos;
    *group = 0;
    *count = 0;
    while (*count < 4) {
        if (i == text.len) {
            *at = i - *count;
            *pos = i;
            return *count == 0;
        }
        unsigned char digit = digit64(text.ptr[i]);
        if (digit != NO_DIGIT) {
            *group |= (uint32_t)digit << (18 - 6 * *count);
            ++*count;
        } else if (text.ptr[i] == '=') {
            *pos = text.len;
            return check_padding64(text, i, *count, at);
        } else if (!is_line_end(text.ptr[i])) {
            *at = i;
            return false;
        }
        i++;
    }
    *pos = i;
    return true;
}

bool go_base64_decode(struct arena *a, struct slice text, struct slice *bytes, size_t *at)
{
    char *decoded = arena_alloc(a, text.len / 4 * 3 + 4);
    size_t len = 0;
    size_t pos = 0;
    while (pos < text.len) {
        uint32_t group;
        size_t count;
        if (!take_group64(text, &pos, &group, &count, at))
            return false;
        for (size_t i = 1; i < count; i++)
            decoded[len++] = (char)(group >> (24 - 8 * i) & 0xFF);
    }
    decoded[len] = '\0';
    *bytes = slice_of(decoded, len);
    return true;
}

/* --- base32 decoding ------------------------------------------------------------------------------------------ */

static unsigned char digit32(char c)
{
    if (c >= 'A' && c <= 'Z')
        return (unsigned char)(c - 'A');
    return c >= '2' && c <= '7' ? (unsigned char)(c - '2' + 26) : NO_DIGIT;
}

static struct slice without_line_ends(struct arena *a, struct slice text)
{
    char *kept = arena_text(a, text);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (!is_line_end(text.ptr[i]))
            kept[len++] = text.ptr[i];
    }
    return slice_of(kept, len);
}

/* The padding after `count` digits, its first '=' at `i`. Counts that leave bits over are no whole bytes. */
static bool check_padding32(struct slice text, size_t i, size_t count, size_t *at)
{
    size_t after = text.len - i - 1;
    *at = text.len;
    if (after + count < 7)
        return false;
    for (size_t k = 0; k < 7 - count; k++) {
        if (k < after && text.ptr[i + 1 + k] != '=') {
            *at = i + k;
            return false;
        }
    }
    *at = i;
    return count != 3 && count != 6;
}

static bool take_group32(struct slice text, size_t *pos, uint64_t *group, size_t *count, size_t *at)
{
    *group = 0;
    for (*count = 0; *count < 8; ++*count) {
        size_t i = *pos;
        *at = i == text.len ? i - *count : i;
        if (i == text.len)
            return false;
        if (text.ptr[i] == '=' && *count >= 2 && text.len - i - 1 < 8) {
            *pos = text.len;
            return check_padding32(text, i, *count, at);
        }
        unsigned char digit = digit32(text.ptr[i]);
        if (digit == NO_DIGIT)
            return false;
        *group |= (uint64_t)digit << (35 - 5 * *count);
        ++*pos;
    }
    return true;
}

bool go_base32_decode(struct arena *a, struct slice text, struct slice *bytes, size_t *at)
{
    text = without_line_ends(a, text);
    char *decoded = arena_alloc(a, text.len / 8 * 5 + 6);
    size_t len = 0;
    size_t pos = 0;
    while (pos < text.len) {
        uint64_t group;
        size_t count;
        if (!take_group32(text, &pos, &group, &count, at))
            return false;
        for (size_t i = 0; i < count * 5 / 8; i++)
            decoded[len++] = (char)(group >> (32 - 8 * i) & 0xFF);
    }
    decoded[len] = '\0';
    *bytes = slice_of(decoded, len);
    return true;
}
