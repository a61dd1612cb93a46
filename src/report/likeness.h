/*
 * likeness.h - how much two values have in common
 *
 * A value is looked at as its leaves, each a scalar at a path; the place of an item in a list does not count.
 */
#ifndef YARE_REPORT_LIKENESS_H
#define YARE_REPORT_LIKENESS_H

#include "value/value.h"

/* Hashes of leaves, in order once leaves_sort has run. */
struct leaves {
    uint64_t *hashes;
    size_t count;
    size_t cap;
};

/* Adds the leaves of a value, which is at `path` (any number that stands for it). */
void leaves_add(struct arena *a, struct leaves *leaves, struct value v, uint64_t path);
void leaves_sort(struct leaves *leaves);

/* Percent of leaves that both have, of all that either has; both are sorted. Nothing is like nothing: 100. */
unsigned leaves_likeness(const struct leaves *a, const struct leaves *b);

#endif
