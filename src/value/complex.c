/*
 * complex.c - complex128, which only a template's literal can be
 *
 * Printing is format.c's, which asks for the parts.
 */
#include "value/complex.h"

#include "value/object.h"

struct complex_object {
    struct object object;
    double real;
    double imaginary;
};

static const struct complex_object *complex_of(struct value v)
{
    return (const struct complex_object *)(const void *)v.object;
}

static bool complex_equal(struct value a, struct value b)
{
    return complex_of(a)->real == complex_of(b)->real && complex_of(a)->imaginary == complex_of(b)->imaginary;
}

static bool complex_truth(struct value self)
{
    return complex_of(self)->real != 0 || complex_of(self)->imaginary != 0;
}

static const struct object_type complex_type = {
    .name = "complex128",
    .kind = "complex128",
    .equal = complex_equal,
    .truth = complex_truth,
};

struct value value_complex(struct arena *a, double real, double imaginary)
{
    struct complex_object *c = ARENA_NEW(a, struct complex_object);
    c->object.type = &complex_type;
    c->real = real;
    c->imaginary = imaginary;
    struct value v = value_object(&c->object);
    v.type = GO_COMPLEX128;
    return v;
}

bool value_complex_parts(struct value v, double *real, double *imaginary)
{
    if (v.kind != VALUE_OBJECT || v.object->type != &complex_type)
        return false;
    *real = complex_of(v)->real;
    *imaginary = complex_of(v)->imaginary;
    return true;
}
