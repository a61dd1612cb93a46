/*
 * hash.h - hashing of short keys for tables in memory
 *
 * Not for untrusted collisions beyond what a bounded table suffers, and never for output: results may differ between
 * builds.
 */
#ifndef YARE_BASE_HASH_H
#define YARE_BASE_HASH_H

#include "base/slice.h"

#include <stdint.h>

static inline uint64_t hash_mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 32;
}

/* Eight bytes at a time; the low bits are good. With a start that whoever chose the text does not know it is hard to
   choose texts of one hash. */
static inline uint64_t hash_slice_from(uint64_t start, struct slice s)
{
    uint64_t hash = hash_mix(start, s.len);
    uint64_t word = 0;
    const char *at = s.ptr;
    size_t left = s.len;
    for (; left >= sizeof word; left -= sizeof word, at += sizeof word) {
        memcpy(&word, at, sizeof word);
        hash = hash_mix(hash, word);
    }
    for (word = 0; left; left--)
        word = word << 8 | (unsigned char)at[left - 1];
    return hash_mix(hash_mix(hash, word), 0);
}

static inline uint64_t hash_slice(struct slice s)
{
    return hash_slice_from(0xCBF29CE484222325u, s);
}

#endif
