/*
 * time_format.h - times, durations and layouts of Go's time package
 *
 * A time is seconds and nanoseconds since the Unix epoch plus a zone: UTC, local, a named zone of the system's tz
 * database, or a fixed offset with a name. It is a plain struct, copied freely; a named zone is looked up again
 * whenever the instant changes. Seconds are int64; years beyond that are not supported.
 */
#ifndef YARE_GOLANG_TIME_FORMAT_H
#define YARE_GOLANG_TIME_FORMAT_H

#include "base/buffer.h"

struct go_zone {
    char name[32];       /* abbreviation in force ("UTC", "CEST", "") */
    int offset;          /* seconds east of UTC in force */
    char location[48];   /* "UTC", "Local", a tz database name; "" for a fixed zone */
};

struct go_time {
    int64_t seconds;     /* since 1970-01-01 00:00:00 UTC */
    int32_t nanoseconds;
    struct go_zone zone;
    bool is_utc;         /* Location is UTC itself */
    bool has_monotonic;  /* made by now: printed with m=± */
    int64_t monotonic;   /* nanoseconds since the program began, where it has them */
};

/* A time as people write it, in its own zone. */
struct go_civil {
    int64_t year;
    int month;           /* 1 to 12 */
    int day;             /* 1 to 31 */
    int hour;
    int minute;
    int second;
    int weekday;         /* 0 is Sunday */
    int year_day;        /* 1 to 366 */
};

/* Time in UTC. */
struct go_time go_time_utc(int64_t seconds, int32_t nanoseconds);

/* Go's zero time, 0001-01-01 00:00:00 UTC. */
struct go_time go_time_zero(void);

/* The same instant in the named zone ("" and "UTC": UTC, "Local": $TZ or /etc/localtime). False: unknown zone. */
bool go_time_in(struct go_time t, const char *zone, struct go_time *out);

/* time.Date in the zone of `zone`: fields may be out of their ranges and carry over. */
struct go_time go_time_date(struct go_civil civil, int32_t nanoseconds, struct go_time zone);

struct go_civil go_time_civil(struct go_time t);

/* time.Time.Add, Sub, AddDate, Round, Truncate, Compare, ISOWeek. */
struct go_time go_time_add(struct go_time t, int64_t nanoseconds);
int64_t go_time_sub(struct go_time t, struct go_time u);
struct go_time go_time_add_date(struct go_time t, int64_t years, int64_t months, int64_t days);
struct go_time go_time_round(struct go_time t, int64_t nanoseconds);
struct go_time go_time_truncate(struct go_time t, int64_t nanoseconds);
int go_time_compare(struct go_time t, struct go_time u);

/* Whether daylight saving time is in force. */
bool go_time_is_dst(struct go_time t);

/* time.Time.Format. */
void go_time_format(struct buffer *out, struct go_time t, struct slice layout);

/* time.ParseInLocation (zone as in go_time_in); on failure *error has Go's text. */
bool go_time_parse(struct arena *a, struct slice layout, struct slice text, const char *zone, struct go_time *out,
                   struct slice *error);

/* time.Time.String, as %v prints it, and GoString, as %#v does. */
void go_time_string(struct buffer *out, struct go_time t);
void go_time_go_string(struct buffer *out, struct go_time t);

/* Names of a month (1 to 12) and of a weekday (0 is Sunday). */
const char *go_month_name(int month);
const char *go_weekday_name(int weekday);

/* time.ParseDuration in nanoseconds; on failure *error has Go's text (`time: invalid duration "bad"`). */
bool go_parse_duration(struct arena *a, struct slice text, int64_t *nanoseconds, struct slice *error);

/* time.Duration.String, Round, Truncate. */
void go_format_duration(struct buffer *out, int64_t nanoseconds);
int64_t go_round_duration(int64_t d, int64_t unit);
int64_t go_truncate_duration(int64_t d, int64_t unit);

/* How the time package quotes a text in its errors (not as strconv does). */
void go_time_quote(struct buffer *out, struct slice s);

#endif
