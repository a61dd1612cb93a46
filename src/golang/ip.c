/*
 * ip.c - IPv4 and IPv6 addresses from text
 *
 * One struct carries the text read and the fault found, so that each step can report in Go's words what was wrong and
 * where. Texts of errors are made in the arena; nothing else is allocated.
 */
#include "golang/ip.h"

#include "golang/strconv.h"

struct ip_reader {
    struct slice in;
    struct go_ip *ip;
    const char *fault;
    struct slice at; /* the unread part, where the fault shows it */
};

static bool fail(struct ip_reader *r, const char *fault, struct slice at)
{
    r->fault = fault;
    r->at = at;
    return false;
}

/* Four decimal fields that fill the text. */
static bool read_ip4(struct ip_reader *r, struct slice s, uint8_t *fields)
{
    static const struct slice nowhere = {NULL, 0};
    unsigned value = 0, digits = 0, field = 0;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (c >= '0' && c <= '9') {
            if (digits == 1 && value == 0)
                return fail(r, "IPv4 field has octet with leading zero", nowhere);
            value = value * 10 + (unsigned)(c - '0');
            digits++;
            if (value > 255)
                return fail(r, "IPv4 field has value >255", nowhere);
        } else if (c == '.') {
            if (i == 0 || i == s.len - 1 || s.ptr[i - 1] == '.')
                return fail(r, "IPv4 field must have at least one digit", slice_after(s, i));
            if (field == 3)
                return fail(r, "IPv4 address too long", nowhere);
            fields[field++] = (uint8_t)value;
            value = digits = 0;
        } else
            return fail(r, "unexpected character", slice_after(s, i));
    }
    if (field < 3)
        return fail(r, "IPv4 address too short", nowhere);
    fields[3] = (uint8_t)value;
    return true;
}

/* The hexadecimal group at the front; *digits is how many it has. */
static bool read_group(struct ip_reader *r, struct slice s, size_t *digits, unsigned *group)
{
    size_t n = 0;
    unsigned value = 0;
    for (; n < s.len && go_hex_digit(s.ptr[n]) >= 0; n++) {
        if (n > 3)
            return fail(r, "each group must have 4 or less digits", s);
        value = value << 4 | (unsigned)go_hex_digit(s.ptr[n]);
    }
    if (n == 0)
        return fail(r, "each colon-separated field must have at least one digit", s);
    *digits = n;
    *group = value;
    return true;
}

/* An IPv4 address that ends the text stands for the last two groups. */
static bool read_embedded_ip4(struct ip_reader *r, struct slice s, size_t filled, bool has_gap)
{
    if (!has_gap && filled != 12)
        return fail(r, "embedded IPv4 address must replace the final 2 fields of the address", s);
    if (filled + 4 > 16)
        return fail(r, "too many hex fields to fit an embedded IPv4 at the end of the address", s);
    return read_ip4(r, s, r->ip->bytes + filled);
}

/* Steps over the colon after a group, and over a second one, which is the gap. */
static bool read_colon(struct ip_reader *r, struct slice *s, size_t filled, size_t *gap)
{
    if (s->ptr[0] != ':')
        return fail(r, "unexpected character, want colon", *s);
    if (s->len == 1)
        return fail(r, "colon must be followed by more characters", *s);
    *s = slice_after(*s, 1);
    if (s->ptr[0] != ':')
        return true;
    if (*gap != SIZE_MAX)
        return fail(r, "multiple :: in address", *s);
    *gap = filled;
    *s = slice_after(*s, 1);
    return true;
}

/* Moves the groups after the gap to the end. */
static bool fill_gap(struct ip_reader *r, size_t filled, size_t gap)
{
    static const struct slice nowhere = {NULL, 0};
    uint8_t *bytes = r->ip->bytes;
    if (filled == 16)
        return gap == SIZE_MAX || fail(r, "the :: must expand to at least one field of zeros", nowhere);
    if (gap == SIZE_MAX)
        return fail(r, "address string too short", nowhere);
    size_t tail = filled - gap;
    memmove(bytes + 16 - tail, bytes + gap, tail);
    memset(bytes + gap, 0, 16 - filled);
    return true;
}

static bool read_ip6(struct ip_reader *r)
{
    struct slice s = r->in;
    size_t percent = slice_find_char(s, '%');
    if (percent < s.len) {
        r->ip->zone = slice_after(s, percent + 1);
        s = slice_part(s, 0, percent);
        if (r->ip->zone.len == 0)
            return fail(r, "zone must be a non-empty string", r->ip->zone);
    }
    size_t filled = 0;
    size_t gap = SIZE_MAX;
    if (slice_starts(s, SLICE("::"))) {
        gap = 0;
        s = slice_after(s, 2);
        if (s.len == 0)
            return true;
    }
    while (filled < 16) {
        size_t digits;
        unsigned group;
        if (!read_group(r, s, &digits, &group))
            return false;
        if (digits < s.len && s.ptr[digits] == '.') {
            if (!read_embedded_ip4(r, s, filled, gap != SIZE_MAX))
                return false;
            filled += 4;
            s.len = 0;
            break;
        }
        r->ip->bytes[filled++] = (uint8_t)(group >> 8);
        r->ip->bytes[filled++] = (uint8_t)group;
        s = slice_after(s, digits);
        if (s.len == 0)
            break;
        if (!read_colon(r, &s, filled, &gap))
            return false;
        if (s.len == 0)
            break;
    }
    if (s.len != 0)
        return fail(r, "trailing garbage after address", s);
    return fill_gap(r, filled, gap);
}

static bool read_ip(struct ip_reader *r)
{
    for (size_t i = 0; i < r->in.len; i++) {
        switch (r->in.ptr[i]) {
        case '.':
            r->ip->is4 = true;
            return read_ip4(r, r->in, r->ip->bytes);
        case ':':
            return read_ip6(r);
        case '%':
            return fail(r, "missing IPv6 address", slice_of(NULL, 0));
        default:
            break;
        }
    }
    return fail(r, "unable to parse IP", slice_of(NULL, 0));
}

bool go_ip_parse(struct arena *a, struct slice text, struct go_ip *out, struct slice *error)
{
    struct go_ip ip = {.is4 = false};
    struct ip_reader r = {.in = text, .ip = &ip};
    if (read_ip(&r)) {
        *out = ip;
        return true;
    }
    struct buffer message = BUFFER_INIT;
    buffer_add_text(&message, "ParseAddr(");
    go_quote(&message, text);
    buffer_printf(&message, "): %s", r.fault);
    if (r.at.len > 0) {
        buffer_add_text(&message, " (at ");
        go_quote(&message, r.at);
        buffer_add_char(&message, ')');
    }
    *error = buffer_move(&message, a);
    return false;
}
