/*
 * complex.h - complex128, which only a template's literal can be
 */
#ifndef YARE_VALUE_COMPLEX_H
#define YARE_VALUE_COMPLEX_H

#include "value/value.h"

/* A complex constant, as an object of Go type complex128 in the arena. */
struct value value_complex(struct arena *a, double real, double imaginary);

/* Its parts; false where the value is no complex constant. */
bool value_complex_parts(struct value v, double *real, double *imaginary);

#endif
