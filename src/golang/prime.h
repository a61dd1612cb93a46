/*
 * prime.h - primes for keys
 */
#ifndef YARE_GOLANG_PRIME_H
#define YARE_GOLANG_PRIME_H

#include "golang/private_key.h"

#include <openssl/bn.h>

/* A random number of exactly so many bits, the highest `high_ones` of them 1, odd if asked. False: out of memory. */
bool random_number(BIGNUM *out, int bits, int high_ones, bool odd, const struct random_source *random);

/* Whether a random candidate is prime, beyond reasonable doubt. */
bool is_prime(const BIGNUM *n, BN_CTX *ctx);

/* A random prime p of so many bits whose two highest are 1, with p-1 not divisible by `not_dividing` (0: any). */
bool random_prime(BIGNUM *out, int bits, BN_ULONG not_dividing, const struct random_source *random, BN_CTX *ctx);

#endif
