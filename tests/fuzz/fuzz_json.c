/*
 * fuzz_json.c - JSON in and out: what was written reads and is written the same again
 */
#include "codec/json_read.h"
#include "codec/json_write.h"

#include "fuzz.h"

static struct slice write_value(struct arena *a, struct value v)
{
    struct buffer out = BUFFER_INIT;
    struct slice error;
    FUZZ_CHECK(json_write(&out, v, NULL, a, &error));
    return buffer_move(&out, a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a;
    struct value v, w;
    struct slice error;
    size_t used;
    arena_init(&a);
    if (json_read(&a, NULL, fuzz_text(data, size), &v, &error, NULL)) {
        struct slice first = write_value(&a, v);
        FUZZ_CHECK(json_read(&a, NULL, first, &w, &error, NULL));
        FUZZ_CHECK(slice_equal(first, write_value(&a, w)));
    }
    if (json_read_exact(&a, NULL, fuzz_text(data, size), &v, &used, &error))
        FUZZ_CHECK(used <= size);
    arena_release(&a);
    return 0;
}
