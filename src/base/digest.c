/*
 * digest.c - hashes by libcrypto
 */
#include "base/digest.h"

/* The block functions of OpenSSL 1.1: they need no provider, whose start-up costs more than a whole render. */
#define OPENSSL_API_COMPAT 0x10100000L
#include <openssl/sha.h>

size_t digest_bytes(enum digest_kind kind, struct slice s, unsigned char *out)
{
    const unsigned char *bytes = (const unsigned char *)(s.len ? s.ptr : "");
    union {
        SHA_CTX sha1;
        SHA256_CTX sha256;
        SHA512_CTX sha512;
    } state;
    switch (kind) {
    case DIGEST_SHA1:
        SHA1_Init(&state.sha1);
        SHA1_Update(&state.sha1, bytes, s.len);
        SHA1_Final(out, &state.sha1);
        return SHA_DIGEST_LENGTH;
    case DIGEST_SHA256:
        SHA256_Init(&state.sha256);
        SHA256_Update(&state.sha256, bytes, s.len);
        SHA256_Final(out, &state.sha256);
        return SHA256_DIGEST_LENGTH;
    case DIGEST_SHA512:
        SHA512_Init(&state.sha512);
        SHA512_Update(&state.sha512, bytes, s.len);
        SHA512_Final(out, &state.sha512);
        return SHA512_DIGEST_LENGTH;
    }
    return 0;
}

struct slice digest_hex(struct arena *a, enum digest_kind kind, struct slice s)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char hash[DIGEST_LONGEST];
    size_t len = digest_bytes(kind, s, hash);
    char *text = arena_alloc(a, 2 * len + 1);
    for (size_t i = 0; i < len; i++) {
        text[2 * i] = digits[hash[i] >> 4];
        text[2 * i + 1] = digits[hash[i] & 15];
    }
    text[2 * len] = '\0';
    return slice_of(text, 2 * len);
}

uint32_t digest_adler32(struct slice s)
{
    const uint32_t prime = 65521;
    const size_t run = 5552; /* bytes whose sums cannot overflow */
    uint32_t low = 1;
    uint32_t high = 0;
    for (size_t from = 0; from < s.len; from += run) {
        size_t to = s.len - from < run ? s.len : from + run;
        for (size_t i = from; i < to; i++) {
            low += (unsigned char)s.ptr[i];
            high += low;
        }
        low %= prime;
        high %= prime;
    }
    return high << 16 | low;
}
