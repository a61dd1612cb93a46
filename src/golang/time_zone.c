/*
 * time_zone.c - TZif files and POSIX TZ rules
 *
 * The file's tables are used where they lie in the text that was read, after one check that all of them are there.
 * Which zone "Local" is follows Go: $TZ when it is set, else /etc/localtime, UTC when neither can be read.
 */
#include "golang/time_zone.h"

#include "base/file.h"
#include "golang/calendar.h"

#include <limits.h>
#include <stdlib.h>

enum {
    TZIF_HEADER = 44,
    TZIF_TYPE = 6, /* bytes of one type */
    TZIF_LIMIT = 1 << 20
};

/* --- reading a file ------------------------------------------------------------------------------------------ */

static uint32_t big_endian_32(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static int64_t time_at(const struct time_zone *zone, size_t i)
{
    const unsigned char *p = zone->times + i * zone->time_size;
    if (zone->time_size == 4)
        return (int32_t)big_endian_32(p);
    return (int64_t)((uint64_t)big_endian_32(p) << 32 | big_endian_32(p + 4));
}

struct tzif_counts {
    size_t utc;
    size_t standard;
    size_t leap;
    size_t time;
    size_t type;
    size_t name;
};

static void read_counts(const unsigned char *header, struct tzif_counts *c)
{
    c->utc = big_endian_32(header + 20);
    c->standard = big_endian_32(header + 24);
    c->leap = big_endian_32(header + 28);
    c->time = big_endian_32(header + 32);
    c->type = big_endian_32(header + 36);
    c->name = big_endian_32(header + 40);
}

static size_t block_size(const struct tzif_counts *c, size_t time_size)
{
    return c->time * time_size + c->time + c->type * TZIF_TYPE + c->name + c->leap * (time_size + 4) + c->standard +
           c->utc;
}

/* All indices point into their tables. */
static bool is_consistent(const struct time_zone *zone)
{
    for (size_t i = 0; i < zone->time_count; i++)
        if (zone->indices[i] >= zone->type_count)
            return false;
    for (size_t i = 0; i < zone->type_count; i++)
        if (zone->types[i * TZIF_TYPE + 5] >= zone->name_size)
            return false;
    return zone->type_count > 0;
}

/* A TZif file has a block with 4-byte times and, from version 2 on, one with 8-byte times and a rule behind it. */
static bool read_tzif(struct time_zone *zone, struct slice text)
{
    size_t at = 0;
    size_t time_size = 4;
    struct tzif_counts c;
    if (text.len < TZIF_HEADER || memcmp(text.ptr, "TZif", 4) != 0)
        return false;
    read_counts((const unsigned char *)text.ptr, &c);
    if (text.ptr[4] >= '2') {
        at = TZIF_HEADER + block_size(&c, 4);
        time_size = 8;
        if (at > text.len || text.len - at < TZIF_HEADER)
            return false;
        read_counts((const unsigned char *)text.ptr + at, &c);
    }
    at += TZIF_HEADER;
    size_t size = block_size(&c, time_size);
    if (text.len - at < size)
        return false;
    zone->time_size = time_size;
    zone->time_count = c.time;
    zone->type_count = c.type;
    zone->name_size = c.name;
    zone->times = (const unsigned char *)text.ptr + at;
    zone->indices = zone->times + c.time * time_size;
    zone->types = zone->indices + c.time;
    zone->names = (const char *)zone->types + c.type * TZIF_TYPE;
    struct slice rule = slice_after(text, at + size);
    if (time_size == 8 && rule.len > 2 && rule.ptr[0] == '\n' && rule.ptr[rule.len - 1] == '\n')
        zone->rule = slice_part(rule, 1, rule.len - 1);
    return is_consistent(zone);
}

static bool open_file(struct time_zone *zone, const char *path)
{
    struct diag diag;
    struct slice text;
    diag_init(&diag);
    bool ok = file_read(&zone->arena, path, TZIF_LIMIT, &text, &diag) && read_tzif(zone, text);
    diag_release(&diag);
    return ok;
}

static bool has_parent_element(struct slice name)
{
    struct slice part;
    while (slice_next_piece(&name, '/', &part))
        if (slice_is(part, ".."))
            return true;
    return false;
}

static bool open_named(struct time_zone *zone, const char *name)
{
    static const char *const folders[] = {"/usr/share/zoneinfo/", "/usr/share/lib/zoneinfo/", "/usr/lib/locale/TZ/",
                                          "/etc/zoneinfo/"};
    if (name[0] == '/' || name[0] == '\\' || has_parent_element(slice_text(name)))
        return false;
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
        struct slice path = arena_concat(&zone->arena, slice_text(folders[i]), slice_text(name));
        if (open_file(zone, arena_text(&zone->arena, path)))
            return true;
    }
    return false;
}

static void open_local(struct time_zone *zone)
{
    const char *tz = getenv("TZ");
    bool ok;
    if (!tz)
        ok = open_file(zone, "/etc/localtime");
    else {
        if (tz[0] == ':')
            tz++;
        ok = tz[0] == '/' ? open_file(zone, tz) : tz[0] && open_named(zone, tz);
    }
    zone->is_utc = !ok;
}

bool time_zone_open(struct time_zone *zone, const char *name)
{
    memset(zone, 0, sizeof *zone);
    arena_init(&zone->arena);
    if (name[0] == '\0' || strcmp(name, "UTC") == 0)
        zone->is_utc = true;
    else if (strcmp(name, "Local") == 0)
        open_local(zone);
    else if (!open_named(zone, name)) {
        arena_release(&zone->arena);
        return false;
    }
    return true;
}

void time_zone_close(struct time_zone *zone)
{
    arena_release(&zone->arena);
}

/* --- POSIX TZ rules ------------------------------------------------------------------------------------------ */

enum rule_kind {
    RULE_JULIAN,      /* Jn: day 1 to 365, February 29 never counted */
    RULE_DAY_OF_YEAR, /* n: day 0 to 365 */
    RULE_WEEKDAY      /* Mm.w.d */
};

struct change_rule {
    enum rule_kind kind;
    int day;
    int week;
    int month;
    int time; /* seconds after midnight */
};

static bool rule_number(struct slice *s, int low, int high, int *out)
{
    size_t i = 0;
    int n = 0;
    for (; i < s->len && s->ptr[i] >= '0' && s->ptr[i] <= '9'; i++) {
        n = n * 10 + (s->ptr[i] - '0');
        if (n > high)
            return false;
    }
    if (i == 0 || n < low)
        return false;
    *out = n;
    *s = slice_after(*s, i);
    return true;
}

static bool rule_char(struct slice *s, char c)
{
    if (s->len == 0 || s->ptr[0] != c)
        return false;
    *s = slice_after(*s, 1);
    return true;
}

/* letters of at least three, or anything in angle brackets */
static bool rule_name(struct slice *s, struct slice *name)
{
    size_t end;
    if (rule_char(s, '<')) {
        end = slice_find_char(*s, '>');
        if (end == s->len)
            return false;
        *name = slice_part(*s, 0, end);
        *s = slice_after(*s, end + 1);
        return true;
    }
    for (end = 0; end < s->len && !strchr("0123456789,-+", s->ptr[end]); end++)
        ;
    *name = slice_part(*s, 0, end);
    *s = slice_after(*s, end);
    return end >= 3;
}

/* [ sign ] hours [ ":" minutes [ ":" seconds ] ] */
static bool rule_offset(struct slice *s, int *out)
{
    bool negative = rule_char(s, '-');
    if (!negative)
        rule_char(s, '+');
    int hours, minutes = 0, seconds = 0;
    if (!rule_number(s, 0, 24 * 7, &hours))
        return false;
    if (rule_char(s, ':')) {
        if (!rule_number(s, 0, 59, &minutes))
            return false;
        if (rule_char(s, ':') && !rule_number(s, 0, 59, &seconds))
            return false;
    }
    int offset = hours * 3600 + minutes * 60 + seconds;
    *out = negative ? -offset : offset;
    return true;
}

static bool rule_change(struct slice *s, struct change_rule *r)
{
    *r = (struct change_rule){.time = 2 * 3600};
    if (rule_char(s, 'J')) {
        r->kind = RULE_JULIAN;
        if (!rule_number(s, 1, 365, &r->day))
            return false;
    } else if (rule_char(s, 'M')) {
        r->kind = RULE_WEEKDAY;
        if (!rule_number(s, 1, 12, &r->month) || !rule_char(s, '.') || !rule_number(s, 1, 5, &r->week) ||
            !rule_char(s, '.') || !rule_number(s, 0, 6, &r->day))
            return false;
    } else {
        r->kind = RULE_DAY_OF_YEAR;
        if (!rule_number(s, 0, 365, &r->day))
            return false;
    }
    return !rule_char(s, '/') || rule_offset(s, &r->time);
}

/* Seconds from the start of the year (UTC) to the change. */
static int64_t change_second(int64_t year, const struct change_rule *r, int offset)
{
    int64_t day = r->day;
    if (r->kind == RULE_JULIAN)
        day += calendar_is_leap(year) && r->day >= 60 ? 0 : -1;
    else if (r->kind == RULE_WEEKDAY) {
        int64_t first = calendar_days(year, r->month, 1);
        int in_month = (r->day - calendar_weekday(first) + 7) % 7;
        for (int i = 1; i < r->week && in_month + 7 < calendar_days_in(r->month, year); i++)
            in_month += 7;
        day = first + in_month - calendar_days(year, 1, 1);
    }
    return day * SECONDS_PER_DAY + r->time - offset;
}

struct rule_side {
    struct slice name;
    int offset;
    bool is_dst;
};

static void set_period(struct zone_period *p, const struct rule_side *side, int64_t start, int64_t end)
{
    size_t len = side->name.len < sizeof p->name - 1 ? side->name.len : sizeof p->name - 1;
    memcpy(p->name, side->name.ptr, len);
    p->name[len] = '\0';
    p->offset = side->offset;
    p->is_dst = side->is_dst;
    p->start = start;
    p->end = end;
}

/* The period by the two changes of the year; the side in force at the turn of the year is `winter`. */
static void yearly_period(struct rule_side winter, struct rule_side summer, const struct change_rule *to_summer,
                          const struct change_rule *to_winter, int64_t seconds, struct zone_period *p)
{
    int64_t second_of_day, year;
    int month, day;
    int64_t days = calendar_floor_divide(seconds, SECONDS_PER_DAY, &second_of_day);
    calendar_date(days, &year, &month, &day);
    int64_t year_start = calendar_days(year, 1, 1) * SECONDS_PER_DAY;
    int64_t start = change_second(year, to_summer, winter.offset);
    int64_t end = change_second(year, to_winter, summer.offset);
    if (end < start) {
        int64_t t = start;
        start = end;
        end = t;
        struct rule_side side = winter;
        winter = summer;
        summer = side;
    }
    int64_t at = seconds - year_start;
    if (at < start)
        set_period(p, &winter, year_start, year_start + start);
    else if (at >= end)
        set_period(p, &winter, year_start + end, year_start + 365 * SECONDS_PER_DAY);
    else
        set_period(p, &summer, year_start + start, year_start + end);
}

/* name offset [ name [ offset ] [ "," change "," change ] ] */
static bool lookup_rule(struct slice s, int64_t last_change, int64_t seconds, struct zone_period *p)
{
    struct rule_side standard = {.is_dst = false}, daylight = {.is_dst = true};
    struct change_rule to_daylight, to_standard;
    if (!rule_name(&s, &standard.name) || !rule_offset(&s, &standard.offset))
        return false;
    standard.offset = -standard.offset;
    if (s.len == 0 || s.ptr[0] == ',') {
        set_period(p, &standard, last_change, INT64_MAX);
        return true;
    }
    if (!rule_name(&s, &daylight.name))
        return false;
    daylight.offset = -(standard.offset + 3600);
    if (s.len > 0 && s.ptr[0] != ',' && !rule_offset(&s, &daylight.offset))
        return false;
    daylight.offset = -daylight.offset;
    if (s.len == 0)
        s = SLICE(",M3.2.0,M11.1.0");
    if (!rule_char(&s, ',') && !rule_char(&s, ';'))
        return false;
    if (!rule_change(&s, &to_daylight) || !rule_char(&s, ',') || !rule_change(&s, &to_standard) || s.len > 0)
        return false;
    yearly_period(standard, daylight, &to_daylight, &to_standard, seconds, p);
    return true;
}

/* --- looking up ---------------------------------------------------------------------------------------------- */

static struct slice type_name(const struct time_zone *zone, size_t type)
{
    size_t at = zone->types[type * TZIF_TYPE + 5];
    struct slice rest = slice_of(zone->names + at, zone->name_size - at);
    return slice_part(rest, 0, slice_find_char(rest, '\0'));
}

static int type_offset(const struct time_zone *zone, size_t type)
{
    return (int32_t)big_endian_32(zone->types + type * TZIF_TYPE);
}

static bool type_is_dst(const struct time_zone *zone, size_t type)
{
    return zone->types[type * TZIF_TYPE + 4] != 0;
}

/* The type in force before the first transition: type 0 unless transitions use it, else a standard time. */
static size_t first_type(const struct time_zone *zone)
{
    if (zone->time_count == 0 || !memchr(zone->indices, 0, zone->time_count))
        return 0;
    size_t first = zone->indices[0];
    if (type_is_dst(zone, first))
        for (size_t i = first; i > 0; i--)
            if (!type_is_dst(zone, i - 1))
                return i - 1;
    for (size_t i = 0; i < zone->type_count; i++)
        if (!type_is_dst(zone, i))
            return i;
    return 0;
}

/* Number of transitions at or before the second. */
static size_t transitions_until(const struct time_zone *zone, int64_t seconds)
{
    size_t low = 0, high = zone->time_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (time_at(zone, middle) <= seconds)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void time_zone_lookup(const struct time_zone *zone, int64_t seconds, struct zone_period *period)
{
    if (zone->is_utc) {
        struct rule_side utc = {.name = SLICE_INIT("UTC")};
        set_period(period, &utc, INT64_MIN, INT64_MAX);
        return;
    }
    size_t n = transitions_until(zone, seconds);
    size_t type = n > 0 ? zone->indices[n - 1] : first_type(zone);
    struct rule_side side = {type_name(zone, type), type_offset(zone, type), type_is_dst(zone, type)};
    int64_t start = n > 0 ? time_at(zone, n - 1) : INT64_MIN;
    set_period(period, &side, start, n < zone->time_count ? time_at(zone, n) : INT64_MAX);
    if (n == zone->time_count && zone->rule.len > 0)
        lookup_rule(zone->rule, start, seconds, period);
}

bool time_zone_lookup_name(const struct time_zone *zone, struct slice name, int64_t wall, int *offset)
{
    struct zone_period period;
    for (size_t i = 0; i < zone->type_count; i++) {
        if (!slice_equal(type_name(zone, i), name))
            continue;
        time_zone_lookup(zone, wall - type_offset(zone, i), &period);
        *offset = period.offset;
        if (slice_is(name, period.name))
            return true;
    }
    for (size_t i = 0; i < zone->type_count; i++) {
        *offset = type_offset(zone, i);
        if (slice_equal(type_name(zone, i), name))
            return true;
    }
    return false;
}
