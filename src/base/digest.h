/*
 * digest.h - hashes and checksums
 *
 * The one place that knows libcrypto's hash functions. Results are bytes; digest_hex writes them as users see them.
 */
#ifndef YARE_BASE_DIGEST_H
#define YARE_BASE_DIGEST_H

#include "base/arena.h"

#include <stdint.h>

enum digest_kind {
    DIGEST_SHA1,
    DIGEST_SHA256,
    DIGEST_SHA512
};

enum {
    DIGEST_LONGEST = 64 /* bytes */
};

/* The hash of the bytes in `out` (room for DIGEST_LONGEST); returns its length. */
size_t digest_bytes(enum digest_kind kind, struct slice s, unsigned char *out);

/* The same as lower-case hexadecimal text in the arena. */
struct slice digest_hex(struct arena *a, enum digest_kind kind, struct slice s);

/* Adler-32 of RFC 1950. */
uint32_t digest_adler32(struct slice s);

#endif
