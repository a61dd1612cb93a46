/*
 * rune_class.h - the sets of runes that a character class of a regular expression stands for
 *
 * A class is built by adding ranges, groups and properties, then sealed (sorted and joined) and asked. Groups such as
 * [:alpha:] and \d are ranges; properties (\pL) are asked rune by rune instead of being spelled out.
 */
#ifndef YARE_GOLANG_RUNE_CLASS_H
#define YARE_GOLANG_RUNE_CLASS_H

#include "golang/unicode_fold.h"

struct rune_range {
    uint32_t first;
    uint32_t last;
};

struct class_property {
    struct unicode_property property;
    bool negated;
    bool fold; /* also runes that differ by case only from one that has it */
};

struct rune_class {
    struct rune_range *ranges;
    size_t count;
    size_t capacity;
    struct class_property *properties;
    size_t property_count;
    bool negated;
    uint32_t ascii[4]; /* a bit for each ASCII rune, set by rune_class_seal */
};

/* Adds a range; `fold`: with all that differs from it by case only. */
void rune_class_add(struct arena *a, struct rune_class *class, uint32_t first, uint32_t last, bool fold);

/* Adds a group by the name of a POSIX class ("alpha") or an escape ("d"). False: there is none. */
bool rune_class_add_group(struct arena *a, struct rune_class *class, struct slice name, bool negated, bool fold);

void rune_class_add_property(struct arena *a, struct rune_class *class, const struct unicode_property *property,
                             bool negated, bool fold);

void rune_class_seal(struct rune_class *class);

/* Whether a rune beyond ASCII is in the class. */
bool rune_class_has_wide(const struct rune_class *class, uint32_t rune);

static inline bool rune_class_has(const struct rune_class *class, uint32_t rune)
{
    if (rune < 0x80)
        return class->ascii[rune >> 5] >> (rune & 31) & 1;
    return rune_class_has_wide(class, rune);
}

#endif
