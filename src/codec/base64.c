/*
 * base64.c - standard base64
 *
 * The decoder takes groups of four digits; a group may be broken by line endings. What Go calls the faulty byte is the
 * one that stopped it, or the end of the text where digits are missing.
 */
#include "codec/base64.h"

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void base64_encode(struct buffer *out, struct slice bytes)
{
    buffer_reserve(out, (bytes.len + 2) / 3 * 4);
    for (size_t i = 0; i < bytes.len; i += 3) {
        size_t have = bytes.len - i < 3 ? bytes.len - i : 3;
        uint32_t bits = (uint32_t)(uint8_t)bytes.ptr[i] << 16;
        if (have > 1)
            bits |= (uint32_t)(uint8_t)bytes.ptr[i + 1] << 8;
        if (have > 2)
            bits |= (uint8_t)bytes.ptr[i + 2];
        char group[4] = {digits[bits >> 18], digits[bits >> 12 & 63], have > 1 ? digits[bits >> 6 & 63] : '=',
                         have > 2 ? digits[bits & 63] : '='};
        buffer_add(out, slice_of(group, 4));
    }
}

static int digit_value(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

static void skip_line_ends(struct slice text, size_t *pos)
{
    while (*pos < text.len && (text.ptr[*pos] == '\n' || text.ptr[*pos] == '\r'))
        ++*pos;
}

/* After `count` digits of a group stands a '='; checks the padding and that nothing follows. */
static bool read_padding(struct slice text, size_t count, size_t *pos)
{
    if (count < 2)
        return false;
    size_t first = *pos;
    ++*pos;
    if (count == 2) {
        skip_line_ends(text, pos);
        if (*pos == text.len)
            return false;
        if (text.ptr[*pos] != '=')
            return false;
        ++*pos;
    }
    skip_line_ends(text, pos);
    if (*pos < text.len)
        return false;
    *pos = first;
    return true;
}

bool base64_decode(struct buffer *out, struct slice text, size_t *at)
{
    size_t before = out->len;
    size_t pos = 0;
    uint32_t bits = 0;
    size_t count = 0;
    for (;;) {
        skip_line_ends(text, &pos);
        if (pos == text.len || text.ptr[pos] == '=')
            break;
        int value = digit_value(text.ptr[pos]);
        if (value < 0)
            goto fault;
        pos++;
        bits = bits << 6 | (uint32_t)value;
        if (++count == 4) {
            char bytes[3] = {(char)(bits >> 16), (char)(bits >> 8), (char)bits};
            buffer_add(out, slice_of(bytes, 3));
            bits = 0;
            count = 0;
        }
    }
    if (pos == text.len) {
        if (count == 0)
            return true;
        pos -= count;
        goto fault;
    }
    if (!read_padding(text, count, &pos))
        goto fault;
    buffer_add_char(out, (char)(count == 2 ? bits >> 4 : bits >> 10));
    if (count == 3)
        buffer_add_char(out, (char)(bits >> 2));
    return true;
fault:
    out->len = before;
    *at = pos;
    return false;
}
