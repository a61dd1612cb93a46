/*
 * fuzz_yaml.c - YAML in and out: what was written reads as the same value, and is written the same again; skimming
 * knows nothing that reading does not
 */
#include "codec/yaml_read.h"
#include "codec/yaml_write.h"

#include "../unit/skim_check.h"
#include "fuzz.h"

static bool write_value(struct arena *a, struct value v, struct slice *text)
{
    struct buffer out = BUFFER_INIT;
    struct slice error;
    bool written = yaml_write(&out, v, a, &error);
    *text = buffer_move(&out, a);
    return written;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct yaml_read_options options = {.no_origin = true};
    struct arena a;
    struct value v, w;
    struct yaml_error error;
    struct slice first, second;
    bool skimmed;
    FUZZ_CHECK(skim_agrees(fuzz_text(data, size), &skimmed));
    arena_init(&a);
    if (yaml_read(&a, NULL, fuzz_text(data, size), &options, &v, &error) && write_value(&a, v, &first)) {
        FUZZ_CHECK(yaml_read(&a, NULL, first, &options, &w, &error));
        FUZZ_CHECK(write_value(&a, w, &second));
        FUZZ_CHECK(slice_equal(first, second));
    }
    arena_release(&a);
    return 0;
}
