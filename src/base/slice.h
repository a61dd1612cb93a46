/*
 * slice.h - a pointer and a length
 *
 * Strings in yare are slices: into a source text, an arena or a constant. A slice owns nothing and need not end in
 * NUL; whoever made the bytes keeps them alive longer than the slice. The empty slice may have a null pointer.
 */
#ifndef YARE_BASE_SLICE_H
#define YARE_BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct slice {
    const char *ptr;
    size_t len;
};

/* A slice over a string literal, usable in static tables. */
#define SLICE_INIT(literal) {(literal), sizeof(literal) - 1}
#define SLICE(literal) ((struct slice)SLICE_INIT(literal))

/* For printf("%.*s", SLICE_ARG(s)). */
#define SLICE_ARG(s) (int)(s).len, (s).ptr

/* The slice over `len` bytes at `ptr`. */
static inline struct slice slice_of(const char *ptr, size_t len)
{
    struct slice s = {ptr, len};
    return s;
}

/* The slice over a NUL-terminated text; null gives the empty slice. */
static inline struct slice slice_text(const char *text)
{
    return slice_of(text, text ? strlen(text) : 0);
}

/* Most texts that differ do so in length or first byte: neither asks for a call. */
static inline bool slice_equal(struct slice a, struct slice b)
{
    return a.len == b.len && (a.len == 0 || (a.ptr[0] == b.ptr[0] && memcmp(a.ptr, b.ptr, a.len) == 0));
}

static inline bool slice_is(struct slice a, const char *text)
{
    if (a.len == 0 || a.ptr[0] != text[0])
        return a.len == 0 && text[0] == '\0';
    return a.len == strlen(text) && memcmp(a.ptr, text, a.len) == 0;
}

/* Bytewise order, a prefix before what it begins: less than, equal to or greater than zero. */
static inline int slice_compare(struct slice a, struct slice b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int order = n ? (unsigned char)a.ptr[0] - (unsigned char)b.ptr[0] : 0;
    if (n > 1 && order == 0)
        order = memcmp(a.ptr, b.ptr, n);
    if (order)
        return order;
    return a.len < b.len ? -1 : a.len > b.len;
}

static inline bool slice_starts(struct slice s, struct slice prefix)
{
    return s.len >= prefix.len && (prefix.len == 0 || memcmp(s.ptr, prefix.ptr, prefix.len) == 0);
}

static inline bool slice_ends(struct slice s, struct slice suffix)
{
    return s.len >= suffix.len &&
           (suffix.len == 0 || memcmp(s.ptr + s.len - suffix.len, suffix.ptr, suffix.len) == 0);
}

/* The part from `from` up to, not including, `to`; both must lie in the slice. */
static inline struct slice slice_part(struct slice s, size_t from, size_t to)
{
    return slice_of(s.len ? s.ptr + from : s.ptr, to - from);
}

/* The rest after `n` bytes; `n` must not exceed the length. */
static inline struct slice slice_after(struct slice s, size_t n)
{
    return slice_part(s, n, s.len);
}

/* Offset of the first `c`, or the length where there is none. */
static inline size_t slice_find_char(struct slice s, char c)
{
    const char *hit = s.len ? memchr(s.ptr, c, s.len) : NULL;
    return hit ? (size_t)(hit - s.ptr) : s.len;
}

/* Offset of the first `part`, or the length where there is none. An empty part is found at 0. */
size_t slice_find(struct slice s, struct slice part);

/* Offset of the last `c`, or the length where there is none. */
size_t slice_find_last_char(struct slice s, char c);

/* How often `c` stands in it. */
size_t slice_count_char(struct slice s, char c);

/* Without leading and trailing ASCII blanks (space, tab, CR, LF, VT, FF). */
struct slice slice_trim(struct slice s);

/* Cuts the text up to the next `separator` from the front of *rest; false when *rest was already used up (its pointer
   is then null). An empty text gives one empty piece. */
bool slice_next_piece(struct slice *rest, char separator, struct slice *piece);

#endif
