/*
 * field.h - members of a value that may be anything
 *
 * For reading documents whose shape nobody has checked: what is missing or of another kind is nil, empty or false.
 */
#ifndef YARE_VALUE_FIELD_H
#define YARE_VALUE_FIELD_H

#include "value/value.h"

/* The value of a key, nil where it is missing or the value is no map. */
struct value field_value(struct value map, const char *key);

/* The text of a key, empty where it is missing or no text. */
struct slice field_text(struct value map, const char *key);

/* Whether the key is there and true. */
bool field_is_true(struct value map, const char *key);

/* The items of a key's list; the count is 0 where it is missing or none. */
struct field_items {
    const struct value *items;
    size_t count;
};
struct field_items field_items(struct value map, const char *key);

#endif
