/*
 * dotenv.c - files of KEY=value lines, as kustomize reads them
 */
#include "codec/dotenv.h"

#include "base/buffer.h"
#include "golang/unicode.h"

enum {
    LONGEST_LINE = 65535 /* bytes; the buffer of Go's scanner holds one more */
};

/* kustomize prints the bytes as numbers where it means to print the line's. */
static struct slice bad_utf8_text(struct arena *a, struct slice line)
{
    struct buffer text = BUFFER_INIT;
    buffer_add_text(&text, "line [");
    for (size_t i = 0; i < line.len; i++)
        buffer_printf(&text, "%s%u", i ? " " : "", (unsigned)(unsigned char)line.ptr[i]);
    buffer_add_text(&text, "] has invalid utf8 bytes : ");
    buffer_add(&text, line);
    return buffer_move(&text, a);
}

static struct slice without_leading_space(struct slice line)
{
    while (line.len) {
        size_t size;
        if (!go_is_space(go_decode_rune(line, &size)))
            break;
        line = slice_after(line, size);
    }
    return line;
}

/* False: the line has no pair. */
static bool read_line(struct slice line, struct dotenv_pair *pair)
{
    line = without_leading_space(line);
    if (line.len == 0 || line.ptr[0] == '#')
        return false;
    size_t at = slice_find_char(line, '=');
    pair->key = slice_part(line, 0, at);
    pair->value = at < line.len ? slice_after(line, at + 1) : slice_of("", 0);
    return pair->key.len > 0;
}

static void add_pair(struct arena *a, struct dotenv_pair **pairs, size_t *count, size_t *cap, struct dotenv_pair pair)
{
    *pairs = arena_room(a, *pairs, *count, &*cap, sizeof **pairs);
    (*pairs)[(*count)++] = pair;
}

bool dotenv_read(struct arena *a, struct slice text, struct dotenv_pair **pairs, size_t *count, struct slice *error)
{
    size_t cap = 0;
    bool first = true;
    *pairs = NULL;
    *count = 0;
    while (text.len) {
        size_t end = slice_find_char(text, '\n');
        struct slice line = slice_part(text, 0, end);
        if (line.len > LONGEST_LINE)
            break;
        text = slice_after(text, end < text.len ? end + 1 : end);
        if (line.len && line.ptr[line.len - 1] == '\r')
            line.len--;
        if (!go_valid_utf8(line)) {
            *error = bad_utf8_text(a, line);
            return false;
        }
        if (first && slice_starts(line, SLICE("\xEF\xBB\xBF")))
            line = slice_after(line, 3);
        first = false;
        struct dotenv_pair pair;
        if (read_line(line, &pair))
            add_pair(a, pairs, count, &cap, pair);
    }
    return true;
}
