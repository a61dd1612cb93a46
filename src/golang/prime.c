/*
 * prime.c - primes for keys
 *
 * Candidates are sieved by the small primes and then put to Miller and Rabin's test with the first primes as bases.
 * For numbers drawn at random, as here, each round errs with a chance far below the bound for chosen ones.
 */
#include "golang/prime.h"

#include "base/memory.h"

enum {
    SIEVE_LIMIT = 4096,
    SIEVE_PRIMES = 564, /* below the limit */
    ROUNDS = 12,
    LONGEST_NUMBER = 512, /* bytes */
    SEARCH_SPAN = 1 << 16
};

struct sieve {
    unsigned primes[SIEVE_PRIMES];
    size_t count;
};

static void sieve_fill(struct sieve *s)
{
    bool composite[SIEVE_LIMIT] = {false};
    s->count = 0;
    for (unsigned n = 2; n < SIEVE_LIMIT; n++) {
        if (composite[n])
            continue;
        s->primes[s->count++] = n;
        for (unsigned m = n * n; m < SIEVE_LIMIT; m += n)
            composite[m] = true;
    }
}

bool random_number(BIGNUM *out, int bits, int high_ones, bool odd, const struct random_source *random)
{
    unsigned char bytes[LONGEST_NUMBER];
    size_t size = (size_t)(bits + 7) / 8;
    random->draw(random->context, bytes, size);
    bool ok = BN_bin2bn(bytes, (int)size, out) != NULL && BN_mask_bits(out, bits) >= 0;
    for (int i = 1; ok && i <= high_ones; i++)
        ok = BN_set_bit(out, bits - i);
    return ok && (!odd || BN_set_bit(out, 0));
}

/* One round: whether n passes for the base. `odd` and `twos` take n-1 apart. */
static bool passes(const BIGNUM *n, const BIGNUM *less_one, const BIGNUM *odd, int twos, BN_ULONG base,
                   BN_MONT_CTX *montgomery, BIGNUM *x, BN_CTX *ctx)
{
    if (!BN_mod_exp_mont_word(x, base, odd, n, ctx, montgomery))
        return false;
    if (BN_is_one(x) || BN_cmp(x, less_one) == 0)
        return true;
    for (int i = 1; i < twos; i++) {
        if (!BN_mod_sqr(x, x, n, ctx))
            return false;
        if (BN_cmp(x, less_one) == 0)
            return true;
    }
    return false;
}

static bool miller_rabin(const BIGNUM *n, const struct sieve *s, BN_CTX *ctx)
{
    BN_CTX_start(ctx);
    BIGNUM *less_one = BN_CTX_get(ctx);
    BIGNUM *odd = BN_CTX_get(ctx);
    BIGNUM *x = BN_CTX_get(ctx);
    BN_MONT_CTX *montgomery = BN_MONT_CTX_new();
    bool ok = x && montgomery && BN_MONT_CTX_set(montgomery, n, ctx) && BN_copy(less_one, n) &&
              BN_sub_word(less_one, 1);
    int twos = 0;
    while (ok && !BN_is_bit_set(less_one, twos))
        twos++;
    ok = ok && BN_rshift(odd, less_one, twos);
    for (size_t i = 0; ok && i < ROUNDS; i++)
        ok = passes(n, less_one, odd, twos, s->primes[i], montgomery, x, ctx);
    BN_MONT_CTX_free(montgomery);
    BN_CTX_end(ctx);
    return ok;
}

bool is_prime(const BIGNUM *n, BN_CTX *ctx)
{
    struct sieve s;
    sieve_fill(&s);
    for (size_t i = 0; i < s.count; i++)
        if (BN_mod_word(n, s.primes[i]) == 0)
            return false;
    return miller_rabin(n, &s, ctx);
}

/* The first prime from an odd number on, in *n; false: none near it. */
static bool next_prime(BIGNUM *n, BN_ULONG not_dividing, const struct sieve *s, BN_CTX *ctx)
{
    unsigned rest[SIEVE_PRIMES];
    unsigned at = 0; /* how far n is from where it began */
    for (size_t i = 0; i < s->count; i++)
        rest[i] = (unsigned)BN_mod_word(n, s->primes[i]);
    for (unsigned step = 0; step < SEARCH_SPAN; step += 2) {
        size_t i = 0;
        while (i < s->count && (rest[i] + step) % s->primes[i] != 0)
            i++;
        if (i < s->count)
            continue;
        if (!BN_add_word(n, step - at))
            return false;
        at = step;
        if ((!not_dividing || BN_mod_word(n, not_dividing) != 1) && miller_rabin(n, s, ctx))
            return true;
    }
    return false;
}

bool random_prime(BIGNUM *out, int bits, BN_ULONG not_dividing, const struct random_source *random, BN_CTX *ctx)
{
    struct sieve s;
    sieve_fill(&s);
    do {
        if (!random_number(out, bits, 2, true, random))
            return false;
    } while (!next_prime(out, not_dividing, &s, ctx) || BN_num_bits(out) != bits);
    return true;
}
