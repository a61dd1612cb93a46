/*
 * hunks.h - two texts compared line by line
 */
#ifndef YARE_REPORT_HUNKS_H
#define YARE_REPORT_HUNKS_H

#include "base/arena.h"

enum hunk_kind {
    HUNK_SAME,
    HUNK_REMOVED,
    HUNK_ADDED,
    HUNK_GAP /* lines that are the same were left out */
};

struct hunk_line {
    enum hunk_kind kind;
    struct slice text;  /* without its line end */
    uint32_t left;      /* 1-based number of the line, 0 where that side does not have it */
    uint32_t right;
};

struct hunks {
    struct hunk_line *items;
    size_t count;
    size_t cap;
};

/* Lines of both texts in `a`, those removed before those added; of equal ones only `context` around each change. */
void hunks_make(struct arena *a, struct slice left, struct slice right, size_t context, struct hunks *out);

#endif
