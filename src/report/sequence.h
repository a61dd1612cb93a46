/*
 * sequence.h - what two sequences have in common, in order
 *
 * Items are small numbers, equal for equal things (sequence_symbol gives lines their numbers). Common ends are cut off;
 * items that stand once on each side are anchors, the longest run of them in order is kept and splits the rest
 * (patience); between anchors the shortest edit script is sought (Myers), up to a bound. Time is linear in size but for
 * a logarithm, whatever the input: what exceeds the bound counts as replaced.
 */
#ifndef YARE_REPORT_SEQUENCE_H
#define YARE_REPORT_SEQUENCE_H

#include "base/arena.h"

#define SEQUENCE_NONE UINT32_MAX

struct sequence {
    const uint32_t *items;
    size_t count;
};

/* Gives texts their numbers: the same for equal texts, from 0. */
struct symbols {
    struct arena *arena;
    struct slice *texts;
    uint32_t count;
    uint32_t *slots; /* open addressing: 1 + number; 0 is free */
    size_t slot_count;
    size_t cap;
};

void symbols_init(struct symbols *s, struct arena *a);
uint32_t symbols_add(struct symbols *s, struct slice text);

/* Pairs equal items: partner[i] is the index in `right` of what left's item i is paired with, or SEQUENCE_NONE; indexes
   rise. All items are less than `symbols`. */
void sequence_align(struct sequence left, struct sequence right, uint32_t symbols, uint32_t *partner);

/* Marks in `kept` a longest rising run of `values` (all different); kept and values have `count` items. */
void sequence_longest_rising(struct arena *a, const uint32_t *values, size_t count, bool *kept);

#endif
