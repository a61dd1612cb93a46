/*
 * yaml_scalar.c - what a YAML scalar is
 *
 * The first byte decides what a text may be at all, so that nearly every key and string is done after one look at a
 * table. Base-60 numbers and YAML 1.2's 0o form are as go-yaml v2 has them: the former are strings, the latter ints.
 */
#include "codec/yaml_scalar.h"

#include "codec/yaml_node.h"
#include "codec/yaml_read.h"
#include "golang/base64.h"
#include "golang/strconv.h"
#include "golang/unicode.h"

#define TAG_PREFIX "tag:yaml.org,2002:"

/* What a first byte allows a plain scalar to be. */
enum hint {
    HINT_STRING,
    HINT_WORD,  /* something in the table of words */
    HINT_DOT,   /* a float, or .inf and .nan */
    HINT_NUMBER /* digits or a sign */
};

static const uint8_t hints[256] = {
    ['+'] = HINT_NUMBER, ['-'] = HINT_NUMBER, ['0'] = HINT_NUMBER, ['1'] = HINT_NUMBER, ['2'] = HINT_NUMBER,
    ['3'] = HINT_NUMBER, ['4'] = HINT_NUMBER, ['5'] = HINT_NUMBER, ['6'] = HINT_NUMBER, ['7'] = HINT_NUMBER,
    ['8'] = HINT_NUMBER, ['9'] = HINT_NUMBER, ['y'] = HINT_WORD,   ['Y'] = HINT_WORD,   ['n'] = HINT_WORD,
    ['N'] = HINT_WORD,   ['t'] = HINT_WORD,   ['T'] = HINT_WORD,   ['f'] = HINT_WORD,   ['F'] = HINT_WORD,
    ['o'] = HINT_WORD,   ['O'] = HINT_WORD,   ['~'] = HINT_WORD,   ['.'] = HINT_DOT,
};

enum word_kind {
    WORD_TRUE,
    WORD_FALSE,
    WORD_NULL
};

struct word {
    const char *text;
    enum word_kind kind;
};

static const struct word words[] = {
    {"true", WORD_TRUE}, {"false", WORD_FALSE}, {"null", WORD_NULL}, {"~", WORD_NULL},    {"y", WORD_TRUE},
    {"Y", WORD_TRUE},    {"yes", WORD_TRUE},    {"Yes", WORD_TRUE},  {"YES", WORD_TRUE},  {"True", WORD_TRUE},
    {"TRUE", WORD_TRUE}, {"on", WORD_TRUE},     {"On", WORD_TRUE},   {"ON", WORD_TRUE},   {"n", WORD_FALSE},
    {"N", WORD_FALSE},   {"no", WORD_FALSE},    {"No", WORD_FALSE},  {"NO", WORD_FALSE},  {"False", WORD_FALSE},
    {"FALSE", WORD_FALSE}, {"off", WORD_FALSE}, {"Off", WORD_FALSE}, {"OFF", WORD_FALSE}, {"Null", WORD_NULL},
    {"NULL", WORD_NULL},
};

enum {
    LONGEST_WORD = 5,
    SHORT_NUMBER = 64 /* numbers up to this length lose their underscores on the stack */
};

/* --- words and special floats ------------------------------------------------------------------------------- */

static bool find_word(struct slice text, struct value *out)
{
    if (text.len > LONGEST_WORD)
        return false;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (words[i].text[0] == text.ptr[0] && slice_is(text, words[i].text)) {
            *out = words[i].kind == WORD_NULL ? value_nil() : value_bool(words[i].kind == WORD_TRUE);
            return true;
        }
    }
    return false;
}

/* .inf and .nan with their signs and three ways of capitals each. */
static bool find_special_float(struct slice text, struct value *out)
{
    if (slice_is(text, ".nan") || slice_is(text, ".NaN") || slice_is(text, ".NAN")) {
        *out = value_float(NAN);
        return true;
    }
    struct slice rest = text;
    if (rest.ptr[0] == '+' || rest.ptr[0] == '-')
        rest = slice_after(rest, 1);
    if (!slice_is(rest, ".inf") && !slice_is(rest, ".Inf") && !slice_is(rest, ".INF"))
        return false;
    *out = value_float(text.ptr[0] == '-' ? -INFINITY : INFINITY);
    return true;
}

/* --- numbers ------------------------------------------------------------------------------------------------ */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t skip_digits(struct slice s, size_t pos)
{
    while (pos < s.len && is_digit(s.ptr[pos]))
        pos++;
    return pos;
}

/* [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)? */
static bool looks_like_float(struct slice s)
{
    size_t pos = s.len && (s.ptr[0] == '-' || s.ptr[0] == '+') ? 1 : 0;
    size_t start = pos;
    pos = skip_digits(s, pos);
    bool whole = pos > start;
    if (pos < s.len && s.ptr[pos] == '.') {
        size_t point = pos + 1;
        pos = skip_digits(s, point);
        if (!whole && pos == point)
            return false;
    } else if (!whole) {
        return false;
    }
    if (pos < s.len && (s.ptr[pos] == 'e' || s.ptr[pos] == 'E')) {
        pos++;
        if (pos < s.len && (s.ptr[pos] == '-' || s.ptr[pos] == '+'))
            pos++;
        size_t exponent = pos;
        pos = skip_digits(s, pos);
        if (pos == exponent)
            return false;
    }
    return pos == s.len;
}

static bool parse_int(struct slice s, int base, struct value *out)
{
    int64_t i;
    if (go_parse_int(s, base, 64, &i) == GO_NUMBER_OK) {
        *out = value_int(i);
        return true;
    }
    uint64_t u;
    if (go_parse_uint(s, base, 64, &u) == GO_NUMBER_OK) {
        *out = value_uint_as(GO_UINT64, u);
        return true;
    }
    return false;
}

/* go-yaml tries what follows "0b" once more in base 2: "0b+1" is 1. */
static bool parse_binary_rest(struct arena *a, struct slice s, struct value *out)
{
    if (slice_starts(s, SLICE("0b")))
        return parse_int(slice_after(s, 2), 2, out);
    if (!slice_starts(s, SLICE("-0b")))
        return false;
    int64_t i;
    struct slice digits = arena_concat(a, SLICE("-"), slice_after(s, 3));
    if (go_parse_int(digits, 2, 64, &i) != GO_NUMBER_OK)
        return false;
    *out = value_int(i);
    return true;
}

/* A number whose underscores are gone. */
static bool parse_number(struct slice s, struct value *out)
{
    if (parse_int(s, 0, out))
        return true;
    double f;
    if (looks_like_float(s) && go_parse_float(s, 64, &f) == GO_NUMBER_OK) {
        *out = value_float(f);
        return true;
    }
    if (!slice_starts(s, SLICE("0b")) && !slice_starts(s, SLICE("-0b")))
        return false;
    struct arena scratch;
    arena_init(&scratch);
    bool found = parse_binary_rest(&scratch, s, out);
    arena_release(&scratch);
    return found;
}

/* Up to 18 decimal digits without a leading zero: nearly every number there is. */
static bool parse_short_decimal(struct slice text, struct value *out)
{
    if (text.len > 18 || (text.ptr[0] == '0' && text.len > 1))
        return false;
    int64_t i = 0;
    for (size_t k = 0; k < text.len; k++) {
        if (!is_digit(text.ptr[k]))
            return false;
        i = i * 10 + (text.ptr[k] - '0');
    }
    *out = value_int(i);
    return true;
}

static size_t without_underscores(struct slice text, char *to)
{
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] != '_')
            to[len++] = text.ptr[i];
    }
    return len;
}

static bool resolve_number(struct slice text, struct value *out)
{
    if (parse_short_decimal(text, out))
        return true;
    if (!is_digit(text.ptr[0]) && find_special_float(text, out))
        return true;
    if (slice_find_char(text, '_') == text.len)
        return parse_number(text, out);
    char on_stack[SHORT_NUMBER];
    if (text.len <= SHORT_NUMBER)
        return parse_number(slice_of(on_stack, without_underscores(text, on_stack)), out);
    struct buffer plain = BUFFER_INIT;
    buffer_reserve(&plain, text.len);
    plain.len = without_underscores(text, plain.ptr);
    bool found = parse_number(buffer_slice(&plain), out);
    buffer_release(&plain);
    return found;
}

/* Go's own rules for floats: underscores may stand between digits. */
static bool resolve_after_dot(struct slice text, struct value *out)
{
    if (find_special_float(text, out))
        return true;
    double f;
    if (go_parse_float(text, 64, &f) != GO_NUMBER_OK)
        return false;
    *out = value_float(f);
    return true;
}

bool yaml_resolve_plain(struct slice text, struct value *out)
{
    if (text.len == 0) {
        *out = value_nil();
        return true;
    }
    switch (hints[(uint8_t)text.ptr[0]]) {
    case HINT_WORD:
        return find_word(text, out);
    case HINT_DOT:
        return resolve_after_dot(text, out);
    case HINT_NUMBER:
        return resolve_number(text, out);
    default:
        return false;
    }
}

struct value yaml_scalar_resolve(struct slice text)
{
    struct value v;
    return yaml_resolve_plain(text, &v) ? v : value_string(text);
}

/* --- timestamps --------------------------------------------------------------------------------------------- */

/* One or two digits up to `most`. */
static bool take_number(struct slice *s, int most, int *out)
{
    size_t len = skip_digits(slice_part(*s, 0, s->len < 2 ? s->len : 2), 0);
    if (len == 0)
        return false;
    *out = s->ptr[0] - '0';
    if (len == 2)
        *out = *out * 10 + s->ptr[1] - '0';
    *s = slice_after(*s, len);
    return *out <= most;
}

static bool take_char(struct slice *s, char c)
{
    if (s->len == 0 || s->ptr[0] != c)
        return false;
    *s = slice_after(*s, 1);
    return true;
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && leap ? 29 : days[month - 1];
}

/* YYYY-M-D, one digit enough for month and day. */
static bool take_date(struct slice *s)
{
    int year = 0;
    if (s->len < 5 || skip_digits(*s, 0) != 4 || s->ptr[4] != '-')
        return false;
    for (int i = 0; i < 4; i++)
        year = year * 10 + s->ptr[i] - '0';
    *s = slice_after(*s, 5);
    int month;
    int day;
    return take_number(s, 12, &month) && month > 0 && take_char(s, '-') && take_number(s, 31, &day) && day > 0 &&
           day <= days_in_month(year, month);
}

/* H:M:S, each of one or two digits, and a fraction of any length. */
static bool take_clock(struct slice *s)
{
    int n;
    if (!take_number(s, 23, &n) || !take_char(s, ':') || !take_number(s, 59, &n) || !take_char(s, ':') ||
        !take_number(s, 59, &n))
        return false;
    if (s->len >= 2 && (s->ptr[0] == '.' || s->ptr[0] == ',') && is_digit(s->ptr[1]))
        *s = slice_after(*s, skip_digits(*s, 1));
    return true;
}

/* Z or +hh:mm. */
static bool take_zone(struct slice *s)
{
    if (take_char(s, 'Z'))
        return true;
    if (!take_char(s, '+') && !take_char(s, '-'))
        return false;
    if (s->len < 5 || skip_digits(*s, 0) != 2 || s->ptr[2] != ':' || skip_digits(slice_after(*s, 3), 0) < 2)
        return false;
    int hours = (s->ptr[0] - '0') * 10 + s->ptr[1] - '0';
    int minutes = (s->ptr[3] - '0') * 10 + s->ptr[4] - '0';
    *s = slice_after(*s, 5);
    return hours <= 24 && minutes <= 60;
}

bool yaml_scalar_is_timestamp(struct slice text)
{
    struct slice s = text;
    if (!take_date(&s))
        return false;
    if (s.len == 0)
        return true;
    if (take_char(&s, 'T') || take_char(&s, 't'))
        return take_clock(&s) && take_zone(&s) && s.len == 0;
    return take_char(&s, ' ') && take_clock(&s) && s.len == 0;
}

/* --- explicit tags ------------------------------------------------------------------------------------------ */

static const char *tag_of(struct value v)
{
    switch (v.kind) {
    case VALUE_NIL:
        return "null";
    case VALUE_BOOL:
        return "bool";
    case VALUE_INT:
    case VALUE_UINT:
        return "int";
    case VALUE_FLOAT:
        return "float";
    default:
        return "str";
    }
}

/* Bytes that are no UTF-8 become U+FFFD on their way through JSON. */
static struct slice valid_text(struct arena *a, struct slice bytes)
{
    if (go_valid_utf8(bytes))
        return bytes;
    struct buffer clean = BUFFER_INIT;
    while (bytes.len) {
        size_t size;
        buffer_add_rune(&clean, go_decode_rune(bytes, &size));
        bytes = slice_after(bytes, size);
    }
    return buffer_move(&clean, a);
}

static bool resolve_binary(struct arena *a, struct slice text, struct value *out, struct slice *error)
{
    struct slice bytes;
    size_t at;
    if (!go_base64_decode(a, text, &bytes, &at)) {
        *error = SLICE("!!binary value contains invalid base64 data");
        return false;
    }
    *out = value_string(valid_text(a, bytes));
    return true;
}

/* An explicit !!int, !!float, !!bool, !!null or !!timestamp must be what the text says. */
static bool resolve_checked(struct arena *a, struct slice name, struct slice text, struct value *out,
                            struct slice *error)
{
    struct value v = yaml_scalar_resolve(text);
    if (slice_is(name, tag_of(v))) {
        *out = v;
        return true;
    }
    if (slice_is(name, "float") && v.kind == VALUE_INT) {
        *out = value_float((double)v.i);
        return true;
    }
    if (slice_is(name, "timestamp") && yaml_scalar_is_timestamp(text)) {
        *out = value_string(text);
        return true;
    }
    *error = arena_printf(a, "cannot decode !!%s `%.*s` as a !!%.*s", tag_of(v), SLICE_ARG(text), SLICE_ARG(name));
    return false;
}

bool yaml_scalar_resolve_tagged(struct arena *a, struct slice tag, struct slice text, struct value *out,
                                struct slice *error)
{
    static const char *const checked[] = {"bool", "int", "float", "null", "timestamp"};
    if (slice_starts(tag, SLICE(TAG_PREFIX))) {
        struct slice name = slice_after(tag, sizeof TAG_PREFIX - 1);
        if (slice_is(name, "binary"))
            return resolve_binary(a, text, out, error);
        for (size_t i = 0; i < sizeof checked / sizeof checked[0]; i++) {
            if (slice_is(name, checked[i]))
                return resolve_checked(a, name, text, out, error);
        }
    }
    *out = value_string(text);
    return true;
}

bool yaml_scalar_raw_tag(struct arena *a, struct slice tag, struct slice text, struct value *out, struct slice *error)
{
    static const char *const names[] = {NULL, "str", "null", "bool", "int", "float", "timestamp"};
    enum yaml_tag found = YAML_TAG_STR;
    if (slice_starts(tag, SLICE(TAG_PREFIX))) {
        struct slice name = slice_after(tag, sizeof TAG_PREFIX - 1);
        if (slice_is(name, "binary")) {
            if (!resolve_binary(a, text, out, error))
                return false;
            text = value_slice(*out);
        }
        for (size_t i = YAML_TAG_STR; i < sizeof names / sizeof names[0]; i++) {
            if (slice_is(name, names[i]))
                found = (enum yaml_tag)i;
        }
    }
    *out = yaml_node(text, found, YAML_PLAIN);
    return true;
}

/* --- keys and numbers on their way through JSON -------------------------------------------------------------- */

/* A float key has 32-bit precision: 1.1234567890123 is "1.1234568". */
static struct slice float_key_text(struct arena *a, double f)
{
    if (isnan(f))
        return SLICE(".nan");
    if (isinf(f))
        return f > 0 ? SLICE(".inf") : SLICE("-.inf");
    struct buffer text = BUFFER_INIT;
    go_format_float(&text, f, 'g', -1, 32);
    if (slice_is(buffer_slice(&text), "+Inf") || slice_is(buffer_slice(&text), "-Inf")) {
        buffer_release(&text);
        return f > 0 ? SLICE(".inf") : SLICE("-.inf");
    }
    return buffer_move(&text, a);
}

bool yaml_scalar_key_text(struct arena *a, struct value key, struct slice *out)
{
    switch (key.kind) {
    case VALUE_STRING:
        *out = value_slice(key);
        return true;
    case VALUE_INT:
        *out = arena_printf(a, "%lld", (long long)key.i);
        return true;
    case VALUE_FLOAT:
        *out = float_key_text(a, key.f);
        return true;
    case VALUE_BOOL:
        *out = key.b ? SLICE("true") : SLICE("false");
        return true;
    default:
        return false;
    }
}

struct value yaml_scalar_as_json(struct value v)
{
    if (v.kind == VALUE_INT)
        return value_from(value_float((double)v.i), v.origin);
    if (v.kind == VALUE_UINT)
        return value_from(value_float((double)v.u), v.origin);
    return v;
}
