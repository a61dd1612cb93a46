/*
 * buffer.h - growing text
 *
 * A buffer owns its bytes until buffer_release or until buffer_move hands them to an arena. The text is not
 * NUL-terminated. A buffer of all zeros is empty and ready.
 */
#ifndef YARE_BASE_BUFFER_H
#define YARE_BASE_BUFFER_H

#include "base/arena.h"

#include <stdarg.h>

struct buffer {
    char *ptr;
    size_t len;
    size_t cap;
};

#define BUFFER_INIT {NULL, 0, 0}

void buffer_release(struct buffer *b);

/* Empties it and keeps the memory. */
static inline void buffer_clear(struct buffer *b)
{
    b->len = 0;
}

/* Makes room for `more` bytes after the text. */
void buffer_reserve(struct buffer *b, size_t more);

static inline struct slice buffer_slice(const struct buffer *b)
{
    return slice_of(b->ptr, b->len);
}

static inline void buffer_add(struct buffer *b, struct slice s)
{
    if (s.len == 0)
        return;
    if (s.len > b->cap - b->len)
        buffer_reserve(b, s.len);
    memcpy(b->ptr + b->len, s.ptr, s.len);
    b->len += s.len;
}

static inline void buffer_add_char(struct buffer *b, char c)
{
    if (b->len == b->cap)
        buffer_reserve(b, 1);
    b->ptr[b->len++] = c;
}

static inline void buffer_add_text(struct buffer *b, const char *text)
{
    buffer_add(b, slice_text(text));
}

/* `count` times the same byte. */
void buffer_add_repeated(struct buffer *b, char c, size_t count);

/* The code point as UTF-8; one that has none (surrogate, too large) as U+FFFD. */
void buffer_add_rune(struct buffer *b, uint32_t rune);

void buffer_printf(struct buffer *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buffer_vprintf(struct buffer *b, const char *format, va_list args) __attribute__((format(printf, 2, 0)));

/* Puts `s` before the byte at offset `at`. */
void buffer_insert(struct buffer *b, size_t at, struct slice s);

/* Copies the text into the arena, followed by NUL, and releases the buffer. */
struct slice buffer_move(struct buffer *b, struct arena *a);

#endif
