/*
 * quantity.c - Kubernetes' quantities compared by value
 *
 * A quantity is decimal digits times a power of ten; binary suffixes are multiplied into the digits, so that nothing is
 * rounded.
 */
#include "report/quantity.h"

enum {
    MOST_DIGITS = 64,     /* of a number that is read, products included */
    LONGEST_NUMBER = 40,  /* digits as written: six multiplications by 1024 add 19 */
    HIGHEST_EXPONENT = 99
};

struct quantity {
    bool negative;
    unsigned char digits[MOST_DIGITS]; /* most significant first, neither first nor last is 0 */
    size_t count;                      /* 0: zero */
    int exponent;                      /* of ten, for the last digit */
};

struct suffix {
    const char *text;
    int thousands; /* powers of ten */
    int kibis;     /* powers of 1024 */
};

static const struct suffix suffixes[] = {
    {"", 0, 0},  {"n", -9, 0}, {"u", -6, 0}, {"m", -3, 0}, {"k", 3, 0},  {"M", 6, 0},  {"G", 9, 0},  {"T", 12, 0},
    {"P", 15, 0}, {"E", 18, 0}, {"Ki", 0, 1}, {"Mi", 0, 2}, {"Gi", 0, 3}, {"Ti", 0, 4}, {"Pi", 0, 5}, {"Ei", 0, 6},
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Reads sign, digits and point from the front of *text. */
static bool read_number(struct slice *text, struct quantity *q)
{
    size_t i = 0;
    size_t digits = 0;
    bool point = false;
    if (text->len && (text->ptr[0] == '-' || text->ptr[0] == '+'))
        q->negative = text->ptr[i++] == '-';
    for (; i < text->len && (is_digit(text->ptr[i]) || (text->ptr[i] == '.' && !point)); i++) {
        if (text->ptr[i] == '.') {
            point = true;
            continue;
        }
        if (digits++ == LONGEST_NUMBER)
            return false;
        q->digits[q->count++] = (unsigned char)(text->ptr[i] - '0');
        q->exponent -= point;
    }
    *text = slice_after(*text, i);
    return digits > 0;
}

static bool read_exponent(struct slice text, int *exponent)
{
    bool negative = false;
    size_t i = 1;
    if (text.len < 2 || (text.ptr[0] != 'e' && text.ptr[0] != 'E'))
        return false;
    if (text.ptr[1] == '-' || text.ptr[1] == '+')
        negative = text.ptr[i++] == '-';
    int value = 0;
    size_t first = i;
    for (; i < text.len && is_digit(text.ptr[i]) && value <= HIGHEST_EXPONENT; i++)
        value = value * 10 + text.ptr[i] - '0';
    *exponent = negative ? -value : value;
    return i == text.len && i > first && value <= HIGHEST_EXPONENT;
}

/* The digits times 1024; there is room for it. */
static void multiply_kibi(struct quantity *q)
{
    unsigned char product[MOST_DIGITS];
    size_t at = MOST_DIGITS;
    unsigned carry = 0;
    for (size_t i = q->count; i > 0 || carry; carry /= 10) {
        if (i > 0)
            carry += q->digits[--i] * 1024u;
        product[--at] = (unsigned char)(carry % 10);
    }
    q->count = MOST_DIGITS - at;
    memcpy(q->digits, product + at, q->count);
}

static void normalise(struct quantity *q)
{
    size_t zeros = 0;
    while (q->count && q->digits[q->count - 1] == 0) {
        q->count--;
        q->exponent++;
    }
    while (zeros < q->count && q->digits[zeros] == 0)
        zeros++;
    memmove(q->digits, q->digits + zeros, q->count - zeros);
    q->count -= zeros;
    if (q->count == 0)
        *q = (struct quantity){.count = 0};
}

static bool read_quantity(struct slice text, struct quantity *q)
{
    int exponent = 0;
    *q = (struct quantity){.count = 0};
    if (!read_number(&text, q))
        return false;
    if (read_exponent(text, &exponent)) {
        q->exponent += exponent;
        normalise(q);
        return true;
    }
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++) {
        if (!slice_is(text, suffixes[i].text))
            continue;
        q->exponent += suffixes[i].thousands;
        for (int k = 0; k < suffixes[i].kibis; k++)
            multiply_kibi(q);
        normalise(q);
        return true;
    }
    return false;
}

bool quantity_equal(struct slice a, struct slice b)
{
    struct quantity x;
    struct quantity y;
    return read_quantity(a, &x) && read_quantity(b, &y) && x.negative == y.negative && x.exponent == y.exponent &&
           x.count == y.count && memcmp(x.digits, y.digits, x.count) == 0;
}

static bool is_one_of(struct slice text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (slice_is(text, words[i]))
            return true;
    }
    return false;
}

bool quantity_is_field(struct slice parent, struct slice field)
{
    static const char *const parents[] = {"limits", "requests", "capacity", "hard", "allocatable", "overhead",
                                          "podFixed", "default", "defaultRequest", "max", "min",
                                          "maxLimitRequestRatio"};
    static const char *const fields[] = {"sizeLimit", "averageValue", "divisor", "minAvailableStorage"};
    return is_one_of(parent, parents, sizeof parents / sizeof parents[0]) ||
           is_one_of(field, fields, sizeof fields / sizeof fields[0]);
}
