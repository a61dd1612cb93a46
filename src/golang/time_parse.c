/*
 * time_parse.c - times read by a layout
 *
 * The text is walked by the elements of the layout, each filling its field of struct time_fields; then the fields
 * are checked against each other and turned into an instant. Errors name the element and the text where reading
 * stopped, in Go's words.
 */
#include "golang/calendar.h"
#include "golang/time_format.h"
#include "golang/time_layout.h"
#include "golang/time_zone.h"

struct time_fields {
    int year;
    int month;           /* -1: not given */
    int day;             /* -1: not given */
    int year_day;        /* -1: not given */
    int hour;
    int minute;
    int second;
    int32_t nanoseconds;
    bool is_am;
    bool is_pm;
    bool is_utc;
    bool has_offset;
    int offset;
    struct slice zone_name;
    const char *out_of_range; /* the field that is, or null */
};

static bool is_digit_at(struct slice s, size_t i)
{
    return i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9';
}

/* --- literal text -------------------------------------------------------------------------------------------- */

static struct slice skip_spaces(struct slice s)
{
    while (s.len > 0 && s.ptr[0] == ' ')
        s = slice_after(s, 1);
    return s;
}

/* Steps over the literal text; a run of spaces stands for any run, at the end of the text also for none. *text stops
   where they differ. */
static bool skip_literal(struct slice *text, struct slice literal)
{
    while (literal.len > 0) {
        if (literal.ptr[0] == ' ') {
            if (text->len > 0 && text->ptr[0] != ' ')
                return false;
            literal = skip_spaces(literal);
            *text = skip_spaces(*text);
            continue;
        }
        if (text->len == 0 || text->ptr[0] != literal.ptr[0])
            return false;
        literal = slice_after(literal, 1);
        *text = slice_after(*text, 1);
    }
    return true;
}

/* --- numbers and names --------------------------------------------------------------------------------------- */

/* One or two digits; `fixed`: two. */
static bool read_number(struct slice *s, bool fixed, int *out)
{
    *out = 0;
    if (!is_digit_at(*s, 0) || (fixed && !is_digit_at(*s, 1)))
        return false;
    size_t len = is_digit_at(*s, 1) ? 2 : 1;
    for (size_t i = 0; i < len; i++)
        *out = *out * 10 + (s->ptr[i] - '0');
    *s = slice_after(*s, len);
    return true;
}

/* One to three digits; `fixed`: three. */
static bool read_number3(struct slice *s, bool fixed, int *out)
{
    size_t len = 0;
    *out = 0;
    for (; len < 3 && is_digit_at(*s, len); len++)
        *out = *out * 10 + (s->ptr[len] - '0');
    if (len == 0 || (fixed && len != 3))
        return false;
    *s = slice_after(*s, len);
    return true;
}

/* Exactly `len` bytes that strconv.Atoi takes: digits, perhaps with a sign before them. */
static bool read_atoi(struct slice *s, size_t len, int *out)
{
    if (s->len < len)
        return false;
    struct slice digits = slice_part(*s, 0, len);
    *s = slice_after(*s, len);
    bool negative = digits.ptr[0] == '-';
    if (negative || digits.ptr[0] == '+')
        digits = slice_after(digits, 1);
    int n = 0;
    for (size_t i = 0; i < digits.len; i++) {
        if (!is_digit_at(digits, i))
            return false;
        n = n * 10 + (digits.ptr[i] - '0');
    }
    *out = negative ? -n : n;
    return digits.len > 0;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool starts_ignoring_case(struct slice s, struct slice prefix)
{
    for (size_t i = 0; i < prefix.len; i++)
        if (i == s.len || lower(s.ptr[i]) != lower(prefix.ptr[i]))
            return false;
    return true;
}

/* A month's name, whole or its first three letters, in any case. */
static bool read_month(struct slice *s, bool is_short, int *month)
{
    for (int m = 1; m <= 12; m++) {
        struct slice name = slice_text(go_month_name(m));
        if (is_short)
            name.len = 3;
        if (starts_ignoring_case(*s, name)) {
            *s = slice_after(*s, name.len);
            *month = m;
            return true;
        }
    }
    return false;
}

static bool read_weekday(struct slice *s, bool is_short)
{
    for (int d = 0; d < 7; d++) {
        struct slice name = slice_text(go_weekday_name(d));
        if (is_short)
            name.len = 3;
        if (starts_ignoring_case(*s, name)) {
            *s = slice_after(*s, name.len);
            return true;
        }
    }
    return false;
}

/* --- fields -------------------------------------------------------------------------------------------------- */

/* Remembers the field as out of range; of several in one element the last is named. */
static void check_range(struct time_fields *f, bool in_range, const char *field)
{
    if (!in_range)
        f->out_of_range = field;
}

static bool read_year(struct time_fields *f, struct slice *s)
{
    if (!read_atoi(s, 2, &f->year))
        return false;
    f->year += f->year >= 69 ? 1900 : 2000;
    return true;
}

static bool read_long_year(struct time_fields *f, struct slice *s)
{
    return is_digit_at(*s, 0) && read_atoi(s, 4, &f->year);
}

static bool read_num_month(struct time_fields *f, struct slice *s, bool fixed)
{
    if (!read_number(s, fixed, &f->month))
        return false;
    check_range(f, f->month >= 1 && f->month <= 12, "month");
    return true;
}

static bool read_day(struct time_fields *f, struct slice *s, enum layout_kind kind)
{
    if (kind == LAYOUT_UNDER_DAY && s->len > 0 && s->ptr[0] == ' ')
        *s = slice_after(*s, 1);
    return read_number(s, kind == LAYOUT_ZERO_DAY, &f->day);
}

static bool read_year_day(struct time_fields *f, struct slice *s, enum layout_kind kind)
{
    for (int i = 0; i < 2; i++)
        if (kind == LAYOUT_UNDER_YEAR_DAY && s->len > 0 && s->ptr[0] == ' ')
            *s = slice_after(*s, 1);
    return read_number3(s, kind == LAYOUT_ZERO_YEAR_DAY, &f->year_day);
}

static bool read_hour(struct time_fields *f, struct slice *s, enum layout_kind kind)
{
    bool ok = read_number(s, kind == LAYOUT_ZERO_HOUR12, &f->hour);
    check_range(f, f->hour < (kind == LAYOUT_HOUR ? 24 : 13), "hour");
    return ok;
}

static bool read_minute(struct time_fields *f, struct slice *s, bool fixed)
{
    bool ok = read_number(s, fixed, &f->minute);
    check_range(f, f->minute < 60, "minute");
    return ok;
}

static size_t count_digits(struct slice s, size_t from)
{
    size_t n = 0;
    while (is_digit_at(s, from + n))
        n++;
    return n;
}

/* `len` bytes: a dot or comma and digits, of which nine count. */
static bool read_fraction(struct time_fields *f, struct slice *s, size_t len)
{
    struct slice text = slice_part(*s, 0, len);
    *s = slice_after(*s, len);
    if (text.ptr[0] != '.' && text.ptr[0] != ',')
        return false;
    if (text.len > 10)
        text.len = 10;
    struct slice digits = slice_after(text, 1);
    int n;
    if (!read_atoi(&digits, digits.len, &n))
        return false;
    check_range(f, n >= 0, "fractional second");
    for (size_t i = text.len; i < 10; i++)
        n *= 10;
    f->nanoseconds = n;
    return true;
}

/* A fraction may follow the seconds though the layout, whose rest is given, has none. */
static bool read_second(struct time_fields *f, struct slice *s, bool fixed, struct slice layout)
{
    if (!read_number(s, fixed, &f->second))
        return false;
    check_range(f, f->second < 60, "second");
    if (f->out_of_range)
        return true;
    if (s->len >= 2 && (s->ptr[0] == '.' || s->ptr[0] == ',') && is_digit_at(*s, 1)) {
        enum layout_kind next = layout_next(&layout).kind;
        if (next != LAYOUT_FRACTION_0 && next != LAYOUT_FRACTION_9)
            return read_fraction(f, s, 1 + count_digits(*s, 1));
    }
    return true;
}

static bool read_pm(struct time_fields *f, struct slice *s, const char *am, const char *pm)
{
    if (slice_starts(*s, slice_text(pm)))
        f->is_pm = true;
    else if (slice_starts(*s, slice_text(am)))
        f->is_am = true;
    else
        return false;
    *s = slice_after(*s, 2);
    return true;
}

/* Two digits at a place, after a colon where there must be one. */
static bool offset_part(struct slice s, size_t *at, bool colon, int *out)
{
    if (colon) {
        if (*at >= s.len || s.ptr[*at] != ':')
            return false;
        ++*at;
    }
    struct slice digits = slice_after(s, *at < s.len ? *at : s.len);
    if (!read_number(&digits, true, out))
        return false;
    *at += 2;
    return true;
}

/* sign hours [ [":"] minutes [ [":"] seconds ] ], or Z */
static bool read_offset(struct time_fields *f, struct slice *s, const struct layout_element *e)
{
    if (e->z_for_utc && s->len > 0 && s->ptr[0] == 'Z') {
        *s = slice_after(*s, 1);
        f->is_utc = true;
        return true;
    }
    int hours = 0, minutes = 0, seconds = 0;
    size_t at = 1;
    if (!offset_part(*s, &at, false, &hours) || (e->has_minutes && !offset_part(*s, &at, e->has_colons, &minutes)) ||
        (e->has_seconds && !offset_part(*s, &at, e->has_colons, &seconds)))
        return false;
    check_range(f, hours <= 24, "time zone offset hour");
    check_range(f, minutes <= 60, "time zone offset minute");
    check_range(f, seconds <= 60, "time zone offset second");
    char sign = s->ptr[0];
    f->offset = (hours * 60 + minutes) * 60 + seconds;
    if (sign == '-')
        f->offset = -f->offset;
    f->has_offset = f->offset != -1; /* Go takes one second west of UTC for "not given" */
    *s = slice_after(*s, at);
    return sign == '+' || sign == '-';
}

/* Length of a signed number of hours up to 23, or 0. */
static size_t signed_hours(struct slice s)
{
    if (s.len < 2 || (s.ptr[0] != '+' && s.ptr[0] != '-'))
        return 0;
    int n = 0;
    size_t i = 1;
    for (; is_digit_at(s, i); i++) {
        n = n * 10 + (s.ptr[i] - '0');
        if (n > 23)
            return 0;
    }
    return i > 1 ? i : 0;
}

/* Length of what looks like the abbreviation of a zone, or 0. */
static size_t zone_name_length(struct slice s)
{
    if (s.len < 3)
        return 0;
    if (slice_starts(s, SLICE("ChST")) || slice_starts(s, SLICE("MeST")))
        return 4;
    if (slice_starts(s, SLICE("GMT")))
        return 3 + signed_hours(slice_after(s, 3));
    if (s.ptr[0] == '+' || s.ptr[0] == '-')
        return signed_hours(s);
    size_t upper = 0;
    while (upper < 6 && upper < s.len && s.ptr[upper] >= 'A' && s.ptr[upper] <= 'Z')
        upper++;
    if (upper == 5 && s.ptr[4] == 'T')
        return 5;
    if (upper == 4 && (s.ptr[3] == 'T' || slice_starts(s, SLICE("WITA"))))
        return 4;
    return upper == 3 ? 3 : 0;
}

static bool read_zone_name(struct time_fields *f, struct slice *s)
{
    if (slice_starts(*s, SLICE("UTC"))) {
        f->is_utc = true;
        *s = slice_after(*s, 3);
        return true;
    }
    size_t len = zone_name_length(*s);
    f->zone_name = slice_part(*s, 0, len);
    *s = slice_after(*s, len);
    return len > 0;
}

/* ".000" takes as many digits as it has, ".999" any number, and none at all. */
static bool read_fraction_element(struct time_fields *f, struct slice *s, const struct layout_element *e)
{
    if (e->kind == LAYOUT_FRACTION_0)
        return s->len >= e->digits + 1 && read_fraction(f, s, e->digits + 1);
    if (s->len < 2 || (s->ptr[0] != '.' && s->ptr[0] != ',') || !is_digit_at(*s, 1))
        return true;
    return read_fraction(f, s, 1 + count_digits(*s, 1));
}

/* Reads one element; `layout` is what follows it there. */
static bool read_element(struct time_fields *f, struct slice *s, const struct layout_element *e, struct slice layout)
{
    switch (e->kind) {
    case LAYOUT_YEAR:
        return read_year(f, s);
    case LAYOUT_LONG_YEAR:
        return read_long_year(f, s);
    case LAYOUT_MONTH:
    case LAYOUT_LONG_MONTH:
        return read_month(s, e->kind == LAYOUT_MONTH, &f->month);
    case LAYOUT_NUM_MONTH:
    case LAYOUT_ZERO_MONTH:
        return read_num_month(f, s, e->kind == LAYOUT_ZERO_MONTH);
    case LAYOUT_WEEKDAY:
    case LAYOUT_LONG_WEEKDAY:
        return read_weekday(s, e->kind == LAYOUT_WEEKDAY);
    case LAYOUT_DAY:
    case LAYOUT_UNDER_DAY:
    case LAYOUT_ZERO_DAY:
        return read_day(f, s, e->kind);
    case LAYOUT_UNDER_YEAR_DAY:
    case LAYOUT_ZERO_YEAR_DAY:
        return read_year_day(f, s, e->kind);
    case LAYOUT_HOUR:
    case LAYOUT_HOUR12:
    case LAYOUT_ZERO_HOUR12:
        return read_hour(f, s, e->kind);
    case LAYOUT_MINUTE:
    case LAYOUT_ZERO_MINUTE:
        return read_minute(f, s, e->kind == LAYOUT_ZERO_MINUTE);
    case LAYOUT_SECOND:
    case LAYOUT_ZERO_SECOND:
        return read_second(f, s, e->kind == LAYOUT_ZERO_SECOND, layout);
    case LAYOUT_PM:
        return read_pm(f, s, "AM", "PM");
    case LAYOUT_LOWER_PM:
        return read_pm(f, s, "am", "pm");
    case LAYOUT_OFFSET:
        return read_offset(f, s, e);
    case LAYOUT_ZONE_NAME:
        return read_zone_name(f, s);
    case LAYOUT_FRACTION_0:
    case LAYOUT_FRACTION_9:
        return read_fraction_element(f, s, e);
    case LAYOUT_END:
        break;
    }
    return true;
}

/* --- errors -------------------------------------------------------------------------------------------------- */

struct parse_texts {
    struct arena *arena;
    struct slice layout;
    struct slice text;
    struct slice *error;
};

/* `parsing time "…" as "…": cannot parse "…" as "…"` */
static bool mismatch(const struct parse_texts *p, struct slice at, struct slice element)
{
    struct buffer b = BUFFER_INIT;
    buffer_add_text(&b, "parsing time ");
    go_time_quote(&b, p->text);
    buffer_add_text(&b, " as ");
    go_time_quote(&b, p->layout);
    buffer_add_text(&b, ": cannot parse ");
    go_time_quote(&b, at);
    buffer_add_text(&b, " as ");
    go_time_quote(&b, element);
    *p->error = buffer_move(&b, p->arena);
    return false;
}

/* `parsing time "…": message` */
static bool fault(const struct parse_texts *p, const char *message)
{
    struct buffer b = BUFFER_INIT;
    buffer_add_text(&b, "parsing time ");
    go_time_quote(&b, p->text);
    buffer_printf(&b, ": %s", message);
    *p->error = buffer_move(&b, p->arena);
    return false;
}

static bool extra_text(const struct parse_texts *p, struct slice extra)
{
    struct buffer b = BUFFER_INIT;
    buffer_add_text(&b, "parsing time ");
    go_time_quote(&b, p->text);
    buffer_add_text(&b, ": extra text: ");
    go_time_quote(&b, extra);
    *p->error = buffer_move(&b, p->arena);
    return false;
}

/* --- the whole ----------------------------------------------------------------------------------------------- */

static bool read_fields(const struct parse_texts *p, struct time_fields *f)
{
    struct slice layout = p->layout;
    struct slice text = p->text;
    for (;;) {
        struct layout_element e = layout_next(&layout);
        if (!skip_literal(&text, e.prefix))
            return mismatch(p, text, e.prefix);
        if (e.kind == LAYOUT_END)
            return text.len == 0 || extra_text(p, text);
        struct slice before = text;
        bool ok = read_element(f, &text, &e, layout);
        if (f->out_of_range)
            return fault(p, arena_printf(p->arena, "%s out of range", f->out_of_range).ptr);
        if (!ok)
            return mismatch(p, before, e.text);
    }
}

/* Month and day from the day of the year, which must agree with those given. */
static bool apply_year_day(const struct parse_texts *p, struct time_fields *f)
{
    int limit = calendar_is_leap(f->year) ? 366 : 365;
    if (f->year_day < 1 || f->year_day > limit)
        return fault(p, "day-of-year out of range");
    int64_t year;
    int month, day;
    calendar_date(calendar_days(f->year, 1, f->year_day), &year, &month, &day);
    if (f->month >= 0 && f->month != month)
        return fault(p, "day-of-year does not match month");
    if (f->day >= 0 && f->day != day)
        return fault(p, "day-of-year does not match day");
    f->month = month;
    f->day = day;
    return true;
}

static bool check_fields(const struct parse_texts *p, struct time_fields *f)
{
    if (f->is_pm && f->hour < 12)
        f->hour += 12;
    else if (f->is_am && f->hour == 12)
        f->hour = 0;
    if (f->year_day >= 0 && !apply_year_day(p, f))
        return false;
    f->month = f->month < 0 ? 1 : f->month;
    f->day = f->day < 0 ? 1 : f->day;
    if (f->day < 1 || f->day > calendar_days_in(f->month, f->year))
        return fault(p, "day out of range");
    return true;
}

static struct go_time fixed_zone(struct go_time t, struct slice name, int offset)
{
    size_t len = name.len < sizeof t.zone.name - 1 ? name.len : sizeof t.zone.name - 1;
    memset(&t.zone, 0, sizeof t.zone);
    if (len > 0)
        memcpy(t.zone.name, name.ptr, len);
    t.zone.offset = offset;
    t.is_utc = false;
    return t;
}

/* The time at an offset: in the zone asked for where that has this offset (and name) then, else in a made-up one. */
static struct go_time at_offset(const struct time_fields *f, struct go_time wall, const char *zone)
{
    struct go_time local;
    wall.seconds -= f->offset;
    if (go_time_in(wall, zone, &local) && local.zone.offset == f->offset &&
        (f->zone_name.len == 0 || slice_is(f->zone_name, local.zone.name)))
        return local;
    return fixed_zone(wall, f->zone_name, f->offset);
}

/* The time in a zone given by its abbreviation. One that the zone asked for does not know is made up at offset 0,
   "GMT+3" excepted. */
static struct go_time at_zone_name(const struct time_fields *f, struct go_time wall, const char *zone)
{
    struct time_zone tz;
    int offset = 0;
    if (time_zone_open(&tz, zone)) {
        bool known = time_zone_lookup_name(&tz, f->zone_name, wall.seconds, &offset);
        time_zone_close(&tz);
        if (known) {
            wall.seconds -= offset;
            go_time_in(wall, zone, &wall);
            return wall;
        }
    }
    offset = 0;
    if (f->zone_name.len > 3 && slice_starts(f->zone_name, SLICE("GMT"))) {
        struct slice hours = slice_after(f->zone_name, 3);
        read_atoi(&hours, hours.len, &offset);
    }
    return fixed_zone(wall, f->zone_name, offset * 3600);
}

static struct go_time make_time(const struct time_fields *f, const char *zone)
{
    struct go_civil civil = {f->year, f->month, f->day, f->hour, f->minute, f->second, 0, 0};
    struct go_time wall = go_time_date(civil, f->nanoseconds, go_time_zero());
    if (f->is_utc)
        return wall;
    if (f->has_offset)
        return at_offset(f, wall, zone);
    if (f->zone_name.len > 0)
        return at_zone_name(f, wall, zone);
    struct go_time in_zone;
    return go_time_in(wall, zone, &in_zone) ? go_time_date(civil, f->nanoseconds, in_zone) : wall;
}

bool go_time_parse(struct arena *a, struct slice layout, struct slice text, const char *zone, struct go_time *out,
                   struct slice *error)
{
    struct parse_texts p = {a, layout, text, error};
    struct time_fields f = {.month = -1, .day = -1, .year_day = -1};
    if (!read_fields(&p, &f) || !check_fields(&p, &f))
        return false;
    *out = make_time(&f, zone);
    return true;
}
