/*
 * semver_constraint.c - constraints on versions
 *
 * A constraint is a list of alternatives ("||"), each a list of comparators that must all hold. "1.2 - 1.4" is first
 * rewritten as ">= 1.2, <= 1.4", in the text, as the peer does, because its error messages show the rewritten text.
 * A comparator with missing or wildcard parts is "dirty": its operator then means a range. All lives in the arena
 * given to semver_constraint_parse.
 */
#include "golang/semver.h"
#include "golang/semver_scan.h"

enum comparator_op {
    COMPARE_TILDE_OR_EQUAL, /* none, = */
    COMPARE_NOT_EQUAL,
    COMPARE_GREATER,
    COMPARE_LESS,
    COMPARE_AT_LEAST,
    COMPARE_AT_MOST,
    COMPARE_TILDE,
    COMPARE_CARET
};

struct comparator {
    struct comparator *next;
    enum comparator_op op;
    struct semver version;
    bool dirty;       /* some part is missing or a wildcard */
    bool minor_dirty; /* the minor part is (the major is not) */
    bool patch_dirty; /* only the patch part is */
};

/* One alternative; the constraint is the first of them. */
struct semver_constraint {
    struct semver_constraint *next;
    struct comparator *comparators;
    bool prereleases; /* one of the comparators names a prerelease */
};

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

static size_t skip_spaces(struct slice s, size_t at)
{
    while (at < s.len && is_space(s.ptr[at]))
        at++;
    return at;
}

/* --- ranges with a hyphen ------------------------------------------------------------------------------------ */

struct hyphen_range {
    struct slice whole; /* with the blanks around it */
    struct slice low;
    struct slice high;
};

/* `version blanks "-" blanks version` at `at`, blanks before and after included. */
static bool match_hyphen_range(struct slice s, size_t at, struct hyphen_range *out)
{
    struct semver_text unused;
    size_t low = skip_spaces(s, at);
    size_t low_end = low + semver_scan(slice_after(s, low), true, &unused);
    size_t dash = skip_spaces(s, low_end);
    if (low_end == low || dash == low_end || dash == s.len || s.ptr[dash] != '-')
        return false;
    size_t high = skip_spaces(s, dash + 1);
    size_t high_end = high + semver_scan(slice_after(s, high), true, &unused);
    if (high == dash + 1 || high_end == high)
        return false;
    out->whole = slice_part(s, at, skip_spaces(s, high_end));
    out->low = slice_part(s, low, low_end);
    out->high = slice_part(s, high, high_end);
    return true;
}

/* Replaces the first occurrence of the range's text, which need not be the place where it was found. */
static struct slice replace_range(struct arena *a, struct slice text, const struct hyphen_range *range)
{
    size_t at = slice_find(text, range->whole);
    if (at == text.len)
        return text;
    struct buffer b = BUFFER_INIT;
    buffer_add(&b, slice_part(text, 0, at));
    buffer_printf(&b, ">= %.*s, <= %.*s ", SLICE_ARG(range->low), SLICE_ARG(range->high));
    buffer_add(&b, slice_after(text, at + range->whole.len));
    return buffer_move(&b, a);
}

static struct slice rewrite_ranges(struct arena *a, struct slice text)
{
    struct slice result = text;
    struct hyphen_range range;
    for (size_t at = 0; at < text.len;) {
        if (match_hyphen_range(text, at, &range)) {
            result = replace_range(a, result, &range);
            at += range.whole.len;
        } else
            at++;
    }
    return result;
}

/* --- parsing ------------------------------------------------------------------------------------------------- */

static bool is_wildcard(struct slice s)
{
    return s.len == 0 || (s.len == 1 && (s.ptr[0] == 'x' || s.ptr[0] == 'X' || s.ptr[0] == '*'));
}

/* The operator at the front, which must not be followed by another character of an operator; returns its length, or
   SIZE_MAX where there is no such operator. */
static size_t scan_operator(struct slice s, enum comparator_op *op)
{
    static const struct {
        const char *text;
        enum comparator_op op;
    } operators[] = {
        {"", COMPARE_TILDE_OR_EQUAL}, {"=", COMPARE_TILDE_OR_EQUAL}, {"!=", COMPARE_NOT_EQUAL},
        {">", COMPARE_GREATER},       {"<", COMPARE_LESS},           {">=", COMPARE_AT_LEAST},
        {"=>", COMPARE_AT_LEAST},     {"<=", COMPARE_AT_MOST},       {"=<", COMPARE_AT_MOST},
        {"~", COMPARE_TILDE},         {"~>", COMPARE_TILDE},         {"^", COMPARE_CARET},
    };
    size_t len = 0;
    while (len < s.len && s.ptr[len] && strchr("=!<>~^", s.ptr[len]))
        len++;
    for (size_t i = 0; i < sizeof operators / sizeof operators[0]; i++) {
        if (slice_is(slice_part(s, 0, len), operators[i].text)) {
            *op = operators[i].op;
            return len;
        }
    }
    return SIZE_MAX;
}

/* The version that a comparator compares with: wildcard and missing parts are 0. False: not a version. */
static bool comparator_version(struct arena *a, struct slice text, const struct semver_text *scanned,
                               struct comparator *c)
{
    const struct slice *n = scanned->numbers;
    const char *dash = scanned->prerelease.len ? "-" : "";
    struct slice pre = scanned->prerelease;
    if (is_wildcard(n[0]))
        text = arena_printf(a, "0.0.0%s%.*s", dash, SLICE_ARG(pre));
    else if (is_wildcard(n[1])) {
        c->minor_dirty = true;
        text = arena_printf(a, "%.*s.0.0%s%.*s", SLICE_ARG(n[0]), dash, SLICE_ARG(pre));
    } else if (is_wildcard(n[2])) {
        c->patch_dirty = true;
        text = arena_printf(a, "%.*s.%.*s.0%s%.*s", SLICE_ARG(n[0]), SLICE_ARG(n[1]), dash, SLICE_ARG(pre));
    }
    c->dirty = is_wildcard(n[0]) || c->minor_dirty || c->patch_dirty;
    return semver_parse_loose(text, &c->version);
}

enum comparator_result {
    COMPARATOR_OK,
    COMPARATOR_IMPROPER,
    COMPARATOR_NOT_A_VERSION
};

/* operator blanks version, up to a blank, a comma or the end. */
static enum comparator_result parse_comparator(struct arena *a, struct slice s, size_t *at, struct comparator *c)
{
    size_t len = scan_operator(slice_after(s, *at), &c->op);
    if (len == SIZE_MAX)
        return COMPARATOR_IMPROPER;
    size_t start = skip_spaces(s, *at + len);
    struct semver_text scanned;
    size_t end = start + semver_scan(slice_after(s, start), true, &scanned);
    if (end == start || (end < s.len && !is_space(s.ptr[end]) && s.ptr[end] != ','))
        return COMPARATOR_IMPROPER;
    *at = end;
    return comparator_version(a, slice_part(s, start, end), &scanned, c) ? COMPARATOR_OK : COMPARATOR_NOT_A_VERSION;
}

/* comparator { ( blanks | [ blanks ] "," [ blanks ] ) comparator }. A faulty version counts only when the rest is
   well-formed. */
static enum comparator_result parse_alternative(struct arena *a, struct slice s, struct semver_constraint *out)
{
    enum comparator_result result = COMPARATOR_OK;
    struct comparator **tail = &out->comparators;
    size_t at = skip_spaces(s, 0);
    for (;;) {
        struct comparator *c = ARENA_NEW(a, struct comparator);
        enum comparator_result r = parse_comparator(a, s, &at, c);
        if (r == COMPARATOR_IMPROPER)
            return r;
        if (r != COMPARATOR_OK)
            result = r;
        out->prereleases = out->prereleases || c->version.prerelease.len > 0;
        *tail = c;
        tail = &c->next;
        at = skip_spaces(s, at);
        if (at == s.len)
            return result;
        if (s.ptr[at] == ',')
            at = skip_spaces(s, at + 1);
    }
}

bool semver_constraint_parse(struct arena *a, struct slice text, struct semver_constraint **out, struct slice *error)
{
    struct semver_constraint *first = NULL;
    struct semver_constraint **tail = &first;
    struct slice rest = rewrite_ranges(a, text);
    for (;;) {
        size_t end = slice_find(rest, SLICE("||"));
        struct slice alternative = slice_part(rest, 0, end);
        *tail = ARENA_NEW(a, struct semver_constraint);
        switch (parse_alternative(a, alternative, *tail)) {
        case COMPARATOR_IMPROPER:
            *error = arena_concat(a, SLICE("improper constraint: "), alternative);
            return false;
        case COMPARATOR_NOT_A_VERSION:
            *error = SLICE("constraint parser error");
            return false;
        default:
            break;
        }
        tail = &(*tail)->next;
        if (end == rest.len)
            break;
        rest = slice_after(rest, end + 2);
    }
    *out = first;
    return true;
}

/* --- checking ------------------------------------------------------------------------------------------------ */

static bool check_not_equal(const struct comparator *c, const struct semver *v)
{
    if (!c->dirty)
        return semver_compare(v, &c->version) != 0;
    if (c->version.major != v->major)
        return true;
    if (c->minor_dirty)
        return false;
    if (c->version.minor != v->minor)
        return true;
    if (c->patch_dirty)
        return (v->prerelease.len > 0 || c->version.prerelease.len > 0) &&
               semver_compare_prerelease(v->prerelease, c->version.prerelease) != 0;
    return c->version.patch != v->patch || semver_compare(v, &c->version) != 0;
}

/* ">11" is 12 and higher, ">11.1" is 11.2 and higher. */
static bool check_greater(const struct comparator *c, const struct semver *v)
{
    if (!c->dirty || (v->major == c->version.major && !c->minor_dirty && !c->patch_dirty))
        return semver_compare(v, &c->version) > 0;
    if (v->major != c->version.major)
        return v->major > c->version.major;
    return !c->minor_dirty && v->minor > c->version.minor;
}

/* "<=1.2" takes all of 1.2. */
static bool check_at_most(const struct comparator *c, const struct semver *v)
{
    if (!c->dirty)
        return semver_compare(v, &c->version) <= 0;
    if (v->major != c->version.major)
        return v->major < c->version.major;
    return c->minor_dirty || v->minor <= c->version.minor;
}

/* "~1.2.3" is 1.2.3 up to 1.3, "~1" is all of 1; "~0.0.0" and "~*" take everything. */
static bool check_tilde(const struct comparator *c, const struct semver *v)
{
    const struct semver *low = &c->version;
    if (semver_compare(v, low) < 0)
        return false;
    if (low->major == 0 && low->minor == 0 && low->patch == 0 && !c->minor_dirty && !c->patch_dirty)
        return true;
    return v->major == low->major && (c->minor_dirty || v->minor == low->minor);
}

/* "^" keeps the first part that is not zero. */
static bool check_caret(const struct comparator *c, const struct semver *v)
{
    const struct semver *low = &c->version;
    if (semver_compare(v, low) < 0)
        return false;
    if (low->major > 0 || c->minor_dirty)
        return v->major == low->major;
    if (v->major > 0)
        return false;
    if (low->minor > 0 || c->patch_dirty)
        return v->minor == low->minor;
    return v->minor == 0 && v->patch == low->patch;
}

static bool check_comparator(const struct comparator *c, const struct semver *v)
{
    switch (c->op) {
    case COMPARE_NOT_EQUAL:
        return check_not_equal(c, v);
    case COMPARE_GREATER:
        return check_greater(c, v);
    case COMPARE_LESS:
        return semver_compare(v, &c->version) < 0;
    case COMPARE_AT_LEAST:
        return semver_compare(v, &c->version) >= 0;
    case COMPARE_AT_MOST:
        return check_at_most(c, v);
    case COMPARE_TILDE:
        return check_tilde(c, v);
    case COMPARE_CARET:
        return check_caret(c, v);
    default:
        return c->dirty ? check_tilde(c, v) : semver_compare(v, &c->version) == 0;
    }
}

static bool check_alternative(const struct semver_constraint *alternative, const struct semver *v)
{
    if (v->prerelease.len > 0 && !alternative->prereleases)
        return false;
    for (const struct comparator *c = alternative->comparators; c; c = c->next)
        if (!check_comparator(c, v))
            return false;
    return true;
}

bool semver_constraint_check(const struct semver_constraint *constraint, const struct semver *v)
{
    for (; constraint; constraint = constraint->next)
        if (check_alternative(constraint, v))
            return true;
    return false;
}
