/*
 * digest.c - hashes by libcrypto
 */
#include "base/digest.h"

#include <openssl/sha.h>

size_t digest_bytes(enum digest_kind kind, struct slice s, unsigned char *out)
{
    const unsigned char *bytes = (const unsigned char *)(s.len ? s.ptr : "");
    switch (kind) {
    case DIGEST_SHA1:
        SHA1(bytes, s.len, out);
        return SHA_DIGEST_LENGTH;
    case DIGEST_SHA256:
        SHA256(bytes, s.len, out);
        return SHA256_DIGEST_LENGTH;
    case DIGEST_SHA512:
        SHA512(bytes, s.len, out);
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
