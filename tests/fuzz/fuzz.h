/*
 * fuzz.h - what the fuzz targets share
 *
 * A target is one function over bytes, called by libFuzzer or, built as an ordinary program, by replay.c for every file
 * of its corpus. Besides not crashing it checks what must hold for any input: FUZZ_CHECK says what does not.
 */
#ifndef YARE_TESTS_FUZZ_H
#define YARE_TESTS_FUZZ_H

#include "base/buffer.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FUZZ_CHECK(condition)                                                                                          \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition);                            \
            abort();                                                                                                   \
        }                                                                                                              \
    } while (0)

static inline struct slice fuzz_text(const uint8_t *data, size_t size)
{
    return slice_of((const char *)data, size);
}

/* Cuts the input at its first line feed; what follows is the rest, or empty. */
static inline struct slice fuzz_line(struct slice *rest)
{
    size_t end = slice_find_char(*rest, '\n');
    struct slice line = slice_part(*rest, 0, end);
    *rest = slice_after(*rest, end < rest->len ? end + 1 : end);
    return line;
}

#endif
