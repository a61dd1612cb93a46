/*
 * schema_value.h - values as JSON Schema sees them
 *
 * Numbers of a schema are exact (VALUE_BIT_NUMBER: strings that hold the digits), those of an instance are what yaml_read
 * and --set give. Everything else is as JSON has it.
 */
#ifndef YARE_CHART_SCHEMA_VALUE_H
#define YARE_CHART_SCHEMA_VALUE_H

#include "chart/schema_number.h"
#include "value/value.h"

/* Types, as a set of bits in the order in which messages list them. A number that is integral is both. */
enum schema_type {
    SCHEMA_NULL = 1 << 0,
    SCHEMA_BOOLEAN = 1 << 1,
    SCHEMA_NUMBER = 1 << 2,
    SCHEMA_INTEGER = 1 << 3,
    SCHEMA_STRING = 1 << 4,
    SCHEMA_ARRAY = 1 << 5,
    SCHEMA_OBJECT = 1 << 6,
    SCHEMA_TYPES = 7
};

/* The one bit of a value's type (numbers: SCHEMA_NUMBER); 0 where JSON has no such value. */
unsigned schema_type_of(struct value v);

/* The bit of a type's name, or 0. */
unsigned schema_type_named(struct slice name);

/* Name of a single bit. */
const char *schema_type_name(unsigned type);

/* A string that is not an exact number. */
bool schema_value_is_string(struct value v);

/* The number that a value of SCHEMA_NUMBER is; false where it is beyond all bounds. Digits may be made in `a`. */
bool schema_value_number(struct arena *a, struct value v, struct schema_number *out);

bool schema_value_is_integer(struct arena *a, struct value v);

/* Equal as JSON Schema has it: 1 and 1.0 are. `work` counts the values looked at. */
bool schema_value_equal(struct arena *a, struct value v, struct value w, uint64_t *work);

/* Finds two equal items: the first one that has an equal before it, in *second, and that one in *first. Gives up and
   returns false when `work` passes `limit`. */
bool schema_find_duplicates(struct arena *a, const struct list *list, size_t *first, size_t *second, uint64_t *work,
                            uint64_t limit);

/* A set of keys that a map may have, by their lengths and first bytes: most keywords that are looked for are not there,
   and a bit tells. */
static inline uint64_t schema_key_bit(struct slice key)
{
    return UINT64_C(1) << ((key.len ? (unsigned char)key.ptr[0] * 7 : 0) + key.len) % 64;
}

static inline uint64_t schema_key_bits(const struct map *map)
{
    uint64_t bits = 0;
    for (uint32_t i = 0; i < map->len; i++)
        bits |= schema_key_bit(map->entries[i].key);
    return bits;
}

#endif
