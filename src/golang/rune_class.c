/*
 * rune_class.c - sets of runes
 *
 * Ranges are kept as they come and sorted once, by rune_class_seal. A group that is negated, or folded and negated,
 * is built in a class of its own first. All memory is the arena's.
 */
#include "golang/rune_class.h"

#include <stdlib.h>

enum {
    MAX_RUNE = 0x10FFFF,
    FIRST_FOLDING = 0x41,
    LAST_FOLDING = 0x1E943
};

static void add_range(struct arena *a, struct rune_class *class, uint32_t first, uint32_t last)
{
    if (class->count == class->capacity) {
        size_t old = class->capacity * sizeof *class->ranges;
        class->capacity = class->capacity ? class->capacity * 2 : 4;
        class->ranges = arena_resize(a, class->ranges, old, class->capacity * sizeof *class->ranges);
    }
    class->ranges[class->count++] = (struct rune_range){first, last};
}

/* The counterparts of each rune in the range; joins neighbours, so that alphabets stay short. */
static void add_counterparts(struct arena *a, struct rune_class *class, uint32_t first, uint32_t last)
{
    for (uint32_t rune = first; rune <= last; rune++) {
        for (uint32_t other = go_simple_fold(rune); other != rune; other = go_simple_fold(other)) {
            struct rune_range *newest = &class->ranges[class->count - 1];
            if (newest->first <= other && other <= newest->last)
                continue;
            if (other == newest->last + 1)
                newest->last = other;
            else
                add_range(a, class, other, other);
        }
    }
}

void rune_class_add(struct arena *a, struct rune_class *class, uint32_t first, uint32_t last, bool fold)
{
    add_range(a, class, first, last);
    if (!fold || last < FIRST_FOLDING || first > LAST_FOLDING)
        return;
    if (first <= FIRST_FOLDING && last >= LAST_FOLDING)
        return; /* all counterparts are in it */
    add_counterparts(a, class, first < FIRST_FOLDING ? FIRST_FOLDING : first,
                     last > LAST_FOLDING ? LAST_FOLDING : last);
}

/* --- groups -------------------------------------------------------------------------------------------------- */

struct rune_group {
    const char *name;
    struct rune_range ranges[4];
    size_t count;
};

static const struct rune_group groups[] = {
    {"d", {{'0', '9'}}, 1},
    {"s", {{'\t', '\n'}, {'\f', '\r'}, {' ', ' '}}, 3},
    {"w", {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}}, 4},
    {"alnum", {{'0', '9'}, {'A', 'Z'}, {'a', 'z'}}, 3},
    {"alpha", {{'A', 'Z'}, {'a', 'z'}}, 2},
    {"ascii", {{0, 0x7f}}, 1},
    {"blank", {{'\t', '\t'}, {' ', ' '}}, 2},
    {"cntrl", {{0, 0x1f}, {0x7f, 0x7f}}, 2},
    {"digit", {{'0', '9'}}, 1},
    {"graph", {{'!', '~'}}, 1},
    {"lower", {{'a', 'z'}}, 1},
    {"print", {{' ', '~'}}, 1},
    {"punct", {{'!', '/'}, {':', '@'}, {'[', '`'}, {'{', '~'}}, 4},
    {"space", {{'\t', '\r'}, {' ', ' '}}, 2},
    {"upper", {{'A', 'Z'}}, 1},
    {"word", {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}}, 4},
    {"xdigit", {{'0', '9'}, {'A', 'F'}, {'a', 'f'}}, 3},
};

static int compare_ranges(const void *a, const void *b)
{
    const struct rune_range *x = a;
    const struct rune_range *y = b;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return x->last < y->last ? 1 : x->last > y->last ? -1 : 0;
}

/* Sorts the ranges and joins those that touch. */
static void clean(struct rune_class *class)
{
    if (class->count < 2)
        return;
    qsort(class->ranges, class->count, sizeof *class->ranges, compare_ranges);
    size_t kept = 0;
    for (size_t i = 1; i < class->count; i++) {
        struct rune_range *last = &class->ranges[kept];
        if (class->ranges[i].first > last->last + 1)
            class->ranges[++kept] = class->ranges[i];
        else if (class->ranges[i].last > last->last)
            last->last = class->ranges[i].last;
    }
    class->count = kept + 1;
}

/* Adds what is not in a class, whose ranges are clean. */
static void add_complement(struct arena *a, struct rune_class *class, const struct rune_class *other)
{
    uint32_t next = 0;
    for (size_t i = 0; i < other->count; i++) {
        if (other->ranges[i].first > next)
            add_range(a, class, next, other->ranges[i].first - 1);
        next = other->ranges[i].last + 1;
    }
    if (next <= MAX_RUNE)
        add_range(a, class, next, MAX_RUNE);
}

static const struct rune_group *find_group(struct slice name)
{
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++)
        if (slice_is(name, groups[i].name))
            return &groups[i];
    return NULL;
}

bool rune_class_add_group(struct arena *a, struct rune_class *class, struct slice name, bool negated, bool fold)
{
    const struct rune_group *group = find_group(name);
    if (!group)
        return false;
    struct rune_class plain = {.count = 0};
    struct rune_class *target = negated ? &plain : class;
    for (size_t i = 0; i < group->count; i++)
        rune_class_add(a, target, group->ranges[i].first, group->ranges[i].last, fold);
    if (negated) {
        clean(&plain);
        add_complement(a, class, &plain);
    }
    return true;
}

void rune_class_add_property(struct arena *a, struct rune_class *class, const struct unicode_property *property,
                             bool negated, bool fold)
{
    size_t old = class->property_count * sizeof *class->properties;
    class->properties = arena_resize(a, class->properties, old, old + sizeof *class->properties);
    class->properties[class->property_count++] = (struct class_property){*property, negated, fold};
}

/* --- asking -------------------------------------------------------------------------------------------------- */

static bool in_ranges(const struct rune_class *class, uint32_t rune)
{
    size_t low = 0, high = class->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (rune > class->ranges[middle].last)
            low = middle + 1;
        else if (rune < class->ranges[middle].first)
            high = middle;
        else
            return true;
    }
    return false;
}

static bool has_property(const struct class_property *p, uint32_t rune)
{
    bool has = unicode_property_has(&p->property, rune);
    if (p->fold)
        for (uint32_t other = go_simple_fold(rune); !has && other != rune; other = go_simple_fold(other))
            has = unicode_property_has(&p->property, other);
    return has != p->negated;
}

bool rune_class_has_wide(const struct rune_class *class, uint32_t rune)
{
    bool has = in_ranges(class, rune);
    for (size_t i = 0; !has && i < class->property_count; i++)
        has = has_property(&class->properties[i], rune);
    return has != class->negated;
}

void rune_class_seal(struct rune_class *class)
{
    clean(class);
    for (uint32_t rune = 0; rune < 0x80; rune++)
        if (rune_class_has_wide(class, rune))
            class->ascii[rune >> 5] |= (uint32_t)1 << (rune & 31);
}
