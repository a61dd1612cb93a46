/*
 * common.h - changes that many objects have in common
 *
 * A label of all objects that differs would bury all else. Where at least COMMON_LEAST objects of an environment have the
 * same change of the same field for the same causes, it gets a number: writers show it once, and the number with each of
 * the objects.
 */
#ifndef YARE_REPORT_COMMON_H
#define YARE_REPORT_COMMON_H

#include "report/diff.h"

enum {
    COMMON_LEAST = 8
};

/* Numbers common changes, from 1, in the order of the diff; all environments together. */
void diff_find_common(struct diff *diff);

#endif
