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

/* FNV-1a, with a final mix so that the low bits are good. */
static inline uint64_t hash_slice(struct slice s)
{
    uint64_t hash = 0xCBF29CE484222325u;
    for (size_t i = 0; i < s.len; i++)
        hash = (hash ^ (unsigned char)s.ptr[i]) * 0x100000001B3u;
    return hash ^ hash >> 29;
}

#endif
