/*
 * time_layout.h - the elements of a layout such as "2006-01-02 15:04:05"
 *
 * Formatting and parsing both walk a layout by these elements.
 */
#ifndef YARE_GOLANG_TIME_LAYOUT_H
#define YARE_GOLANG_TIME_LAYOUT_H

#include "base/slice.h"

enum layout_kind {
    LAYOUT_END,
    LAYOUT_LONG_MONTH,     /* January */
    LAYOUT_MONTH,          /* Jan */
    LAYOUT_NUM_MONTH,      /* 1 */
    LAYOUT_ZERO_MONTH,     /* 01 */
    LAYOUT_LONG_WEEKDAY,   /* Monday */
    LAYOUT_WEEKDAY,        /* Mon */
    LAYOUT_DAY,            /* 2 */
    LAYOUT_UNDER_DAY,      /* _2 */
    LAYOUT_ZERO_DAY,       /* 02 */
    LAYOUT_UNDER_YEAR_DAY, /* __2 */
    LAYOUT_ZERO_YEAR_DAY,  /* 002 */
    LAYOUT_HOUR,           /* 15 */
    LAYOUT_HOUR12,         /* 3 */
    LAYOUT_ZERO_HOUR12,    /* 03 */
    LAYOUT_MINUTE,         /* 4 */
    LAYOUT_ZERO_MINUTE,    /* 04 */
    LAYOUT_SECOND,         /* 5 */
    LAYOUT_ZERO_SECOND,    /* 05 */
    LAYOUT_LONG_YEAR,      /* 2006 */
    LAYOUT_YEAR,           /* 06 */
    LAYOUT_PM,             /* PM */
    LAYOUT_LOWER_PM,       /* pm */
    LAYOUT_ZONE_NAME,      /* MST */
    LAYOUT_OFFSET,         /* -07, Z07:00 and their like */
    LAYOUT_FRACTION_0,     /* .000 */
    LAYOUT_FRACTION_9      /* .999 */
};

struct layout_element {
    enum layout_kind kind;
    struct slice prefix; /* the literal text before it */
    struct slice text;   /* the element itself, as written in the layout */
    bool z_for_utc;      /* of an offset: begins with Z */
    bool has_colons;
    bool has_minutes;
    bool has_seconds;
    size_t digits;       /* of a fraction */
};

/* Takes the next element, with the literal text before it, from the front of *layout. */
struct layout_element layout_next(struct slice *layout);

#endif
