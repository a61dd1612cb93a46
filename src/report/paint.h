/*
 * paint.h - colours of the terminal
 */
#ifndef YARE_REPORT_PAINT_H
#define YARE_REPORT_PAINT_H

#include "base/buffer.h"

enum paint {
    PAINT_PLAIN,
    PAINT_HEAD,    /* names of objects */
    PAINT_ADDED,
    PAINT_REMOVED,
    PAINT_CHANGED,
    PAINT_PLACE,   /* causes and other remarks */
    PAINT_COUNT
};

/* Appends the text in that colour, or bare where there are none. Control characters that come from manifests are shown,
   not sent to the terminal. */
void paint_text(struct buffer *out, bool colour, enum paint paint, struct slice text);

#endif
