/*
 * time_value.h - time.Time as a value, and the methods of durations, months and weekdays
 *
 * A time is an object; durations, months and weekdays are integers of a Go type of their own whose methods the
 * executor asks value_time_member for.
 */
#ifndef YARE_VALUE_TIME_VALUE_H
#define YARE_VALUE_TIME_VALUE_H

#include "golang/time_format.h"
#include "value/object.h"

/* A time.Time. */
struct value time_value(struct arena *a, struct go_time t);

bool time_value_is(struct value v);

/* The time in a value that time_value_is. */
struct go_time time_value_get(struct value v);

/* The present; `seeded`: the fixed instant 2000-01-01 00:00:00 UTC, so that a seeded render repeats. In local time. */
struct go_time time_value_now(bool seeded);

/* As object_type.member, for integers: methods of GO_DURATION, GO_MONTH and GO_WEEKDAY; none for others. */
enum member_kind value_time_member(struct value self, struct slice name, struct arena *a, struct value *out,
                                   const struct method **method);

/* Writes what the String method of such an integer gives; false: it has none. */
bool value_time_text(struct value v, struct buffer *out);

#endif
