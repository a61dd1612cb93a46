/*
 * paint.c - colours of the terminal
 */
#include "report/paint.h"

static const char *const codes[] = {
    [PAINT_PLAIN] = "",
    [PAINT_HEAD] = "\033[1m",
    [PAINT_ADDED] = "\033[32m",
    [PAINT_REMOVED] = "\033[31m",
    [PAINT_CHANGED] = "\033[33m",
    [PAINT_PLACE] = "\033[2m",
};

_Static_assert(sizeof codes / sizeof codes[0] == PAINT_COUNT, "a code for each paint");

/* An escape sequence in a value must not reach the terminal. */
static void add_shown(struct buffer *out, struct slice text)
{
    size_t start = 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if ((c >= 0x20 && c != 0x7F) || c == '\t' || c == '\n')
            continue;
        buffer_add(out, slice_part(text, start, i));
        buffer_printf(out, "\\x%02x", c);
        start = i + 1;
    }
    buffer_add(out, slice_after(text, start));
}

void paint_text(struct buffer *out, bool colour, enum paint paint, struct slice text)
{
    bool coloured = colour && paint != PAINT_PLAIN;
    if (coloured)
        buffer_add_text(out, codes[paint]);
    add_shown(out, text);
    if (coloured)
        buffer_add_text(out, "\033[0m");
}
