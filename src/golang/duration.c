/*
 * duration.c - durations: read, written, rounded
 */
#include "golang/time_format.h"
#include "golang/unicode.h"

/* --- reading ------------------------------------------------------------------------------------------------- */

struct duration_unit {
    const char *text;
    uint64_t nanoseconds;
};

static const struct duration_unit units[] = {
    {"ns", 1},
    {"us", 1000},
    {"\xc2\xb5s", 1000}, /* micro sign */
    {"\xce\xbcs", 1000}, /* Greek mu */
    {"ms", 1000000},
    {"s", 1000000000},
    {"m", 60000000000},
    {"h", 3600000000000},
};

static const uint64_t too_large = (uint64_t)1 << 63;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Leading digits; false: more than 2^63. */
static bool read_whole(struct slice *s, uint64_t *out)
{
    uint64_t n = 0;
    size_t i = 0;
    for (; i < s->len && is_digit(s->ptr[i]); i++) {
        if (n > too_large / 10)
            return false;
        n = n * 10 + (uint64_t)(s->ptr[i] - '0');
        if (n > too_large)
            return false;
    }
    *out = n;
    *s = slice_after(*s, i);
    return true;
}

/* Digits of a fraction and the power of ten to divide by; those that do not fit are dropped. */
static void read_fraction(struct slice *s, uint64_t *out, double *scale)
{
    uint64_t n = 0;
    bool full = false;
    size_t i = 0;
    *scale = 1;
    for (; i < s->len && is_digit(s->ptr[i]); i++) {
        if (full || n > (too_large - 1) / 10) {
            full = true;
            continue;
        }
        uint64_t next = n * 10 + (uint64_t)(s->ptr[i] - '0');
        if (next > too_large) {
            full = true;
            continue;
        }
        n = next;
        *scale *= 10;
    }
    *out = n;
    *s = slice_after(*s, i);
}

static struct slice read_unit_name(struct slice *s)
{
    size_t i = 0;
    while (i < s->len && s->ptr[i] != '.' && !is_digit(s->ptr[i]))
        i++;
    struct slice name = slice_part(*s, 0, i);
    *s = slice_after(*s, i);
    return name;
}

static const struct duration_unit *find_unit(struct slice name)
{
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (slice_is(name, units[i].text))
            return &units[i];
    return NULL;
}

enum duration_fault {
    DURATION_OK,
    DURATION_INVALID,
    DURATION_NO_UNIT,
    DURATION_UNKNOWN_UNIT
};

/* number [ "." fraction ] unit, added to *total. *unit is the name that was read. */
static enum duration_fault read_term(struct slice *s, uint64_t *total, struct slice *unit)
{
    uint64_t whole, fraction = 0;
    double scale = 1;
    size_t len = s->len;
    if (!read_whole(s, &whole))
        return DURATION_INVALID;
    bool has_digits = s->len < len;
    if (s->len > 0 && s->ptr[0] == '.') {
        *s = slice_after(*s, 1);
        len = s->len;
        read_fraction(s, &fraction, &scale);
        has_digits = has_digits || s->len < len;
    }
    if (!has_digits)
        return DURATION_INVALID;
    *unit = read_unit_name(s);
    if (unit->len == 0)
        return DURATION_NO_UNIT;
    const struct duration_unit *u = find_unit(*unit);
    if (!u)
        return DURATION_UNKNOWN_UNIT;
    if (whole > too_large / u->nanoseconds)
        return DURATION_INVALID;
    whole *= u->nanoseconds;
    if (fraction > 0)
        whole += (uint64_t)((double)fraction * ((double)u->nanoseconds / scale));
    if (whole > too_large)
        return DURATION_INVALID;
    *total += whole;
    return *total > too_large ? DURATION_INVALID : DURATION_OK;
}

/* [ sign ] ( "0" | term { term } ) */
static enum duration_fault read_duration(struct slice s, int64_t *out, struct slice *unit)
{
    bool negative = s.len > 0 && s.ptr[0] == '-';
    if (negative || (s.len > 0 && s.ptr[0] == '+'))
        s = slice_after(s, 1);
    uint64_t total = 0;
    if (slice_is(s, "0"))
        s = slice_after(s, 1);
    else if (s.len == 0)
        return DURATION_INVALID;
    while (s.len > 0) {
        enum duration_fault fault = read_term(&s, &total, unit);
        if (fault != DURATION_OK)
            return fault;
    }
    if (!negative && total > too_large - 1)
        return DURATION_INVALID;
    *out = (int64_t)(negative ? -total : total);
    return DURATION_OK;
}

bool go_parse_duration(struct arena *a, struct slice text, int64_t *nanoseconds, struct slice *error)
{
    struct slice unit;
    enum duration_fault fault = read_duration(text, nanoseconds, &unit);
    if (fault == DURATION_OK)
        return true;
    struct buffer b = BUFFER_INIT;
    buffer_add_text(&b, "time: ");
    if (fault == DURATION_NO_UNIT)
        buffer_add_text(&b, "missing unit in duration ");
    else if (fault == DURATION_UNKNOWN_UNIT) {
        buffer_add_text(&b, "unknown unit ");
        go_time_quote(&b, unit);
        buffer_add_text(&b, " in duration ");
    } else
        buffer_add_text(&b, "invalid duration ");
    go_time_quote(&b, text);
    *error = buffer_move(&b, a);
    return false;
}

/* --- writing ------------------------------------------------------------------------------------------------- */

/* n divided by 10^digits, without trailing zeros. */
static void add_decimal(struct buffer *out, uint64_t n, int digits)
{
    uint64_t scale = 1;
    for (int i = 0; i < digits; i++)
        scale *= 10;
    buffer_printf(out, "%ju", (uintmax_t)(n / scale));
    uint64_t fraction = n % scale;
    if (fraction == 0)
        return;
    buffer_printf(out, ".%0*ju", digits, (uintmax_t)fraction);
    while (out->ptr[out->len - 1] == '0')
        out->len--;
}

void go_format_duration(struct buffer *out, int64_t nanoseconds)
{
    uint64_t n = nanoseconds < 0 ? -(uint64_t)nanoseconds : (uint64_t)nanoseconds;
    if (nanoseconds < 0)
        buffer_add_char(out, '-');
    if (n == 0)
        buffer_add_text(out, "0s");
    else if (n < 1000)
        buffer_printf(out, "%juns", (uintmax_t)n);
    else if (n < 1000000) {
        add_decimal(out, n, 3);
        buffer_add_text(out, "\xc2\xb5s");
    } else if (n < 1000000000) {
        add_decimal(out, n, 6);
        buffer_add_text(out, "ms");
    } else {
        uint64_t minutes = n / 60000000000;
        if (minutes >= 60)
            buffer_printf(out, "%juh", (uintmax_t)(minutes / 60));
        if (minutes > 0)
            buffer_printf(out, "%jum", (uintmax_t)(minutes % 60));
        add_decimal(out, n % 60000000000, 9);
        buffer_add_char(out, 's');
    }
}

/* The time package writes each byte of what is not printable ASCII as \xNN, DEL excepted. */
void go_time_quote(struct buffer *out, struct slice s)
{
    buffer_add_char(out, '"');
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c >= 0x80 || c < ' ')
            buffer_printf(out, "\\x%02x", c);
        else {
            if (c == '"' || c == '\\')
                buffer_add_char(out, '\\');
            buffer_add_char(out, (char)c);
        }
    }
    buffer_add_char(out, '"');
}

/* --- rounding ------------------------------------------------------------------------------------------------ */

int64_t go_truncate_duration(int64_t d, int64_t unit)
{
    return unit <= 0 ? d : d - d % unit;
}

int64_t go_round_duration(int64_t d, int64_t unit)
{
    if (unit <= 0)
        return d;
    int64_t rest = d % unit; /* with the sign of d */
    uint64_t away = d < 0 ? -(uint64_t)rest : (uint64_t)rest;
    if (away < (uint64_t)unit - away)
        return d - rest;
    int64_t rounded;
    if (d < 0)
        return __builtin_sub_overflow(d - rest, unit, &rounded) ? INT64_MIN : rounded;
    return __builtin_add_overflow(d - rest, unit, &rounded) ? INT64_MAX : rounded;
}
