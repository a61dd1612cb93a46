/*
 * time_layout.c - finds the elements of a layout
 *
 * At each byte one table row after the other is tried, longer forms first; what no row fits is literal text.
 */
#include "golang/time_layout.h"

struct layout_row {
    const char *text;
    enum layout_kind kind;
    bool not_before_lower; /* "Jan" in "Janet" is literal */
};

static const struct layout_row rows[] = {
    {"January", LAYOUT_LONG_MONTH, false},
    {"Jan", LAYOUT_MONTH, true},
    {"Monday", LAYOUT_LONG_WEEKDAY, false},
    {"Mon", LAYOUT_WEEKDAY, true},
    {"MST", LAYOUT_ZONE_NAME, false},
    {"01", LAYOUT_ZERO_MONTH, false},
    {"02", LAYOUT_ZERO_DAY, false},
    {"03", LAYOUT_ZERO_HOUR12, false},
    {"04", LAYOUT_ZERO_MINUTE, false},
    {"05", LAYOUT_ZERO_SECOND, false},
    {"06", LAYOUT_YEAR, false},
    {"002", LAYOUT_ZERO_YEAR_DAY, false},
    {"15", LAYOUT_HOUR, false},
    {"1", LAYOUT_NUM_MONTH, false},
    {"2006", LAYOUT_LONG_YEAR, false},
    {"2", LAYOUT_DAY, false},
    {"_2", LAYOUT_UNDER_DAY, false},
    {"__2", LAYOUT_UNDER_YEAR_DAY, false},
    {"3", LAYOUT_HOUR12, false},
    {"4", LAYOUT_MINUTE, false},
    {"5", LAYOUT_SECOND, false},
    {"PM", LAYOUT_PM, false},
    {"pm", LAYOUT_LOWER_PM, false},
};

/* Offsets after their sign or Z, longest first. */
static const char *const offsets[] = {"070000", "07:00:00", "0700", "07:00", "07"};

static bool begins_lower(struct slice s)
{
    return s.len > 0 && s.ptr[0] >= 'a' && s.ptr[0] <= 'z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "-07…" or "Z07…"; returns the length, 0 where it is none. */
static size_t match_offset(struct slice s, struct layout_element *e)
{
    if (s.ptr[0] != '-' && s.ptr[0] != 'Z')
        return 0;
    for (size_t i = 0; i < sizeof offsets / sizeof offsets[0]; i++) {
        struct slice text = slice_text(offsets[i]);
        if (!slice_starts(slice_after(s, 1), text))
            continue;
        e->kind = LAYOUT_OFFSET;
        e->z_for_utc = s.ptr[0] == 'Z';
        e->has_colons = slice_find_char(text, ':') < text.len;
        e->has_minutes = text.len > 2;
        e->has_seconds = text.len > 5;
        return text.len + 1;
    }
    return 0;
}

/* ".000", ",999": the same digit up to what is no digit. */
static size_t match_fraction(struct slice s, struct layout_element *e)
{
    if ((s.ptr[0] != '.' && s.ptr[0] != ',') || s.len < 2 || (s.ptr[1] != '0' && s.ptr[1] != '9'))
        return 0;
    size_t end = 1;
    while (end < s.len && s.ptr[end] == s.ptr[1])
        end++;
    if (end < s.len && is_digit(s.ptr[end]))
        return 0;
    e->kind = s.ptr[1] == '0' ? LAYOUT_FRACTION_0 : LAYOUT_FRACTION_9;
    e->digits = end - 1;
    return end;
}

static size_t match_row(struct slice s, struct layout_element *e)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct slice text = slice_text(rows[i].text);
        if (!slice_starts(s, text) || (rows[i].not_before_lower && begins_lower(slice_after(s, text.len))))
            continue;
        e->kind = rows[i].kind;
        return text.len;
    }
    return 0;
}

struct layout_element layout_next(struct slice *layout)
{
    struct layout_element e = {.kind = LAYOUT_END};
    struct slice s = *layout;
    for (size_t i = 0; i < s.len; i++) {
        struct slice rest = slice_after(s, i);
        if (slice_starts(rest, SLICE("_2006"))) /* the underscore is literal, the year is not "_2" */
            rest = slice_after(s, ++i);
        size_t len = match_offset(rest, &e);
        if (!len)
            len = match_fraction(rest, &e);
        if (!len)
            len = match_row(rest, &e);
        if (len) {
            e.prefix = slice_part(s, 0, i);
            e.text = slice_part(rest, 0, len);
            *layout = slice_after(rest, len);
            return e;
        }
    }
    e.prefix = s;
    e.text = *layout = slice_after(s, s.len);
    return e;
}
