/*
 * buffer.c - growing text
 */
#include "base/buffer.h"

#include "base/memory.h"

#include <stdio.h>

void buffer_release(struct buffer *b)
{
    memory_free(b->ptr);
    memset(b, 0, sizeof *b);
}

void buffer_reserve(struct buffer *b, size_t more)
{
    if (more <= b->cap - b->len)
        return;
    size_t cap = b->cap ? b->cap * 2 : 256;
    if (cap < b->len + more)
        cap = b->len + more;
    b->ptr = memory_resize(b->ptr, cap);
    b->cap = cap;
}

void buffer_add_repeated(struct buffer *b, char c, size_t count)
{
    buffer_reserve(b, count);
    if (count)
        memset(b->ptr + b->len, c, count);
    b->len += count;
}

void buffer_add_rune(struct buffer *b, uint32_t rune)
{
    if (rune > 0x10FFFF || (rune >= 0xD800 && rune <= 0xDFFF))
        rune = 0xFFFD;
    char text[4];
    size_t len;
    if (rune < 0x80) {
        text[0] = (char)rune;
        len = 1;
    } else if (rune < 0x800) {
        text[0] = (char)(0xC0 | rune >> 6);
        text[1] = (char)(0x80 | (rune & 0x3F));
        len = 2;
    } else if (rune < 0x10000) {
        text[0] = (char)(0xE0 | rune >> 12);
        text[1] = (char)(0x80 | (rune >> 6 & 0x3F));
        text[2] = (char)(0x80 | (rune & 0x3F));
        len = 3;
    } else {
        text[0] = (char)(0xF0 | rune >> 18);
        text[1] = (char)(0x80 | (rune >> 12 & 0x3F));
        text[2] = (char)(0x80 | (rune >> 6 & 0x3F));
        text[3] = (char)(0x80 | (rune & 0x3F));
        len = 4;
    }
    buffer_add(b, slice_of(text, len));
}

void buffer_vprintf(struct buffer *b, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    if (len > 0) {
        buffer_reserve(b, (size_t)len + 1);
        vsnprintf(b->ptr + b->len, (size_t)len + 1, format, again);
        b->len += (size_t)len;
    }
    va_end(again);
}

void buffer_printf(struct buffer *b, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    buffer_vprintf(b, format, args);
    va_end(args);
}

void buffer_insert(struct buffer *b, size_t at, struct slice s)
{
    if (s.len == 0)
        return;
    buffer_reserve(b, s.len);
    memmove(b->ptr + at + s.len, b->ptr + at, b->len - at);
    memcpy(b->ptr + at, s.ptr, s.len);
    b->len += s.len;
}

struct slice buffer_move(struct buffer *b, struct arena *a)
{
    struct slice text = arena_slice(a, buffer_slice(b));
    buffer_release(b);
    return text;
}
