/*
 * time_format.c - times: made, moved, taken apart and written
 *
 * Arithmetic on instants wraps around as Go's does. After each change of the instant the zone's period is looked up
 * again, so the offset in force is always in the struct.
 */
#include "golang/time_format.h"

#include "golang/calendar.h"
#include "golang/time_layout.h"
#include "golang/time_zone.h"

#include <stdio.h>

__extension__ typedef __int128 wide_int;

static const int64_t second = 1000000000;

static int64_t wrap_add(int64_t a, int64_t b)
{
    return (int64_t)((uint64_t)a + (uint64_t)b);
}

static int64_t wrap_multiply(int64_t a, int64_t b)
{
    return (int64_t)((uint64_t)a * (uint64_t)b);
}

/* --- making and moving --------------------------------------------------------------------------------------- */

struct go_time go_time_utc(int64_t seconds, int32_t nanoseconds)
{
    return (struct go_time){.seconds = seconds,
                            .nanoseconds = nanoseconds,
                            .zone = {.name = "UTC", .location = "UTC"},
                            .is_utc = true};
}

struct go_time go_time_zero(void)
{
    return go_time_utc(calendar_days(1, 1, 1) * SECONDS_PER_DAY, 0);
}

static void set_zone_period(struct go_time *t, const struct zone_period *period)
{
    memcpy(t->zone.name, period->name, sizeof t->zone.name);
    t->zone.offset = period->offset;
}

bool go_time_in(struct go_time t, const char *zone, struct go_time *out)
{
    struct time_zone tz;
    struct zone_period period;
    if (strlen(zone) >= sizeof t.zone.location || !time_zone_open(&tz, zone))
        return false;
    time_zone_lookup(&tz, t.seconds, &period);
    time_zone_close(&tz);
    t.is_utc = zone[0] == '\0' || strcmp(zone, "UTC") == 0;
    strncpy(t.zone.location, zone[0] ? zone : "UTC", sizeof t.zone.location - 1);
    set_zone_period(&t, &period);
    *out = t;
    return true;
}

/* Looks the zone up again after the instant changed. */
static struct go_time refresh(struct go_time t)
{
    if (!t.is_utc && t.zone.location[0]) {
        char location[sizeof t.zone.location];
        memcpy(location, t.zone.location, sizeof location);
        go_time_in(t, location, &t);
    }
    return t;
}

struct go_time go_time_add(struct go_time t, int64_t nanoseconds)
{
    int64_t rest;
    int64_t whole = calendar_floor_divide(nanoseconds, second, &rest);
    rest += t.nanoseconds;
    if (rest >= second) {
        rest -= second;
        whole++;
    }
    t.seconds = wrap_add(t.seconds, whole);
    t.nanoseconds = (int32_t)rest;
    t.monotonic = wrap_add(t.monotonic, nanoseconds);
    return refresh(t);
}

int go_time_compare(struct go_time t, struct go_time u)
{
    if (t.seconds != u.seconds)
        return t.seconds < u.seconds ? -1 : 1;
    return t.nanoseconds < u.nanoseconds ? -1 : t.nanoseconds > u.nanoseconds;
}

int64_t go_time_sub(struct go_time t, struct go_time u)
{
    int64_t seconds, d;
    if (__builtin_sub_overflow(t.seconds, u.seconds, &seconds) || __builtin_mul_overflow(seconds, second, &d) ||
        __builtin_add_overflow(d, (int64_t)t.nanoseconds - u.nanoseconds, &d))
        return go_time_compare(t, u) < 0 ? INT64_MIN : INT64_MAX;
    return d;
}

/* The instant that a wall clock in the zone of `t` shows as `wall` seconds: the offset in force at that number taken
   as UTC is tried first, then the one in force at the instant this gives. */
static struct go_time at_wall_clock(struct go_time t, int64_t wall)
{
    struct time_zone tz;
    struct zone_period period;
    if (t.is_utc || !t.zone.location[0]) {
        t.seconds = wrap_add(wall, -(int64_t)t.zone.offset);
        return t;
    }
    if (!time_zone_open(&tz, t.zone.location)) {
        t.seconds = wall;
        return t;
    }
    time_zone_lookup(&tz, wall, &period);
    int64_t instant = wrap_add(wall, -(int64_t)period.offset);
    if (instant < period.start || instant >= period.end)
        time_zone_lookup(&tz, instant, &period);
    t.seconds = wrap_add(wall, -(int64_t)period.offset);
    time_zone_lookup(&tz, t.seconds, &period);
    set_zone_period(&t, &period);
    time_zone_close(&tz);
    return t;
}

/* Seconds of a civil time as if in UTC; months carry into years, days and seconds into what is above them. */
static int64_t civil_seconds(int64_t year, int64_t month, int64_t day, int64_t seconds)
{
    int64_t month_of_year;
    int64_t years = calendar_floor_divide(wrap_add(month, -1), 12, &month_of_year);
    int64_t limit = (int64_t)1 << 37; /* far beyond what seconds can hold; keeps the calendar from overflowing */
    year = wrap_add(year, years);
    year = year < -limit ? -limit : year > limit ? limit : year;
    int64_t days = wrap_add(calendar_days(year, (int)month_of_year + 1, 1), wrap_add(day, -1));
    return wrap_add(wrap_multiply(days, SECONDS_PER_DAY), seconds);
}

struct go_time go_time_date(struct go_civil c, int32_t nanoseconds, struct go_time zone)
{
    zone.nanoseconds = nanoseconds;
    zone.has_monotonic = false;
    return at_wall_clock(zone, civil_seconds(c.year, c.month, c.day, c.hour * 3600 + c.minute * 60 + c.second));
}

struct go_time go_time_add_date(struct go_time t, int64_t years, int64_t months, int64_t days)
{
    struct go_civil c = go_time_civil(t);
    t.has_monotonic = false;
    return at_wall_clock(t, civil_seconds(wrap_add(c.year, years), wrap_add(c.month, months), wrap_add(c.day, days),
                                          c.hour * 3600 + c.minute * 60 + c.second));
}

/* Remainder of the time since Go's zero time by a duration. */
static int64_t remainder_of(struct go_time t, int64_t d)
{
    wide_int since = (wide_int)t.seconds - go_time_zero().seconds;
    wide_int rest = (since * second + t.nanoseconds) % d;
    return (int64_t)(rest < 0 ? rest + d : rest);
}

struct go_time go_time_truncate(struct go_time t, int64_t d)
{
    t.has_monotonic = false;
    return d <= 0 ? t : go_time_add(t, -remainder_of(t, d));
}

struct go_time go_time_round(struct go_time t, int64_t d)
{
    t.has_monotonic = false;
    if (d <= 0)
        return t;
    int64_t rest = remainder_of(t, d);
    return go_time_add(t, rest < d - rest ? -rest : d - rest);
}

bool go_time_is_dst(struct go_time t)
{
    struct time_zone tz;
    struct zone_period period;
    if (t.is_utc || !t.zone.location[0] || !time_zone_open(&tz, t.zone.location))
        return false;
    time_zone_lookup(&tz, t.seconds, &period);
    time_zone_close(&tz);
    return period.is_dst;
}

/* --- taking apart -------------------------------------------------------------------------------------------- */

struct go_civil go_time_civil(struct go_time t)
{
    struct go_civil c;
    int64_t clock;
    int64_t days = calendar_floor_divide(wrap_add(t.seconds, t.zone.offset), SECONDS_PER_DAY, &clock);
    calendar_date(days, &c.year, &c.month, &c.day);
    c.hour = (int)(clock / 3600);
    c.minute = (int)(clock / 60 % 60);
    c.second = (int)(clock % 60);
    c.weekday = calendar_weekday(days);
    c.year_day = calendar_days_before(c.month) + c.day + (c.month > 2 && calendar_is_leap(c.year));
    return c;
}

const char *go_month_name(int month)
{
    static const char *const names[] = {"January", "February", "March",     "April",   "May",      "June",
                                        "July",    "August",   "September", "October", "November", "December"};
    return names[month - 1];
}

const char *go_weekday_name(int weekday)
{
    static const char *const names[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                        "Thursday", "Friday", "Saturday"};
    return names[weekday];
}

/* --- writing ------------------------------------------------------------------------------------------------- */

static void add_number(struct buffer *out, int64_t n, int width)
{
    if (n < 0)
        buffer_add_char(out, '-');
    buffer_printf(out, "%0*jd", width, (intmax_t)(n < 0 ? -n : n));
}

static void add_fraction(struct buffer *out, int32_t nanoseconds, const struct layout_element *e)
{
    char digits[16];
    bool trim = e->kind == LAYOUT_FRACTION_9;
    snprintf(digits, sizeof digits, "%09d", nanoseconds);
    size_t len = e->digits < 9 ? e->digits : 9;
    while (trim && len > 0 && digits[len - 1] == '0')
        len--;
    if (trim && len == 0)
        return;
    buffer_add_char(out, e->text.ptr[0]);
    buffer_add(out, slice_of(digits, len));
}

static void add_offset(struct buffer *out, int offset, const struct layout_element *e)
{
    if (e->z_for_utc && offset == 0) {
        buffer_add_char(out, 'Z');
        return;
    }
    int minutes = offset / 60;
    buffer_add_char(out, minutes < 0 ? '-' : '+');
    int absolute = minutes < 0 ? -offset : offset;
    minutes = minutes < 0 ? -minutes : minutes;
    add_number(out, minutes / 60, 2);
    if (e->has_minutes) {
        if (e->has_colons)
            buffer_add_char(out, ':');
        add_number(out, minutes % 60, 2);
    }
    if (e->has_seconds) {
        if (e->has_colons)
            buffer_add_char(out, ':');
        add_number(out, absolute % 60, 2);
    }
}

static void add_zone_name(struct buffer *out, const struct go_zone *zone)
{
    static const struct layout_element plain = {.kind = LAYOUT_OFFSET, .has_minutes = true};
    if (zone->name[0])
        buffer_add_text(out, zone->name);
    else
        add_offset(out, zone->offset, &plain);
}

static int hour12(int hour)
{
    return hour % 12 ? hour % 12 : 12;
}

static void add_short(struct buffer *out, const char *name)
{
    buffer_add(out, slice_of(name, 3));
}

static void add_padded(struct buffer *out, int n, int width)
{
    buffer_printf(out, "%*d", width, n);
}

static void add_element(struct buffer *out, struct go_time t, const struct go_civil *c, const struct layout_element *e)
{
    switch (e->kind) {
    case LAYOUT_END:
        break;
    case LAYOUT_LONG_MONTH:
        buffer_add_text(out, go_month_name(c->month));
        break;
    case LAYOUT_MONTH:
        add_short(out, go_month_name(c->month));
        break;
    case LAYOUT_NUM_MONTH:
        add_number(out, c->month, 0);
        break;
    case LAYOUT_ZERO_MONTH:
        add_number(out, c->month, 2);
        break;
    case LAYOUT_LONG_WEEKDAY:
        buffer_add_text(out, go_weekday_name(c->weekday));
        break;
    case LAYOUT_WEEKDAY:
        add_short(out, go_weekday_name(c->weekday));
        break;
    case LAYOUT_DAY:
        add_number(out, c->day, 0);
        break;
    case LAYOUT_UNDER_DAY:
        add_padded(out, c->day, 2);
        break;
    case LAYOUT_ZERO_DAY:
        add_number(out, c->day, 2);
        break;
    case LAYOUT_UNDER_YEAR_DAY:
        add_padded(out, c->year_day, 3);
        break;
    case LAYOUT_ZERO_YEAR_DAY:
        add_number(out, c->year_day, 3);
        break;
    case LAYOUT_HOUR:
        add_number(out, c->hour, 2);
        break;
    case LAYOUT_HOUR12:
        add_number(out, hour12(c->hour), 0);
        break;
    case LAYOUT_ZERO_HOUR12:
        add_number(out, hour12(c->hour), 2);
        break;
    case LAYOUT_MINUTE:
        add_number(out, c->minute, 0);
        break;
    case LAYOUT_ZERO_MINUTE:
        add_number(out, c->minute, 2);
        break;
    case LAYOUT_SECOND:
        add_number(out, c->second, 0);
        break;
    case LAYOUT_ZERO_SECOND:
        add_number(out, c->second, 2);
        break;
    case LAYOUT_LONG_YEAR:
        add_number(out, c->year, 4);
        break;
    case LAYOUT_YEAR:
        add_number(out, (c->year < 0 ? -c->year : c->year) % 100, 2);
        break;
    case LAYOUT_PM:
        buffer_add_text(out, c->hour >= 12 ? "PM" : "AM");
        break;
    case LAYOUT_LOWER_PM:
        buffer_add_text(out, c->hour >= 12 ? "pm" : "am");
        break;
    case LAYOUT_ZONE_NAME:
        add_zone_name(out, &t.zone);
        break;
    case LAYOUT_OFFSET:
        add_offset(out, t.zone.offset, e);
        break;
    case LAYOUT_FRACTION_0:
    case LAYOUT_FRACTION_9:
        add_fraction(out, t.nanoseconds, e);
        break;
    }
}

void go_time_format(struct buffer *out, struct go_time t, struct slice layout)
{
    struct go_civil c = go_time_civil(t);
    struct layout_element e;
    do {
        e = layout_next(&layout);
        buffer_add(out, e.prefix);
        add_element(out, t, &c, &e);
    } while (e.kind != LAYOUT_END);
}

void go_time_string(struct buffer *out, struct go_time t)
{
    go_time_format(out, t, SLICE("2006-01-02 15:04:05.999999999 -0700 MST"));
    if (!t.has_monotonic)
        return;
    uint64_t m = t.monotonic < 0 ? -(uint64_t)t.monotonic : (uint64_t)t.monotonic;
    buffer_printf(out, " m=%c%ju.%09ju", t.monotonic < 0 ? '-' : '+', (uintmax_t)(m / (uint64_t)second),
                  (uintmax_t)(m % (uint64_t)second));
}

void go_time_go_string(struct buffer *out, struct go_time t)
{
    struct go_civil c = go_time_civil(t);
    buffer_printf(out, "time.Date(%jd, time.%s, %d, %d, %d, %d, %d, ", (intmax_t)c.year, go_month_name(c.month), c.day,
                  c.hour, c.minute, c.second, t.nanoseconds);
    if (t.is_utc)
        buffer_add_text(out, "time.UTC)");
    else if (strcmp(t.zone.location, "Local") == 0)
        buffer_add_text(out, "time.Local)");
    else {
        buffer_add_text(out, "time.Location(");
        go_time_quote(out, slice_text(t.zone.location[0] ? t.zone.location : t.zone.name));
        buffer_add_text(out, "))");
    }
}
