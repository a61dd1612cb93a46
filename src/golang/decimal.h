/*
 * decimal.h - decimal arithmetic as shopspring/decimal does it
 *
 * A decimal is a whole number of any size times a power of ten, so sums and products are exact; a quotient is rounded
 * to 16 places after the point. One that was made must be released.
 */
#ifndef YARE_GOLANG_DECIMAL_H
#define YARE_GOLANG_DECIMAL_H

#include <stdbool.h>

struct bignum_st;

struct decimal {
    struct bignum_st *number;
    int exponent;
};

/* The decimal with the shortest digits that read back as f; f must be finite. */
void decimal_init(struct decimal *d, double f);

void decimal_release(struct decimal *d);

/* The nearest float64; infinite for what is too large. */
double decimal_float(const struct decimal *d);

bool decimal_is_zero(const struct decimal *d);

/* d = d + o, d - o, d * o, d / o. The divisor must not be zero. */
void decimal_add(struct decimal *d, const struct decimal *o);
void decimal_subtract(struct decimal *d, const struct decimal *o);
void decimal_multiply(struct decimal *d, const struct decimal *o);
void decimal_divide(struct decimal *d, const struct decimal *o);

#endif
