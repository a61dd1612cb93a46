/*
 * compare.h - reflect.DeepEqual over values
 */
#ifndef YARE_VALUE_COMPARE_H
#define YARE_VALUE_COMPARE_H

#include "value/value.h"

/* Equal with exact Go types: int 1 and float64 1 differ, a nil and an empty list differ, NaN differs from itself. */
bool value_deep_equal(struct value a, struct value b);

#endif
