/*
 * slice.c - searching and trimming slices
 */
#include "base/slice.h"

/* Short parts are found by their first byte: memchr looks at 32 bytes at a time, memmem at one. */
size_t slice_find(struct slice s, struct slice part)
{
    if (part.len == 0)
        return 0;
    if (part.len > s.len)
        return s.len;
    const char *at = s.ptr;
    const char *last = s.ptr + s.len - part.len; /* where it may begin at the latest */
    while (at <= last) {
        at = memchr(at, part.ptr[0], (size_t)(last - at) + 1);
        if (!at)
            return s.len;
        if (memcmp(at, part.ptr, part.len) == 0)
            return (size_t)(at - s.ptr);
        at++;
    }
    return s.len;
}

size_t slice_find_last_char(struct slice s, char c)
{
    const char *hit = s.len ? memrchr(s.ptr, c, s.len) : NULL;
    return hit ? (size_t)(hit - s.ptr) : s.len;
}

size_t slice_count_char(struct slice s, char c)
{
    size_t count = 0;
    for (const char *at = s.ptr; s.len && (at = memchr(at, c, (size_t)(s.ptr + s.len - at))); at++)
        count++;
    return count;
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct slice slice_trim(struct slice s)
{
    while (s.len && is_blank(s.ptr[0]))
        s = slice_after(s, 1);
    while (s.len && is_blank(s.ptr[s.len - 1]))
        s.len--;
    return s;
}

bool slice_next_piece(struct slice *rest, char separator, struct slice *piece)
{
    if (!rest->ptr)
        return false;
    size_t at = slice_find_char(*rest, separator);
    *piece = slice_part(*rest, 0, at);
    *rest = at < rest->len ? slice_after(*rest, at + 1) : slice_of(NULL, 0);
    return true;
}
