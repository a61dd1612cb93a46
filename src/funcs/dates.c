/*
 * dates.c - functions on times and durations
 *
 * Most take their date as time.Time or as seconds since the epoch in an int, int32 or int64; anything else, a float64
 * from values too, means now. An unknown zone is UTC. With --seed now is a fixed instant (value/time_value.h).
 */
#include "funcs/groups.h"
#include "golang/strconv.h"
#include "value/time_value.h"

static struct go_time now(struct call *call)
{
    return time_value_now(call->host && call->host->seeded);
}

static bool is_int(struct value v)
{
    return v.type == GO_INT || v.type == GO_INT64;
}

static struct go_time date_argument(struct call *call, struct value v)
{
    if (time_value_is(v))
        return time_value_get(v);
    if (is_int(v) || v.type == GO_INT32)
        return go_time_utc(v.i, 0);
    return now(call);
}

static bool format_in_zone(struct call *call, struct slice layout, struct value date, const char *zone,
                           struct value *out)
{
    struct buffer b = BUFFER_INIT;
    struct go_time t = date_argument(call, date);
    struct go_time in_zone;
    if (!go_time_in(t, zone, &in_zone))
        go_time_in(t, "UTC", &in_zone);
    go_time_format(&b, in_zone, layout);
    *out = value_string(buffer_move(&b, call->arena));
    return true;
}

/* --- times --------------------------------------------------------------------------------------------------- */

static bool fn_now(struct call *call, struct value *out)
{
    *out = time_value(call->arena, now(call));
    return true;
}

static bool fn_date(struct call *call, struct value *out)
{
    return format_in_zone(call, value_slice(call->args[0]), call->args[1], "Local", out);
}

static bool fn_dateInZone(struct call *call, struct value *out)
{
    const char *zone = arena_text(call->arena, value_slice(call->args[2]));
    return format_in_zone(call, value_slice(call->args[0]), call->args[1], zone, out);
}

static bool fn_htmlDate(struct call *call, struct value *out)
{
    return format_in_zone(call, SLICE("2006-01-02"), call->args[0], "Local", out);
}

static bool fn_htmlDateInZone(struct call *call, struct value *out)
{
    const char *zone = arena_text(call->arena, value_slice(call->args[1]));
    return format_in_zone(call, SLICE("2006-01-02"), call->args[0], zone, out);
}

static bool fn_mustToDate(struct call *call, struct value *out)
{
    struct go_time t;
    struct slice error;
    if (!go_time_parse(call->arena, value_slice(call->args[0]), value_slice(call->args[1]), "Local", &t, &error))
        return call_error_slice(call, error);
    *out = time_value(call->arena, t);
    return true;
}

static bool fn_toDate(struct call *call, struct value *out)
{
    if (!fn_mustToDate(call, out))
        *out = time_value(call->arena, go_time_zero());
    return true;
}

static bool fn_mustDateModify(struct call *call, struct value *out)
{
    int64_t d;
    struct slice error;
    if (!go_parse_duration(call->arena, value_slice(call->args[0]), &d, &error))
        return call_error_slice(call, error);
    *out = time_value(call->arena, go_time_add(time_value_get(call->args[1]), d));
    return true;
}

static bool fn_dateModify(struct call *call, struct value *out)
{
    if (!fn_mustDateModify(call, out))
        *out = call->args[1];
    return true;
}

static bool fn_unixEpoch(struct call *call, struct value *out)
{
    *out = value_string(arena_printf(call->arena, "%jd", (intmax_t)time_value_get(call->args[0]).seconds));
    return true;
}

/* --- durations ----------------------------------------------------------------------------------------------- */

static bool give_duration(struct call *call, int64_t d, struct value *out)
{
    struct buffer b = BUFFER_INIT;
    go_format_duration(&b, d);
    *out = value_string(buffer_move(&b, call->arena));
    return true;
}

/* An int32 is now here, not seconds: sprig's ago forgets it. */
static bool fn_ago(struct call *call, struct value *out)
{
    struct value v = call->args[0];
    struct go_time t = v.type == GO_INT32 ? now(call) : date_argument(call, v);
    return give_duration(call, go_round_duration(go_time_sub(now(call), t), 1000000000), out);
}

/* Seconds in a string or an int64; anything else, an int too, is 0. What overflows wraps around. */
static bool fn_duration(struct call *call, struct value *out)
{
    struct value v = call->args[0];
    int64_t seconds = 0;
    if (v.type == GO_STRING)
        go_parse_int(value_slice(v), 10, 64, &seconds);
    else if (v.type == GO_INT64)
        seconds = v.i;
    return give_duration(call, (int64_t)((uint64_t)seconds * 1000000000u), out);
}

static int64_t duration_argument(struct call *call, struct value v)
{
    int64_t d = 0;
    struct slice error;
    if (v.type == GO_STRING && !go_parse_duration(call->arena, value_slice(v), &d, &error))
        return 0;
    if (v.type == GO_INT64)
        return v.i;
    if (time_value_is(v))
        return go_time_sub(now(call), time_value_get(v));
    return d;
}

/* In the largest unit that the duration strictly exceeds. */
static bool fn_durationRound(struct call *call, struct value *out)
{
    static const struct {
        uint64_t seconds;
        const char *unit;
    } units[] = {{31536000, "y"}, {2592000, "mo"}, {86400, "d"}, {3600, "h"}, {60, "m"}, {1, "s"}};
    int64_t d = duration_argument(call, call->args[0]);
    uint64_t n = d < 0 ? -(uint64_t)d : (uint64_t)d;
    *out = value_text("0s");
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        uint64_t unit = units[i].seconds * 1000000000;
        if (n > unit) {
            *out = value_string(arena_printf(call->arena, "%ju%s", (uintmax_t)(n / unit), units[i].unit));
            break;
        }
    }
    return true;
}

const struct function functions_dates[] = {
    {"ago", "a", fn_ago, "time since a date, to the second", NULL, NULL},
    {"date", "sa", fn_date, "a date by a layout, in local time", "date \"2006-01-02\" 0", "1970-01-01"},
    {"dateInZone", "sas", fn_dateInZone, "a date by a layout in a zone", "dateInZone \"15:04\" 0 \"UTC\"", "00:00"},
    {"dateModify", "st", fn_dateModify, "a date moved by a duration; unchanged where that is malformed",
     "dateModify \"-24h\" (toDate \"2006-01-02\" \"2020-03-01\") | htmlDate", "2020-02-29"},
    {"date_in_zone", "sas", fn_dateInZone, "as dateInZone", "date_in_zone \"15:04\" 0 \"UTC\"", "00:00"},
    {"date_modify", "st", fn_dateModify, "as dateModify", NULL, NULL},
    {"duration", "a", fn_duration, "a number of seconds as a duration", "duration \"95\"", "1m35s"},
    {"durationRound", "a", fn_durationRound, "a duration in its largest unit", "durationRound \"25h\"", "1d"},
    {"htmlDate", "a", fn_htmlDate, "year, month and day of a date", "htmlDate 0", "1970-01-01"},
    {"htmlDateInZone", "as", fn_htmlDateInZone, "the same in a zone", "htmlDateInZone 0 \"UTC\"", "1970-01-01"},
    {"mustDateModify", "st", fn_mustDateModify, "as dateModify, failing on a malformed duration", NULL, NULL},
    {"mustToDate", "ss", fn_mustToDate, "as toDate, failing on a malformed date", NULL, NULL},
    {"must_date_modify", "st", fn_mustDateModify, "as mustDateModify", NULL, NULL},
    {"now", "", fn_now, "the present", NULL, NULL},
    {"toDate", "ss", fn_toDate, "a date read by a layout; year 1 where that fails",
     "(toDate \"2006-01-02\" \"2020-03-01\").Year", "2020"},
    {"unixEpoch", "t", fn_unixEpoch, "seconds since the epoch", "unixEpoch (toDate \"2006\" \"1970\")", "0"},
    {NULL, NULL, NULL, NULL, NULL, NULL},
};
