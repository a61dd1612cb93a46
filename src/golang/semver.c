/*
 * semver.c - versions: read, compared, written
 *
 * One scanner takes the shape that versions and constraints share, numbers with prerelease and metadata; constraints
 * (semver_constraint.c) allow wildcards among the numbers. The parts of what was read share the text.
 */
#include "golang/semver.h"

#include "golang/semver_scan.h"

enum version_fault {
    VERSION_OK,
    VERSION_MALFORMED,
    VERSION_OVERFLOW, /* a number does not fit 64 bits */
    VERSION_PRERELEASE_ZERO
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_identifier_char(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
}

static bool is_number(struct slice s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!is_digit(s.ptr[i]))
            return false;
    return true;
}

/* --- scanning ------------------------------------------------------------------------------------------------ */

static size_t number_end(struct slice s, size_t at, bool wildcards)
{
    while (at < s.len && (is_digit(s.ptr[at]) || (wildcards && strchr("xX*|", s.ptr[at]) && s.ptr[at])))
        at++;
    return at;
}

/* Dotted identifiers from `at`; where there are none, `at`. A dot with no identifier behind it is not taken. */
static size_t identifiers_end(struct slice s, size_t at)
{
    size_t end = at;
    for (;;) {
        size_t start = at;
        while (at < s.len && is_identifier_char(s.ptr[at]))
            at++;
        if (at == start)
            return end;
        end = at;
        if (at == s.len || s.ptr[at] != '.')
            return end;
        at++;
    }
}

/* What follows `mark` at *at, with *at moved behind it; empty, with *at unmoved, where nothing fits. */
static struct slice identifiers_after(struct slice s, size_t *at, char mark)
{
    if (*at == s.len || s.ptr[*at] != mark)
        return slice_part(s, *at, *at);
    size_t start = *at + 1;
    size_t end = identifiers_end(s, start);
    if (end > start)
        *at = end;
    return slice_part(s, start, end);
}

size_t semver_scan(struct slice s, bool wildcards, struct semver_text *out)
{
    size_t at = s.len > 0 && s.ptr[0] == 'v';
    for (int i = 0; i < 3; i++) {
        size_t start = at;
        if (i > 0) {
            out->numbers[i] = slice_part(s, at, at);
            if (at == s.len || s.ptr[at] != '.')
                continue;
            start = at + 1;
        }
        size_t end = number_end(s, start, wildcards);
        if (end == start && i == 0)
            return 0;
        out->numbers[i] = slice_part(s, start, end);
        if (end > start)
            at = end;
    }
    out->prerelease = identifiers_after(s, &at, '-');
    out->metadata = identifiers_after(s, &at, '+');
    return at;
}

/* --- reading ------------------------------------------------------------------------------------------------- */

static bool read_number(struct slice s, uint64_t *out)
{
    uint64_t n = 0;
    for (size_t i = 0; i < s.len; i++)
        if (!is_digit(s.ptr[i]) || __builtin_mul_overflow(n, 10, &n) ||
            __builtin_add_overflow(n, (uint64_t)(s.ptr[i] - '0'), &n))
            return false;
    *out = n;
    return true;
}

bool semver_valid_prerelease(struct slice text, const char **error)
{
    struct slice part;
    struct slice rest = text;
    while (slice_next_piece(&rest, '.', &part)) {
        *error = "invalid prerelease string";
        if (part.len == 0 || identifiers_end(part, 0) != part.len)
            return false;
        *error = "version segment starts with 0";
        if (part.len > 1 && part.ptr[0] == '0' && is_number(part))
            return false;
    }
    return true;
}

bool semver_valid_metadata(struct slice text, const char **error)
{
    *error = "invalid metadata string";
    return text.len > 0 && identifiers_end(text, 0) == text.len;
}

static enum version_fault read_loose(struct slice text, struct semver *out)
{
    struct semver_text scanned;
    size_t end = semver_scan(text, false, &scanned);
    if (end == 0 || end != text.len)
        return VERSION_MALFORMED;
    struct semver v = {.prerelease = scanned.prerelease, .metadata = scanned.metadata, .original = text};
    if (!read_number(scanned.numbers[0], &v.major) || !read_number(scanned.numbers[1], &v.minor) ||
        !read_number(scanned.numbers[2], &v.patch))
        return VERSION_OVERFLOW;
    const char *error;
    if (v.prerelease.len > 0 && !semver_valid_prerelease(v.prerelease, &error))
        return VERSION_PRERELEASE_ZERO;
    *out = v;
    return VERSION_OK;
}

bool semver_parse_loose(struct slice text, struct semver *out)
{
    return read_loose(text, out) == VERSION_OK;
}

bool semver_parse_strict(struct slice text, struct semver *out)
{
    struct semver_text scanned;
    if (text.len == 0 || text.ptr[0] == 'v' || semver_scan(text, false, &scanned) != text.len)
        return false;
    for (int i = 0; i < 3; i++) {
        struct slice number = scanned.numbers[i];
        if (number.len == 0 || (number.len > 1 && number.ptr[0] == '0'))
            return false;
    }
    return semver_parse_loose(text, out);
}

struct slice semver_loose_error(struct arena *a, struct slice text)
{
    struct semver v;
    struct semver_text scanned;
    switch (read_loose(text, &v)) {
    case VERSION_OVERFLOW:
        semver_scan(text, false, &scanned);
        for (int i = 0; i < 3; i++)
            if (!read_number(scanned.numbers[i], &v.major))
                return arena_printf(a,
                                    "error parsing version segment: strconv.ParseUint: parsing \"%.*s\": "
                                    "value out of range",
                                    SLICE_ARG(scanned.numbers[i]));
        return SLICE("invalid semantic version");
    case VERSION_PRERELEASE_ZERO:
        return SLICE("version segment starts with 0");
    default:
        return SLICE("invalid semantic version");
    }
}

/* --- comparing ----------------------------------------------------------------------------------------------- */

static int compare_numbers(uint64_t v, uint64_t o)
{
    return v < o ? -1 : v > o;
}

/* One identifier of a prerelease; a missing one is empty and comes first, a number before a word. */
static int compare_identifiers(struct slice v, struct slice o)
{
    uint64_t vn, on;
    if (v.len == 0 || o.len == 0)
        return (v.len > 0) - (o.len > 0);
    bool v_is_number = read_number(v, &vn);
    bool o_is_number = read_number(o, &on);
    if (v_is_number && o_is_number)
        return compare_numbers(vn, on);
    if (v_is_number != o_is_number)
        return v_is_number ? -1 : 1;
    int order = slice_compare(v, o);
    return order < 0 ? -1 : order > 0;
}

int semver_compare_prerelease(struct slice v, struct slice o)
{
    for (;;) {
        struct slice v_part = {NULL, 0};
        struct slice o_part = {NULL, 0};
        bool v_more = v.ptr && slice_next_piece(&v, '.', &v_part);
        bool o_more = o.ptr && slice_next_piece(&o, '.', &o_part);
        if (!v_more && !o_more)
            return 0;
        int order = compare_identifiers(v_part, o_part);
        if (order)
            return order;
    }
}

int semver_compare(const struct semver *v, const struct semver *o)
{
    int order = compare_numbers(v->major, o->major);
    if (!order)
        order = compare_numbers(v->minor, o->minor);
    if (!order)
        order = compare_numbers(v->patch, o->patch);
    if (order)
        return order;
    if (v->prerelease.len == 0 || o->prerelease.len == 0)
        return (v->prerelease.len == 0) - (o->prerelease.len == 0);
    return semver_compare_prerelease(v->prerelease, o->prerelease);
}

/* --- writing ------------------------------------------------------------------------------------------------- */

void semver_string(struct buffer *out, const struct semver *v)
{
    buffer_printf(out, "%ju.%ju.%ju", (uintmax_t)v->major, (uintmax_t)v->minor, (uintmax_t)v->patch);
    if (v->prerelease.len > 0) {
        buffer_add_char(out, '-');
        buffer_add(out, v->prerelease);
    }
    if (v->metadata.len > 0) {
        buffer_add_char(out, '+');
        buffer_add(out, v->metadata);
    }
}
