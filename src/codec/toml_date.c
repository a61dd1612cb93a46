/*
 * toml_date.c - dates and times of TOML
 */
#include "codec/toml_date.h"

#include "value/time_value.h"

struct form {
    const char *layout;
    const char *zone; /* null: the text has one */
};

static const struct form forms[] = {
    {"2006-01-02T15:04:05.999999999Z07:00", NULL},
    {"2006-01-02T15:04:05.999999999", "datetime-local"},
    {"2006-01-02", "date-local"},
    {"15:04:05.999999999", "time-local"},
    {"2006-01-02T15:04Z07:00", NULL},
    {"2006-01-02T15:04", "datetime-local"},
    {"15:04", "time-local"},
};

enum {
    FORMS = sizeof forms / sizeof forms[0]
};

/* Go's parser takes a single digit where TOML wants two; then a separator is not where it should be. */
static bool is_aligned(struct slice text, const char *layout)
{
    for (size_t i = 0; layout[i] && layout[i] != '.' && layout[i] != 'Z'; i++) {
        bool is_separator = layout[i] < '0' || layout[i] > '9';
        if (is_separator && (i >= text.len || text.ptr[i] != layout[i]))
            return false;
    }
    return true;
}

/* The same wall clock in a zone of that name with the local offset. */
static struct go_time in_named_zone(struct go_time t, const char *name)
{
    struct go_civil civil = go_time_civil(t);
    struct go_time zone = time_value_now(false);
    memset(zone.zone.name, 0, sizeof zone.zone.name);
    memcpy(zone.zone.name, name, strlen(name));
    zone.zone.location[0] = '\0';
    zone.is_utc = false;
    zone.has_monotonic = false;
    return go_time_date(civil, t.nanoseconds, zone);
}

bool toml_date_read(struct arena *a, struct slice text, struct go_time *out)
{
    for (size_t i = 0; i < FORMS; i++) {
        struct slice error;
        const char *zone = forms[i].zone ? "UTC" : "Local";
        if (!go_time_parse(a, slice_text(forms[i].layout), text, zone, out, &error))
            continue;
        if (!is_aligned(text, forms[i].layout))
            return false;
        if (forms[i].zone)
            *out = in_named_zone(*out, forms[i].zone);
        return true;
    }
    return false;
}

void toml_date_write(struct buffer *out, struct go_time t)
{
    const char *layout = forms[0].layout;
    for (size_t i = 0; i < FORMS; i++) {
        if (forms[i].zone && t.zone.location[0] == '\0' && strcmp(t.zone.name, forms[i].zone) == 0) {
            layout = forms[i].layout;
            break;
        }
    }
    go_time_format(out, t, slice_text(layout));
}
