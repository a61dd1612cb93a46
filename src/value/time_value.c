/*
 * time_value.c - methods of times, locations, durations, months and weekdays
 *
 * Each method is a thin step onto golang/time_format; the tables at the end are what templates see. Methods that Go's
 * template engine refuses (two results of which the second is no error) are listed with its words.
 */
#include "value/time_value.h"

#include "golang/calendar.h"
#include "value/call.h"

#include <time.h>

struct time_object {
    struct object object;
    struct go_time time;
};

/* A *time.Location: the zone that a time is in. */
struct location_object {
    struct object object;
    struct go_time time;
};

static const struct object_type time_type;
static const struct object_type location_type;

struct value time_value(struct arena *a, struct go_time t)
{
    struct time_object *o = ARENA_NEW(a, struct time_object);
    o->object.type = &time_type;
    o->time = t;
    return value_object(&o->object);
}

bool time_value_is(struct value v)
{
    return v.kind == VALUE_OBJECT && v.object->type == &time_type;
}

struct go_time time_value_get(struct value v)
{
    return ((const struct time_object *)(const void *)v.object)->time;
}

struct go_time time_value_now(bool seeded)
{
    struct timespec now, running;
    struct go_time t = go_time_utc(calendar_days(2000, 1, 1) * SECONDS_PER_DAY, 0);
    if (!seeded) {
        clock_gettime(CLOCK_REALTIME, &now);
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &running);
        t = go_time_utc(now.tv_sec, (int32_t)now.tv_nsec);
        t.has_monotonic = true;
        t.monotonic = running.tv_sec * 1000000000 + running.tv_nsec;
    }
    go_time_in(t, "Local", &t);
    return t;
}

/* --- methods of a time --------------------------------------------------------------------------------------- */

static struct go_civil civil_of(struct value self)
{
    return go_time_civil(time_value_get(self));
}

static bool give_time(struct call *call, struct go_time t, struct value *out)
{
    *out = time_value(call->arena, t);
    return true;
}

static bool give_int(struct value *out, int64_t i)
{
    *out = value_int(i);
    return true;
}

static bool give_int64(struct value *out, int64_t i)
{
    *out = value_int64(i);
    return true;
}

static bool give_text(struct call *call, struct buffer *text, struct value *out)
{
    *out = value_string(buffer_move(text, call->arena));
    return true;
}

static bool time_Add(struct call *call, struct value self, struct value *out)
{
    return give_time(call, go_time_add(time_value_get(self), call->args[0].i), out);
}

static bool time_AddDate(struct call *call, struct value self, struct value *out)
{
    return give_time(
        call, go_time_add_date(time_value_get(self), call->args[0].i, call->args[1].i, call->args[2].i), out);
}

static int compare_with_argument(struct call *call, struct value self)
{
    return go_time_compare(time_value_get(self), time_value_get(call->args[0]));
}

static bool time_After(struct call *call, struct value self, struct value *out)
{
    *out = value_bool(compare_with_argument(call, self) > 0);
    return true;
}

static bool time_Before(struct call *call, struct value self, struct value *out)
{
    *out = value_bool(compare_with_argument(call, self) < 0);
    return true;
}

static bool time_Compare(struct call *call, struct value self, struct value *out)
{
    return give_int(out, compare_with_argument(call, self));
}

static bool time_Equal(struct call *call, struct value self, struct value *out)
{
    *out = value_bool(compare_with_argument(call, self) == 0);
    return true;
}

static bool time_Day(struct call *call, struct value self, struct value *out)
{
    (void)call;
    return give_int(out, civil_of(self).day);
}

static bool time_Format(struct call *call, struct value self, struct value *out)
{
    struct buffer b = BUFFER_INIT;
    go_time_format(&b, time_value_get(self), value_slice(call->args[0]));
    return give_text(call, &b, out);
}

static bool time_GoString(struct call *call, struct value self, struct value *out)
{
    struct buffer b = BUFFER_INIT;
    go_time_go_string(&b, time_value_get(self));
    return give_text(call, &b, out);
}

static bool time_Hour(struct call *call, struct value self, struct value *out)
{
    (void)call;
    return give_int(out, civil_of(self).hour);
}

static bool time_In(struct call *call, struct value self, struct value *out)
{
    struct value location = call->args[0];
    if (location.kind != VALUE_OBJECT || location.object->type != &location_type)
        return call_error(call, "wrong type for value; expected *time.Location; got %s", value_type_name(location));
    struct go_time in = ((const struct location_object *)(const void *)location.object)->time;
    struct go_time t = time_value_get(self);
    if (in.zone.location[0])
        go_time_in(t, in.zone.location, &t);
    else {
        t.zone = in.zone;
        t.is_utc = false;
    }
    return give_time(call, t, out);
}

static bool time_IsDST(struct call *call, struct value self, struct value *out)
{
    (void)call;
    *out = value_bool(go_time_is_dst(time_value_get(self)));
    return true;
}

static bool time_IsZero(struct call *call, struct value self, struct value *out)
{
    (void)call;
    *out = value_bool(go_time_compare(time_value_get(self), go_time_zero()) == 0);
    return true;
}

static bool time_Local(struct call *call, struct value self, struct value *out)
{
    struct go_time t = time_value_get(self);
    go_time_in(t, "Local", &t);
    return give_time(call, t, out);
}

static bool time_Location(struct call *call, struct value self, struct value *out)
{
    struct location_object *o = ARENA_NEW(call->arena, struct location_object);
    o->object.type = &location_type;
    o->time = time_value_get(self);
    *out = value_object(&o->object);
    return true;
}

static struct value time_to_plain(struct value self, struct arena *a)
{
    struct buffer b = BUFFER_INIT;
    go_time_format(&b, time_value_get(self), SLICE("2006-01-02T15:04:05.999999999Z07:00"));
    return value_string(buffer_move(&b, a));
}

static bool time_MarshalJSON(struct call *call, struct value self, struct value *out)
{
    struct slice text = value_slice(time_to_plain(self, call->arena));
    *out = value_bytes(arena_printf(call->arena, "\"%.*s\"", SLICE_ARG(text)));
    return true;
}

static bool time_MarshalText(struct call *call, struct value self, struct value *out)
{
    *out = value_bytes(value_slice(time_to_plain(self, call->arena)));
    return true;
}

static bool time_Minute(struct call *call, struct value self, struct value *out)
{
    (void)call;
    return give_int(out, civil_of(self).minute);
}

static bool time_Month(struct call *call, struct value self, struct value *out)
{
    (void)call;
    *out = value_int_as(GO_MONTH, civil_of(self).month);
    return true;
}

static bool time_Nanosecond(struct call *call, struct value self, struct value *out)
{
    (void)call;
    return give_int(out, time_value_get(self).nanoseconds);
}

static bool time_Round(struct call *call, struct value self, struct value *out)
{
    return give_time(call, go_time_round(time_value_get(self), call->args[0].i), out);
}

static bool time_Second(struct call *call, struct value self, struct value *out)
{
    (void)call;
    return give_int(out, civil_of(self).second);
}

static bool time_String(struct call *call, struct value self, struct value *out)
{
    struct buffer b = BUFFER_INIT;
    go_time_string(&b, time_value_get(self));
    return give_text(call, &b, out);
}

static bool time_Sub(struct call *call, struct value self, struct value *out)
{
    *out = value_int_as(GO_DURATION, go_time_sub(time_value_get(self), time_value_get(call->args[0])));
    return true;
}

static bool time_Truncate(struct call *call, struct value self, struct value *out)
{
    return give_time(call, go_time_truncate(time_value_get(self), call->args[0].i), out);
}

static bool time_UTC(struct call *call, struct value self, struct value *out)
{
    struct go_time t = time_value_get(self);
    go_time_in(t, "UTC", &t);
    return give_time(call, t, out);
}

/* Seconds since the epoch in a smaller unit, wrapping around. */
static int64_t since_epoch(struct value self, int64_t per_second)
{
    struct go_time t = time_value_get(self);
    uint64_t whole = (uint64_t)t.seconds * (uint64_t)per_second;
    return (int64_t)(whole + (uint64_t)(t.nanoseconds / (1000000000 / per_second)));
}

static bool time_Unix(struct call *call, struct value self, struct value *out)
{
    (void)call;
    return give_int64(out, time_value_get(self).seconds);
}

static bool time_UnixMilli(struct call *call, struct value self, struct value *out)
{
    (void)call;
    return give_int64(out, since_epoch(self, 1000));
}

static bool time_UnixMicro(struct call *call, struct value self, struct value *out)
{
    (void)call;
    return give_int64(out, since_epoch(self, 1000000));
}

static bool time_UnixNano(struct call *call, struct value self, struct value *out)
{
    (void)call;
    return give_int64(out, since_epoch(self, 1000000000));
}

static bool time_Weekday(struct call *call, struct value self, struct value *out)
{
    (void)call;
    *out = value_int_as(GO_WEEKDAY, civil_of(self).weekday);
    return true;
}

static bool time_Year(struct call *call, struct value self, struct value *out)
{
    (void)call;
    return give_int(out, civil_of(self).year);
}

static bool time_YearDay(struct call *call, struct value self, struct value *out)
{
    (void)call;
    return give_int(out, civil_of(self).year_day);
}

static const struct method time_methods[] = {
    {"Add", "d", time_Add},
    {"AddDate", "iii", time_AddDate},
    {"After", "t", time_After},
    {"Before", "t", time_Before},
    {"Clock", "!function Clock has 3 return values; should be 1 or 2", NULL},
    {"Compare", "t", time_Compare},
    {"Date", "!function Date has 3 return values; should be 1 or 2", NULL},
    {"Day", "", time_Day},
    {"Equal", "t", time_Equal},
    {"Format", "s", time_Format},
    {"GoString", "", time_GoString},
    {"Hour", "", time_Hour},
    {"ISOWeek", "!invalid function signature for ISOWeek: second return value should be error; is int", NULL},
    {"In", "a", time_In},
    {"IsDST", "", time_IsDST},
    {"IsZero", "", time_IsZero},
    {"Local", "", time_Local},
    {"Location", "", time_Location},
    {"MarshalJSON", "", time_MarshalJSON},
    {"MarshalText", "", time_MarshalText},
    {"Minute", "", time_Minute},
    {"Month", "", time_Month},
    {"Nanosecond", "", time_Nanosecond},
    {"Round", "d", time_Round},
    {"Second", "", time_Second},
    {"String", "", time_String},
    {"Sub", "t", time_Sub},
    {"Truncate", "d", time_Truncate},
    {"UTC", "", time_UTC},
    {"Unix", "", time_Unix},
    {"UnixMicro", "", time_UnixMicro},
    {"UnixMilli", "", time_UnixMilli},
    {"UnixNano", "", time_UnixNano},
    {"Weekday", "", time_Weekday},
    {"Year", "", time_Year},
    {"YearDay", "", time_YearDay},
    {"Zone", "!invalid function signature for Zone: second return value should be error; is int", NULL},
    {"ZoneBounds", "!invalid function signature for ZoneBounds: second return value should be error; is time.Time",
     NULL},
    {NULL, NULL, NULL},
};

static enum member_kind find_method(const struct method *methods, struct slice name, const struct method **method)
{
    for (; methods->name; methods++) {
        if (slice_is(name, methods->name)) {
            *method = methods;
            return MEMBER_METHOD;
        }
    }
    return MEMBER_NONE;
}

static enum member_kind time_member(struct value self, struct slice name, struct arena *a, struct value *out,
                                    const struct method **method)
{
    (void)self;
    (void)a;
    (void)out;
    return find_method(time_methods, name, method);
}

static void time_print(struct value self, struct buffer *out, bool plus, bool sharp)
{
    (void)plus;
    if (sharp)
        go_time_go_string(out, time_value_get(self));
    else
        go_time_string(out, time_value_get(self));
}

static bool time_equal(struct value a, struct value b)
{
    struct go_time t = time_value_get(a);
    struct go_time u = time_value_get(b);
    return go_time_compare(t, u) == 0 && t.is_utc == u.is_utc && t.zone.offset == u.zone.offset &&
           strcmp(t.zone.location, u.zone.location) == 0 && strcmp(t.zone.name, u.zone.name) == 0;
}

static const struct object_type time_type = {
    .name = "time.Time",
    .kind = "struct",
    .member = time_member,
    .print = time_print,
    .to_plain = time_to_plain,
    .equal = time_equal,
};

/* --- locations ----------------------------------------------------------------------------------------------- */

static struct slice location_name(struct value self)
{
    const struct go_zone *zone = &((const struct location_object *)(const void *)self.object)->time.zone;
    return slice_text(zone->location[0] ? zone->location : zone->name);
}

static bool location_String(struct call *call, struct value self, struct value *out)
{
    (void)call;
    *out = value_string(location_name(self));
    return true;
}

static enum member_kind location_member(struct value self, struct slice name, struct arena *a, struct value *out,
                                        const struct method **method)
{
    static const struct method methods[] = {{"String", "", location_String}, {NULL, NULL, NULL}};
    (void)self;
    (void)a;
    (void)out;
    return find_method(methods, name, method);
}

static void location_print(struct value self, struct buffer *out, bool plus, bool sharp)
{
    (void)plus;
    (void)sharp;
    buffer_add(out, location_name(self));
}

static const struct object_type location_type = {
    .name = "*time.Location",
    .kind = "ptr",
    .member = location_member,
    .print = location_print,
};

/* --- durations, months, weekdays ----------------------------------------------------------------------------- */

/* Whole units and the rest apart, as Go divides, so that the last digit agrees. */
static double duration_in(int64_t d, int64_t unit)
{
    return (double)(d / unit) + (double)(d % unit) / (double)unit;
}

static bool duration_Hours(struct call *call, struct value self, struct value *out)
{
    (void)call;
    *out = value_float(duration_in(self.i, 3600000000000));
    return true;
}

static bool duration_Minutes(struct call *call, struct value self, struct value *out)
{
    (void)call;
    *out = value_float(duration_in(self.i, 60000000000));
    return true;
}

static bool duration_Seconds(struct call *call, struct value self, struct value *out)
{
    (void)call;
    *out = value_float(duration_in(self.i, 1000000000));
    return true;
}

static bool duration_Milliseconds(struct call *call, struct value self, struct value *out)
{
    (void)call;
    return give_int64(out, self.i / 1000000);
}

static bool duration_Microseconds(struct call *call, struct value self, struct value *out)
{
    (void)call;
    return give_int64(out, self.i / 1000);
}

static bool duration_Nanoseconds(struct call *call, struct value self, struct value *out)
{
    (void)call;
    return give_int64(out, self.i);
}

static bool duration_Abs(struct call *call, struct value self, struct value *out)
{
    (void)call;
    int64_t d = self.i == INT64_MIN ? INT64_MAX : self.i < 0 ? -self.i : self.i;
    *out = value_int_as(GO_DURATION, d);
    return true;
}

static bool duration_Round(struct call *call, struct value self, struct value *out)
{
    *out = value_int_as(GO_DURATION, go_round_duration(self.i, call->args[0].i));
    return true;
}

static bool duration_Truncate(struct call *call, struct value self, struct value *out)
{
    *out = value_int_as(GO_DURATION, go_truncate_duration(self.i, call->args[0].i));
    return true;
}

static bool integer_String(struct call *call, struct value self, struct value *out)
{
    struct buffer b = BUFFER_INIT;
    value_time_text(self, &b);
    return give_text(call, &b, out);
}

static const struct method duration_methods[] = {
    {"Abs", "", duration_Abs},
    {"Hours", "", duration_Hours},
    {"Microseconds", "", duration_Microseconds},
    {"Milliseconds", "", duration_Milliseconds},
    {"Minutes", "", duration_Minutes},
    {"Nanoseconds", "", duration_Nanoseconds},
    {"Round", "d", duration_Round},
    {"Seconds", "", duration_Seconds},
    {"String", "", integer_String},
    {"Truncate", "d", duration_Truncate},
    {NULL, NULL, NULL},
};

static const struct method name_methods[] = {
    {"String", "", integer_String},
    {NULL, NULL, NULL},
};

enum member_kind value_time_member(struct value self, struct slice name, struct arena *a, struct value *out,
                                   const struct method **method)
{
    (void)a;
    (void)out;
    if (self.type == GO_DURATION)
        return find_method(duration_methods, name, method);
    if (self.type == GO_MONTH || self.type == GO_WEEKDAY)
        return find_method(name_methods, name, method);
    return MEMBER_NONE;
}

bool value_time_text(struct value v, struct buffer *out)
{
    if (v.type == GO_DURATION)
        go_format_duration(out, v.i);
    else if (v.type == GO_MONTH && v.i >= 1 && v.i <= 12)
        buffer_add_text(out, go_month_name((int)v.i));
    else if (v.type == GO_WEEKDAY && v.i >= 0 && v.i <= 6)
        buffer_add_text(out, go_weekday_name((int)v.i));
    else if (v.type == GO_MONTH || v.type == GO_WEEKDAY)
        buffer_printf(out, "%%!%s(%ju)", v.type == GO_MONTH ? "Month" : "Weekday", (uintmax_t)(uint64_t)v.i);
    else
        return false;
    return true;
}
