/*
 * codec_test.h - codecs compared by text
 *
 * A table has what goes in and what the real program gave: text, or its error. Values are shown as JSON.
 */
#ifndef YARE_TESTS_CODEC_TEST_H
#define YARE_TESTS_CODEC_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "value/value.h"

struct codec_row {
    const char *input;
    const char *expected;
};

/* Turns the input into text; false with an error. */
typedef bool codec_fn(struct arena *a, struct slice input, struct buffer *out, struct slice *error);

static inline void check_rows(codec_fn *codec, const struct codec_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct arena a;
        struct buffer out = BUFFER_INIT;
        struct slice error = slice_of("", 0);
        arena_init(&a);
        if (!codec(&a, slice_text(rows[i].input), &out, &error)) {
            buffer_clear(&out);
            buffer_add(&out, error);
        }
        buffer_add_char(&out, '\0');
        if (strcmp(out.ptr, rows[i].expected) != 0)
            print_error("input: %s\n", rows[i].input);
        assert_string_equal(out.ptr, rows[i].expected);
        buffer_release(&out);
        arena_release(&a);
    }
}

#define CHECK_ROWS(codec, rows) check_rows((codec), (rows), sizeof(rows) / sizeof(rows)[0])

#endif
