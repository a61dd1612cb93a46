/*
 * schema_number.h - exact decimals, as JSON Schema compares them
 *
 * A number is a sign, its significant digits and a power of ten, so that 0.1 is a tenth and 1e300 takes one digit.
 * That is all that minimum, maximum, multipleOf, const and enum need: comparing, and whether one divides another.
 */
#ifndef YARE_CHART_SCHEMA_NUMBER_H
#define YARE_CHART_SCHEMA_NUMBER_H

#include "base/arena.h"

struct schema_number {
    bool negative;
    struct slice digits; /* no zero at either end; empty for zero */
    int64_t exponent;    /* the value is DIGITS * 10^exponent */
};

/* Reads a number written as JSON or Go write them. The digits share `text` where they stand there in one piece, else
   they are made in `a`. False where the exponent is beyond what the library of Helm takes (a million). */
bool schema_number_parse(struct arena *a, struct slice text, struct schema_number *out);

/* Less than, equal to or greater than zero. */
int schema_number_compare(const struct schema_number *a, const struct schema_number *b);

bool schema_number_is_integer(const struct schema_number *n);

/* The low 64 bits of the value, as Go's big.Int.Int64 gives them; the number must be an integer. */
int64_t schema_number_integer(const struct schema_number *n);

/* Whether `n` is an integral multiple of `unit`, which is not zero. A unit of more than a thousand digits has no
   multiples but zero. */
bool schema_number_is_multiple(const struct schema_number *n, const struct schema_number *unit);

/* The nearest double; infinite where it is too large. */
double schema_number_double(const struct schema_number *n);

#endif
