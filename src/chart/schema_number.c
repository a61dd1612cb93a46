/*
 * schema_number.c - exact decimals, as JSON Schema compares them
 */
#include "chart/schema_number.h"

#include "golang/strconv.h"

enum {
    EXPONENT_LIMIT = 1000000, /* math/big refuses larger ones, so the library takes such a number for none */
    UNIT_DIGITS = 1000
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Splits "[-]123[.456][e[+-]78]" into its parts; the text is known to be a number. */
static bool split_number(struct slice text, bool *negative, struct slice *whole, struct slice *fraction,
                         int64_t *exponent)
{
    *negative = text.len && text.ptr[0] == '-';
    if (text.len && (text.ptr[0] == '-' || text.ptr[0] == '+'))
        text = slice_after(text, 1);
    size_t i = 0;
    while (i < text.len && is_digit(text.ptr[i]))
        i++;
    *whole = slice_part(text, 0, i);
    *fraction = SLICE("");
    if (i < text.len && text.ptr[i] == '.') {
        size_t from = ++i;
        while (i < text.len && is_digit(text.ptr[i]))
            i++;
        *fraction = slice_part(text, from, i);
    }
    *exponent = 0;
    if (i == text.len)
        return true;
    struct slice power = slice_after(text, i + 1);
    return go_parse_int(power, 10, 64, exponent) == GO_NUMBER_OK && *exponent <= EXPONENT_LIMIT &&
           *exponent >= -EXPONENT_LIMIT;
}

/* Takes the zeros from both ends. */
static void trim_zeros(struct schema_number *n)
{
    while (n->digits.len && n->digits.ptr[0] == '0')
        n->digits = slice_after(n->digits, 1);
    while (n->digits.len && n->digits.ptr[n->digits.len - 1] == '0') {
        n->digits.len--;
        n->exponent++;
    }
    if (n->digits.len == 0) {
        n->exponent = 0;
        n->negative = false;
    }
}

bool schema_number_parse(struct arena *a, struct slice text, struct schema_number *out)
{
    struct slice whole, fraction;
    if (!split_number(text, &out->negative, &whole, &fraction, &out->exponent))
        return false;
    out->digits = fraction.len ? arena_concat(a, whole, fraction) : whole;
    out->exponent -= (int64_t)fraction.len;
    trim_zeros(out);
    return true;
}

/* Compares the values without their signs; neither is zero. */
static int compare_magnitudes(const struct schema_number *a, const struct schema_number *b)
{
    int64_t size_a = (int64_t)a->digits.len + a->exponent;
    int64_t size_b = (int64_t)b->digits.len + b->exponent;
    if (size_a != size_b)
        return size_a < size_b ? -1 : 1;
    return slice_compare(a->digits, b->digits);
}

static int sign(const struct schema_number *n)
{
    if (n->digits.len == 0)
        return 0;
    return n->negative ? -1 : 1;
}

int schema_number_compare(const struct schema_number *a, const struct schema_number *b)
{
    if (sign(a) != sign(b))
        return sign(a) < sign(b) ? -1 : 1;
    return sign(a) == 0 ? 0 : sign(a) * compare_magnitudes(a, b);
}

bool schema_number_is_integer(const struct schema_number *n)
{
    return n->exponent >= 0;
}

int64_t schema_number_integer(const struct schema_number *n)
{
    uint64_t result = 0;
    for (size_t i = 0; i < n->digits.len; i++)
        result = result * 10 + (uint64_t)(n->digits.ptr[i] - '0');
    for (int64_t i = 0; i < n->exponent && result; i++)
        result *= 10;
    return (int64_t)(n->negative ? 0 - result : result);
}

/* A remainder in the making: `len` digits, the most significant first, one more than the unit has. */
struct remainder {
    char digits[UNIT_DIGITS + 1];
    size_t len;
    struct slice unit;
};

static bool remainder_reaches_unit(const struct remainder *r)
{
    return r->digits[0] != '0' || memcmp(r->digits + 1, r->unit.ptr, r->unit.len) >= 0;
}

static void remainder_subtract_unit(struct remainder *r)
{
    int borrow = 0;
    for (size_t i = r->unit.len; i-- > 0;) {
        int digit = r->digits[i + 1] - r->unit.ptr[i] - borrow;
        borrow = digit < 0;
        r->digits[i + 1] = (char)('0' + digit + (borrow ? 10 : 0));
    }
    r->digits[0] = (char)(r->digits[0] - borrow);
}

/* Appends a digit to the dividend. */
static void remainder_push(struct remainder *r, char digit)
{
    memmove(r->digits, r->digits + 1, r->len - 1);
    r->digits[r->len - 1] = digit;
    while (remainder_reaches_unit(r))
        remainder_subtract_unit(r);
}

static bool remainder_is_zero(const struct remainder *r)
{
    for (size_t i = 0; i < r->len; i++) {
        if (r->digits[i] != '0')
            return false;
    }
    return true;
}

/*
 * Both are divided by the smaller power of ten. Where that leaves zeros behind the unit, it divides nothing, since
 * the digits of n do not end in zero. Zeros behind n only help against factors of 2 and 5 in the unit; it has fewer
 * than four for each of its digits.
 */
bool schema_number_is_multiple(const struct schema_number *n, const struct schema_number *unit)
{
    if (n->digits.len == 0)
        return true;
    if (n->exponent < unit->exponent || unit->digits.len > UNIT_DIGITS)
        return false;
    struct remainder r = {.len = unit->digits.len + 1, .unit = unit->digits};
    memset(r.digits, '0', r.len);
    for (size_t i = 0; i < n->digits.len; i++)
        remainder_push(&r, n->digits.ptr[i]);
    uint64_t zeros = (uint64_t)(n->exponent - unit->exponent);
    for (uint64_t i = 0; i < zeros && i < 4 * unit->digits.len && !remainder_is_zero(&r); i++)
        remainder_push(&r, '0');
    return remainder_is_zero(&r);
}

double schema_number_double(const struct schema_number *n)
{
    struct buffer text = BUFFER_INIT;
    buffer_printf(&text, "%s%.*se%lld", n->negative ? "-" : "", SLICE_ARG(n->digits.len ? n->digits : SLICE("0")),
                  (long long)n->exponent);
    double result = 0;
    go_parse_float(buffer_slice(&text), 64, &result);
    buffer_release(&text);
    return result;
}
