/*
 * html_text.h - text within HTML
 */
#ifndef YARE_REPORT_HTML_TEXT_H
#define YARE_REPORT_HTML_TEXT_H

#include "base/buffer.h"

/* Appends the text with HTML's own characters written as entities. */
static inline void html_text(struct buffer *out, struct slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        switch (text.ptr[i]) {
        case '<':
            buffer_add_text(out, "&lt;");
            break;
        case '>':
            buffer_add_text(out, "&gt;");
            break;
        case '&':
            buffer_add_text(out, "&amp;");
            break;
        default:
            buffer_add_char(out, text.ptr[i]);
        }
    }
}

#endif
