/*
 * pem.c - PEM blocks
 *
 * Lenient as encoding/pem is: text before the block is skipped, headers are read over, a block that does not end or
 * does not decode is passed by in favour of the next.
 */
#include "base/buffer.h"
#include "golang/base64.h"
#include "golang/private_key.h"

static const struct slice begin_mark = SLICE_INIT("-----BEGIN ");
static const struct slice end_mark = SLICE_INIT("-----END ");
static const struct slice dashes = SLICE_INIT("-----");

struct slice pem_encode(struct arena *a, const char *type, struct slice der)
{
    struct buffer b = BUFFER_INIT;
    struct slice text = go_base64_encode(a, der);
    buffer_printf(&b, "-----BEGIN %s-----\n", type);
    while (text.len > 0) {
        size_t n = text.len < 64 ? text.len : 64;
        buffer_add(&b, slice_part(text, 0, n));
        buffer_add_char(&b, '\n');
        text = slice_after(text, n);
    }
    buffer_printf(&b, "-----END %s-----\n", type);
    return buffer_move(&b, a);
}

/* Cuts a line from the front; without its line end and blanks behind. */
static struct slice next_line(struct slice *rest)
{
    size_t end = slice_find_char(*rest, '\n');
    struct slice line = slice_part(*rest, 0, end);
    *rest = slice_after(*rest, end < rest->len ? end + 1 : end);
    while (line.len > 0 && strchr(" \t\r", line.ptr[line.len - 1]) && line.ptr[line.len - 1])
        line.len--;
    return line;
}

/* The base64 text between blanks and line ends. */
static struct slice without_blanks(struct arena *a, struct slice s)
{
    char *text = arena_alloc(a, s.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] != ' ' && s.ptr[i] != '\t' && s.ptr[i] != '\n' && s.ptr[i] != '\r')
            text[len++] = s.ptr[i];
    return slice_of(text, len);
}

/* What stands between "-----BEGIN type-----" and "-----END type-----", the rest then behind it. */
static bool read_block(struct slice *rest, struct slice *type, struct slice *body)
{
    struct slice line = next_line(rest);
    if (!slice_starts(line, begin_mark) || !slice_ends(line, dashes) || line.len < begin_mark.len + dashes.len)
        return false;
    *type = slice_part(line, begin_mark.len, line.len - dashes.len);
    const char *start = rest->ptr;
    while (rest->len > 0) {
        const char *at = rest->ptr;
        line = next_line(rest);
        if (slice_starts(line, end_mark)) {
            struct slice end_type = slice_after(line, end_mark.len);
            *body = slice_of(start, (size_t)(at - start));
            return slice_ends(end_type, dashes) &&
                   slice_equal(slice_part(end_type, 0, end_type.len - dashes.len), *type);
        }
        if (slice_find_char(line, ':') < line.len)
            start = rest->ptr;
    }
    return false;
}

bool pem_decode(struct arena *a, struct slice text, struct slice *type, struct slice *der)
{
    struct slice rest = text;
    while (rest.len > 0) {
        size_t at = slice_find(rest, begin_mark);
        if (at == rest.len)
            return false;
        bool at_line_start = at == 0 ? rest.ptr == text.ptr || rest.ptr[-1] == '\n' : rest.ptr[at - 1] == '\n';
        rest = slice_after(rest, at);
        struct slice block = rest;
        struct slice body;
        size_t bad;
        if (at_line_start && read_block(&block, type, &body) &&
            go_base64_decode(a, without_blanks(a, body), der, &bad))
            return true;
        rest = slice_after(rest, begin_mark.len);
    }
    return false;
}
