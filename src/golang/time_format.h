/*
 * time_format.h - times, durations and layouts of Go's time package
 *
 * A time is seconds and nanoseconds since the Unix epoch plus a zone: fixed offset with a name, UTC, local, or a named
 * zone looked up in the system's tz database. Years from -292277022399 up are not supported beyond int64 seconds.
 */
#ifndef YARE_GOLANG_TIME_FORMAT_H
#define YARE_GOLANG_TIME_FORMAT_H

#include "base/buffer.h"

struct go_zone {
    char name[16];       /* abbreviation in force ("UTC", "CEST", "") */
    int offset;          /* seconds east of UTC in force */
};

struct go_time {
    int64_t seconds;     /* since 1970-01-01 00:00:00 UTC */
    int32_t nanoseconds;
    struct go_zone zone;
    bool is_utc;         /* Location is UTC itself */
    bool has_monotonic;  /* made by now: printed with m=± */
};

/* Time in UTC. */
struct go_time go_time_utc(int64_t seconds, int32_t nanoseconds);

/* The same instant in the named zone ("" and "UTC": UTC, "Local": $TZ or /etc/localtime). False: unknown zone. */
bool go_time_in(struct go_time t, const char *zone, struct go_time *out);

/* time.Time.Format. */
void go_time_format(struct buffer *out, struct go_time t, struct slice layout);

/* time.ParseInLocation (zone as in go_time_in); on failure *error has Go's text. */
bool go_time_parse(struct arena *a, struct slice layout, struct slice text, const char *zone, struct go_time *out,
                   struct slice *error);

/* time.Time.String, as %v prints it. */
void go_time_string(struct buffer *out, struct go_time t);

/* time.ParseDuration in nanoseconds; on failure *error has Go's text (`time: invalid duration "bad"`). */
bool go_parse_duration(struct arena *a, struct slice text, int64_t *nanoseconds, struct slice *error);

/* time.Duration.String. */
void go_format_duration(struct buffer *out, int64_t nanoseconds);

#endif
