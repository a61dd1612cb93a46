/*
 * unicode_fold.h - case folding and the named classes of \p{…}
 */
#ifndef YARE_GOLANG_UNICODE_FOLD_H
#define YARE_GOLANG_UNICODE_FOLD_H

#include "base/arena.h"

/* unicode.SimpleFold: the next rune of those that differ from it by case only, the smallest after the largest; the
   rune itself where it is alone. */
uint32_t go_simple_fold(uint32_t rune);

enum unicode_property_kind {
    PROPERTY_ANY,
    PROPERTY_ASCII,
    PROPERTY_ASSIGNED,
    PROPERTY_CASED_LETTER,
    PROPERTY_CATEGORY,
    PROPERTY_SCRIPT
};

struct unicode_property {
    enum unicode_property_kind kind;
    char category[3];       /* "L" or "Lu" */
    const uint32_t *ranges; /* of a script: pairs of first and last */
    size_t range_count;
};

/* Finds a class by the names Go takes: categories, their long names, scripts of one word. False: unknown. The ranges
   of a script are made in the arena. */
bool unicode_property_find(struct arena *a, struct slice name, struct unicode_property *out);

bool unicode_property_has(const struct unicode_property *property, uint32_t rune);

#endif
