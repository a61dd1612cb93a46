/*
 * decimal.c - decimal arithmetic on OpenSSL's big numbers
 *
 * The only failure of the library's functions here is want of memory, which ends the program as everywhere.
 */
#include "golang/decimal.h"

#include "base/memory.h"
#include "golang/strconv.h"

#include <openssl/bn.h>

enum {
    DIVISION_PLACES = 16
};

/* Takes what a library function returned; null and 0 mean that memory ran out. */
static void *need(void *result)
{
    return result ? result : memory_alloc(SIZE_MAX);
}

static void need_done(int done)
{
    if (!done)
        memory_alloc(SIZE_MAX);
}

void decimal_init(struct decimal *d, double f)
{
    struct buffer text = BUFFER_INIT;
    go_format_float(&text, f, 'e', -1, 64);
    struct slice digits = buffer_slice(&text);
    size_t e = slice_find_char(digits, 'e');
    int64_t exponent = 0;
    go_parse_int(slice_after(digits, e + 1), 10, 32, &exponent);
    struct buffer whole = BUFFER_INIT;
    size_t point = slice_find_char(digits, '.');
    buffer_add(&whole, slice_part(digits, 0, point < e ? point : e));
    if (point < e) {
        buffer_add(&whole, slice_part(digits, point + 1, e));
        exponent -= (int64_t)(e - point - 1);
    }
    buffer_add_char(&whole, '\0');
    d->number = NULL;
    d->exponent = (int)exponent;
    need_done(BN_dec2bn(&d->number, whole.ptr));
    buffer_release(&whole);
    buffer_release(&text);
}

void decimal_release(struct decimal *d)
{
    BN_free(d->number);
    d->number = NULL;
}

double decimal_float(const struct decimal *d)
{
    char *digits = need(BN_bn2dec(d->number));
    struct buffer text = BUFFER_INIT;
    buffer_printf(&text, "%se%d", digits, d->exponent);
    double f;
    go_parse_float(buffer_slice(&text), 64, &f);
    buffer_release(&text);
    OPENSSL_free(digits);
    return f;
}

bool decimal_is_zero(const struct decimal *d)
{
    return BN_is_zero(d->number);
}

/* number * 10^places, as a new number. */
static BIGNUM *scaled(const BIGNUM *number, int places, BN_CTX *context)
{
    BIGNUM *result = need(BN_dup(number));
    BIGNUM *power = need(BN_new());
    BIGNUM *ten = need(BN_new());
    need_done(BN_set_word(ten, 10));
    need_done(BN_set_word(power, (BN_ULONG)places));
    need_done(BN_exp(power, ten, power, context));
    need_done(BN_mul(result, result, power, context));
    BN_free(power);
    BN_free(ten);
    return result;
}

/* Adds or subtracts at the smaller of the two exponents. */
static void combine(struct decimal *d, const struct decimal *o, bool subtract)
{
    BN_CTX *context = need(BN_CTX_new());
    int exponent = d->exponent < o->exponent ? d->exponent : o->exponent;
    BIGNUM *left = scaled(d->number, d->exponent - exponent, context);
    BIGNUM *right = scaled(o->number, o->exponent - exponent, context);
    need_done(subtract ? BN_sub(d->number, left, right) : BN_add(d->number, left, right));
    d->exponent = exponent;
    BN_free(left);
    BN_free(right);
    BN_CTX_free(context);
}

void decimal_add(struct decimal *d, const struct decimal *o)
{
    combine(d, o, false);
}

void decimal_subtract(struct decimal *d, const struct decimal *o)
{
    combine(d, o, true);
}

void decimal_multiply(struct decimal *d, const struct decimal *o)
{
    BN_CTX *context = need(BN_CTX_new());
    need_done(BN_mul(d->number, d->number, o->number, context));
    d->exponent += o->exponent;
    BN_CTX_free(context);
}

/* Rounds half away from zero at the last place. */
void decimal_divide(struct decimal *d, const struct decimal *o)
{
    BN_CTX *context = need(BN_CTX_new());
    int shift = d->exponent - o->exponent + DIVISION_PLACES;
    BIGNUM *left = scaled(d->number, shift > 0 ? shift : 0, context);
    BIGNUM *right = scaled(o->number, shift < 0 ? -shift : 0, context);
    BIGNUM *rest = need(BN_new());
    bool negative = BN_is_negative(d->number) != BN_is_negative(o->number);
    need_done(BN_div(d->number, rest, left, right, context));
    need_done(BN_lshift1(rest, rest));
    if (BN_ucmp(rest, right) >= 0)
        need_done(negative ? BN_sub_word(d->number, 1) : BN_add_word(d->number, 1));
    d->exponent = -DIVISION_PLACES;
    BN_free(left);
    BN_free(right);
    BN_free(rest);
    BN_CTX_free(context);
}
