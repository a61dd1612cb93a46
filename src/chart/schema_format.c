/*
 * schema_format.c - the keyword "format"
 *
 * Each check stands alone and gives up at the first fault. Where the library leans on Go's standard library (dates,
 * addresses, URLs, regular expressions), so do these, and its texts show through.
 */
#include "chart/schema_format.h"

#include "golang/ip.h"
#include "golang/regexp.h"
#include "golang/strconv.h"
#include "golang/time_format.h"
#include "golang/unicode.h"
#include "golang/url.h"

static bool fail(struct slice *error, const char *text)
{
    *error = slice_text(text);
    return false;
}

/* Fails with a character quoted after `before`. */
static bool fail_rune(struct arena *a, struct slice *error, const char *before, uint32_t rune, const char *after)
{
    struct buffer b = BUFFER_INIT;
    buffer_add_text(&b, before);
    go_quote_rune(&b, rune, false);
    buffer_add_text(&b, after);
    *error = buffer_move(&b, a);
    return false;
}

/* Fails with the fault of a part behind what the part is. */
static bool fail_part(struct arena *a, struct slice *error, const char *before, struct slice cause)
{
    *error = arena_concat(a, slice_text(before), cause);
    return false;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static size_t count_digits(struct slice s)
{
    size_t n = 0;
    while (n < s.len && is_digit(s.ptr[n]))
        n++;
    return n;
}

static bool has_prefix(struct slice s, const char *prefix)
{
    return slice_starts(s, slice_text(prefix));
}

/* The first character, which is not ASCII or not wanted. */
static uint32_t first_rune(struct slice s)
{
    size_t size;
    return go_decode_rune(s, &size);
}

/* --- JSON pointers ------------------------------------------------------------------------------------------ */

static bool check_json_pointer(struct arena *a, struct slice s, struct slice *error)
{
    (void)a;
    if (s.len == 0)
        return true;
    if (s.ptr[0] != '/')
        return fail(error, "not starting with /");
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '~' && (i + 1 == s.len || (s.ptr[i + 1] != '0' && s.ptr[i + 1] != '1')))
            return fail(error, "~ must be followed by 0 or 1");
    }
    return true;
}

static bool check_relative_json_pointer(struct arena *a, struct slice s, struct slice *error)
{
    size_t digits = count_digits(s);
    if (digits == 0)
        return fail(error, "must start with non-negative integer");
    if (digits > 1 && s.ptr[0] == '0')
        return fail(error, "starts with zero");
    s = slice_after(s, digits);
    return slice_is(s, "#") || check_json_pointer(a, s, error);
}

/* --- identifiers -------------------------------------------------------------------------------------------- */

static bool is_hex(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static size_t count_pieces(struct slice s, char separator)
{
    size_t n = 1;
    for (size_t i = 0; i < s.len; i++)
        n += s.ptr[i] == separator;
    return n;
}

static bool check_uuid(struct arena *a, struct slice s, struct slice *error)
{
    static const size_t lengths[] = {8, 4, 4, 4, 12};
    struct slice group;
    if (count_pieces(s, '-') != 5)
        return fail(error, "must have 5 elements");
    for (size_t i = 0; slice_next_piece(&s, '-', &group); i++) {
        if (group.len != lengths[i]) {
            *error = arena_printf(a, "element %zu must be %zu characters long", i + 1, lengths[i]);
            return false;
        }
        for (size_t j = 0; j < group.len; j++) {
            if (!is_hex(group.ptr[j]))
                return fail_rune(a, error, "non-hex character ", first_rune(slice_after(group, j)), "");
        }
    }
    return true;
}

/* One identifier of a semantic version; `part` names where it stands. */
static bool check_semver_identifier(struct arena *a, struct slice s, const char *part, bool *numeric,
                                    struct slice *error)
{
    *numeric = true;
    if (s.len == 0)
        return fail_part(a, error, part, SLICE(" identifier is empty"));
    for (size_t i = 0; i < s.len; i++) {
        if (is_letter(s.ptr[i]) || s.ptr[i] == '-')
            *numeric = false;
        else if (!is_digit(s.ptr[i])) {
            fail_rune(a, error, "invalid character ", first_rune(slice_after(s, i)), " in ");
            return fail_part(a, error, arena_text(a, *error), arena_printf(a, "%s identifier", part));
        }
    }
    return true;
}

static bool check_semver_build(struct arena *a, struct slice build, struct slice *error)
{
    struct slice identifier;
    bool numeric;
    if (build.len == 0)
        return fail(error, "build is empty");
    while (slice_next_piece(&build, '.', &identifier)) {
        if (!check_semver_identifier(a, identifier, "build", &numeric, error))
            return false;
    }
    return true;
}

static bool check_semver_prerelease(struct arena *a, struct slice prerelease, struct slice *error)
{
    struct slice identifier;
    bool numeric;
    if (prerelease.len == 0)
        return fail(error, "pre-release identifier is empty");
    while (slice_next_piece(&prerelease, '.', &identifier)) {
        if (!check_semver_identifier(a, identifier, "pre-release", &numeric, error))
            return false;
        if (numeric && identifier.len > 1 && identifier.ptr[0] == '0')
            return fail(error, "pre-release numeric identifier starts with zero");
    }
    return true;
}

static bool check_semver_core(struct arena *a, struct slice core, struct slice *error)
{
    static const char *const names[] = {"major", "minor", "patch"};
    struct slice number;
    if (count_pieces(core, '.') != 3)
        return fail(error, "versionCore must have 3 numbers separated by dot");
    for (size_t i = 0; slice_next_piece(&core, '.', &number); i++) {
        if (number.len == 0)
            return fail_part(a, error, names[i], SLICE(" is empty"));
        if (number.len > 1 && number.ptr[0] == '0')
            return fail_part(a, error, names[i], SLICE(" starts with zero"));
        if (count_digits(number) < number.len)
            return fail_part(a, error, names[i], SLICE(" contains non-digit"));
    }
    return true;
}

static bool check_semver(struct arena *a, struct slice s, struct slice *error)
{
    size_t plus = slice_find_char(s, '+');
    if (plus < s.len && !check_semver_build(a, slice_after(s, plus + 1), error))
        return false;
    s = slice_part(s, 0, plus);
    size_t dash = slice_find_char(s, '-');
    if (dash < s.len && !check_semver_prerelease(a, slice_after(s, dash + 1), error))
        return false;
    return check_semver_core(a, slice_of(s.len ? s.ptr : "", dash), error);
}

/* --- hosts and mail ----------------------------------------------------------------------------------------- */

static bool check_ipv4(struct arena *a, struct slice s, struct slice *error)
{
    struct slice group;
    if (count_pieces(s, '.') != 4)
        return fail(error, "expected four decimals");
    while (slice_next_piece(&s, '.', &group)) {
        int64_t n;
        if (group.len > 1 && group.ptr[0] == '0')
            return fail(error, "leading zeros");
        enum go_number_error fault = go_parse_int(group, 10, 64, &n);
        if (fault != GO_NUMBER_OK) {
            struct buffer b = BUFFER_INIT;
            buffer_add_text(&b, "strconv.Atoi: parsing ");
            go_quote(&b, group);
            buffer_add_text(&b, fault == GO_NUMBER_SYNTAX ? ": invalid syntax" : ": value out of range");
            *error = buffer_move(&b, a);
            return false;
        }
        if (n < 0 || n > 255)
            return fail(error, "decimal must be between 0 and 255");
    }
    return true;
}

static bool check_ipv6(struct arena *a, struct slice s, struct slice *error)
{
    struct go_ip ip;
    if (slice_find_char(s, ':') == s.len)
        return fail(error, "missing colon");
    if (!go_ip_parse(a, s, &ip, error))
        return false;
    return ip.zone.len == 0 || fail(error, "zone id is not a part of ipv6 address");
}

static bool check_host_label(struct arena *a, struct slice label, struct slice *error)
{
    if (label.len < 1 || label.len > 63)
        return fail(error, "label must be 1 to 63 characters long");
    if (label.ptr[0] == '-')
        return fail(error, "label starts with hyphen");
    if (label.ptr[label.len - 1] == '-')
        return fail(error, "label ends with hyphen");
    for (size_t i = 0; i < label.len; i++) {
        if (!is_letter(label.ptr[i]) && !is_digit(label.ptr[i]) && label.ptr[i] != '-')
            return fail_rune(a, error, "invalid character ", first_rune(slice_after(label, i)), "");
    }
    return true;
}

static bool check_hostname(struct arena *a, struct slice s, struct slice *error)
{
    struct slice label;
    if (s.len && s.ptr[s.len - 1] == '.')
        s.len--;
    if (s.len > 253)
        return fail(error, "more than 253 characters long");
    if (s.len == 0)
        return check_host_label(a, s, error);
    while (slice_next_piece(&s, '.', &label)) {
        if (!check_host_label(a, label, error))
            return false;
    }
    return true;
}

static bool check_unquoted_mailbox(struct arena *a, struct slice local, struct slice *error)
{
    if (local.len && local.ptr[0] == '.')
        return fail(error, "starts with dot");
    if (local.len && local.ptr[local.len - 1] == '.')
        return fail(error, "ends with dot");
    if (slice_find(local, SLICE("..")) < local.len)
        return fail(error, "consecutive dots");
    for (size_t i = 0; i < local.len; i++) {
        char c = local.ptr[i];
        if (!is_letter(c) && !is_digit(c) && (c == '\0' || !strchr(".!#$%&'*+-/=?^_`{|}~", c)))
            return fail_rune(a, error, "invalid character ", first_rune(slice_after(local, i)), "");
    }
    return true;
}

/* The part before the '@'. */
static bool check_mailbox(struct arena *a, struct slice local, struct slice *error)
{
    if (local.len > 64)
        return fail(error, "local part more than 64 characters long");
    if (local.len < 2 || local.ptr[0] != '"')
        return check_unquoted_mailbox(a, local, error);
    struct slice inner = slice_part(local, 1, local.len - 1);
    if (slice_find_char(inner, '\\') < inner.len || slice_find_char(inner, '"') < inner.len)
        return fail(error, "backslash and quote are not allowed within quoted local part");
    return true;
}

static bool check_mail_domain(struct arena *a, struct slice domain, struct slice *error)
{
    struct slice cause;
    if (domain.len < 2 || domain.ptr[0] != '[' || domain.ptr[domain.len - 1] != ']')
        return check_hostname(a, domain, &cause) || fail_part(a, error, "invalid domain: ", cause);
    struct slice address = slice_part(domain, 1, domain.len - 1);
    if (has_prefix(address, "IPv6:"))
        return check_ipv6(a, slice_after(address, 5), &cause) ||
               fail_part(a, error, "invalid ipv6 address: ", cause);
    return check_ipv4(a, address, &cause) || fail_part(a, error, "invalid ipv4 address: ", cause);
}

static bool check_email(struct arena *a, struct slice s, struct slice *error)
{
    if (s.len > 254)
        return fail(error, "more than 255 characters long");
    size_t at = slice_find_last_char(s, '@');
    if (at == s.len)
        return fail(error, "missing @");
    return check_mailbox(a, slice_part(s, 0, at), error) && check_mail_domain(a, slice_after(s, at + 1), error);
}

/* --- times -------------------------------------------------------------------------------------------------- */

static bool check_date(struct arena *a, struct slice s, struct slice *error)
{
    struct go_time t;
    return go_time_parse(a, SLICE("2006-01-02"), s, "UTC", &t, error);
}

/* Reads two characters as strconv.Atoi does, so a sign may be the first. */
static bool read_two(struct slice s, size_t at, int64_t *n)
{
    return go_parse_int(slice_part(s, at, at + 2), 10, 64, n) == GO_NUMBER_OK;
}

/* "hh:mm:ss" into minutes of the day and seconds. */
static bool read_clock(struct slice s, int64_t *minutes, int64_t *seconds, struct slice *error)
{
    int64_t h, m;
    if (s.ptr[2] != ':' || s.ptr[5] != ':')
        return fail(error, "missing colon in correct place");
    if (!read_two(s, 0, &h))
        return fail(error, "invalid hour/min/sec");
    if (h < 0)
        return fail(error, "non-positive hour/min/sec");
    if (!read_two(s, 3, &m))
        return fail(error, "invalid hour/min/sec");
    if (m < 0)
        return fail(error, "non-positive hour/min/sec");
    if (!read_two(s, 6, seconds))
        return fail(error, "invalid hour/min/sec");
    if (*seconds < 0)
        return fail(error, "non-positive hour/min/sec");
    if (h > 23 || m > 59 || *seconds > 60)
        return fail(error, "hour/min/sec out of range");
    *minutes = h * 60 + m;
    return true;
}

/* "+hh:mm" into the minutes to add to local time for UTC. */
static bool read_offset(struct slice s, int64_t *minutes, struct slice *error)
{
    int64_t h, m;
    if (s.len != 6)
        return fail(error, "offset must be 6 characters long");
    if (s.ptr[0] != '+' && s.ptr[0] != '-')
        return fail(error, "offset must begin with plus/minus");
    if (s.ptr[3] != ':')
        return fail(error, "missing colon in offset in correct place");
    if (!read_two(s, 1, &h))
        return fail(error, "invalid hour/min in offset");
    if (h < 0)
        return fail(error, "non-positive hour/min in offset");
    if (!read_two(s, 4, &m))
        return fail(error, "invalid hour/min in offset");
    if (m < 0)
        return fail(error, "non-positive hour/min in offset");
    if (h > 23 || m > 59)
        return fail(error, "hour/min in offset out of range");
    *minutes = (s.ptr[0] == '+' ? -1 : 1) * (h * 60 + m);
    return true;
}

static bool check_time(struct arena *a, struct slice s, struct slice *error)
{
    int64_t minutes, seconds, offset = 0;
    (void)a;
    if (s.len < 9)
        return fail(error, "less than 9 characters long");
    if (!read_clock(s, &minutes, &seconds, error))
        return false;
    s = slice_after(s, 8);
    if (has_prefix(s, ".")) {
        size_t digits = count_digits(slice_after(s, 1));
        if (digits == 0)
            return fail(error, "no digits in second fraction");
        s = slice_after(s, 1 + digits);
    }
    if (!slice_is(s, "z") && !slice_is(s, "Z") && !read_offset(s, &offset, error))
        return false;
    int64_t utc = minutes + offset < 0 ? minutes + offset + 24 * 60 : minutes + offset;
    return seconds < 60 || utc == 23 * 60 + 59 || fail(error, "invalid leap second");
}

static bool check_date_time(struct arena *a, struct slice s, struct slice *error)
{
    struct slice cause;
    if (s.len < 20)
        return fail(error, "less than 20 characters long");
    if (s.ptr[10] != 't' && s.ptr[10] != 'T')
        return fail(error, "11th character must be t or T");
    if (!check_date(a, slice_part(s, 0, 10), &cause))
        return fail_part(a, error, "invalid date element: ", cause);
    return check_time(a, slice_after(s, 11), &cause) || fail_part(a, error, "invalid time element: ", cause);
}

/* Numbers with units, each unit at most once and in the order given. */
static bool check_duration_units(struct arena *a, struct slice s, const char *all_units, struct slice *error)
{
    const char *units = all_units;
    while (s.len) {
        size_t digits = count_digits(s);
        if (digits == 0)
            return fail(error, "missing number");
        s = slice_after(s, digits);
        if (s.len == 0)
            return fail(error, "missing unit");
        char unit = s.ptr[0];
        const char *hit = unit ? strchr(units, unit) : NULL;
        if (!hit && unit && strchr(all_units, unit))
            return fail_rune(a, error, "unit ", (unsigned char)unit, " out of order");
        if (!hit)
            return fail_rune(a, error, "invalid unit ", (unsigned char)unit, "");
        units = hit + 1;
        s = slice_after(s, 1);
    }
    return true;
}

static bool check_duration(struct arena *a, struct slice s, struct slice *error)
{
    struct slice part;
    if (!has_prefix(s, "P"))
        return fail(error, "must start with P");
    s = slice_after(s, 1);
    if (s.len == 0)
        return fail(error, "nothing after P");
    if (s.ptr[s.len - 1] == 'W') {
        if (s.len == 1)
            return fail(error, "no number in week");
        return count_digits(s) == s.len - 1 || fail(error, "invalid week");
    }
    for (size_t i = 0; slice_next_piece(&s, 'T', &part); i++) {
        if (i != 0 && part.len == 0)
            return fail(error, "no time elements");
        if (i > 1)
            return fail(error, "more than one T");
        if (!check_duration_units(a, part, i == 0 ? "YMD" : "HMS", error))
            return false;
    }
    return true;
}

static bool check_period(struct arena *a, struct slice s, struct slice *error)
{
    struct slice cause;
    size_t slash = slice_find_char(s, '/');
    if (slash == s.len)
        return fail(error, "missing slash");
    struct slice start = slice_part(s, 0, slash);
    struct slice end = slice_after(s, slash + 1);
    if (has_prefix(start, "P")) {
        if (!check_duration(a, start, &cause))
            return fail_part(a, error, "invalid start duration: ", cause);
    } else {
        if (!check_date_time(a, start, &cause))
            return fail_part(a, error, "invalid start date-time: ", cause);
        if (has_prefix(end, "P"))
            return check_duration(a, end, &cause) || fail_part(a, error, "invalid end duration: ", cause);
    }
    return check_date_time(a, end, &cause) || fail_part(a, error, "invalid end date-time: ", cause);
}

/* --- URLs --------------------------------------------------------------------------------------------------- */

static bool parse_url(struct arena *a, struct slice s, struct go_url *url, struct slice *error)
{
    struct slice cause;
    if (!go_url_parse(a, s, url, error))
        return false;
    struct slice host = go_url_hostname(url);
    if (slice_find_char(host, ':') == host.len)
        return true;
    if (slice_find_char(url->host, '[') == url->host.len || slice_find_char(url->host, ']') == url->host.len)
        return fail(error, "ipv6 address not enclosed in brackets");
    return check_ipv6(a, host, &cause) || fail_part(a, error, "invalid ipv6 address: ", cause);
}

static bool check_uri(struct arena *a, struct slice s, struct slice *error)
{
    struct go_url url;
    return parse_url(a, s, &url, error) && (url.scheme.len || fail(error, "relative url"));
}

static bool check_uri_reference(struct arena *a, struct slice s, struct slice *error)
{
    struct go_url url;
    if (slice_find_char(s, '\\') < s.len)
        return fail(error, "contains \\");
    return parse_url(a, s, &url, error);
}

/* Braces must come in pairs and not stand within each other. */
static bool check_braces(struct slice s, struct slice *error)
{
    bool open = false;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] != '{' && s.ptr[i] != '}')
            continue;
        if ((s.ptr[i] == '{') == open)
            return fail(error, "nested curly braces");
        open = !open;
    }
    return !open || fail(error, "no matching closing brace");
}

static bool check_uri_template(struct arena *a, struct slice s, struct slice *error)
{
    struct go_url url;
    struct slice segment, plain, cause;
    if (!parse_url(a, s, &url, error))
        return false;
    struct slice path = url.raw_path;
    while (slice_next_piece(&path, '/', &segment)) {
        if (!go_path_unescape(a, segment, &plain, &cause))
            return fail_part(a, error, "percent decode failed: ", cause);
        if (!check_braces(plain, error))
            return false;
    }
    return true;
}

static bool check_regex(struct arena *a, struct slice s, struct slice *error)
{
    struct go_regexp *re = go_regexp_compile(a, s, error);
    go_regexp_free(re);
    return re != NULL;
}

/* --- the table ---------------------------------------------------------------------------------------------- */

static const struct schema_format formats[] = {
    {SLICE_INIT("regex"), check_regex},
    {SLICE_INIT("json-pointer"), check_json_pointer},
    {SLICE_INIT("relative-json-pointer"), check_relative_json_pointer},
    {SLICE_INIT("uuid"), check_uuid},
    {SLICE_INIT("duration"), check_duration},
    {SLICE_INIT("period"), check_period},
    {SLICE_INIT("ipv4"), check_ipv4},
    {SLICE_INIT("ipv6"), check_ipv6},
    {SLICE_INIT("hostname"), check_hostname},
    {SLICE_INIT("email"), check_email},
    {SLICE_INIT("date"), check_date},
    {SLICE_INIT("time"), check_time},
    {SLICE_INIT("date-time"), check_date_time},
    {SLICE_INIT("uri"), check_uri},
    {SLICE_INIT("iri"), check_uri},
    {SLICE_INIT("uri-reference"), check_uri_reference},
    {SLICE_INIT("iri-reference"), check_uri_reference},
    {SLICE_INIT("uri-template"), check_uri_template},
    {SLICE_INIT("semver"), check_semver},
};

const struct schema_format *schema_format_find(struct slice name)
{
    for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
        if (slice_equal(formats[i].name, name))
            return &formats[i];
    }
    return NULL;
}
