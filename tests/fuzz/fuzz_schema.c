/*
 * fuzz_schema.c - JSON Schema: the first line is a schema, the second an instance
 */
#include "chart/schema.h"
#include "codec/json_read.h"

#include "fuzz.h"

/* Faults are said if and only if there are any, and again the same. */
static void check_instance(const struct schema *schema, struct value instance, struct arena *a)
{
    struct buffer first = BUFFER_INIT, second = BUFFER_INIT;
    bool valid = schema_validate(schema, instance, a, &first);
    FUZZ_CHECK(valid == (first.len == 0));
    FUZZ_CHECK(schema_validate(schema, instance, a, &second) == valid);
    FUZZ_CHECK(slice_equal(buffer_slice(&first), buffer_slice(&second)));
    buffer_release(&first);
    buffer_release(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct schema_options options = {.assert_format = true};
    struct arena a;
    struct schema *schema;
    struct value instance;
    struct slice error;
    struct slice text = fuzz_text(data, size);
    struct slice line = fuzz_line(&text);
    arena_init(&a);
    if (schema_compile(&a, line, &options, &schema, &error)) {
        struct slice path[] = {SLICE("a"), SLICE("0")};
        schema_knows(schema, path, 2);
        if (json_read(&a, NULL, text, &instance, &error, NULL))
            check_instance(schema, instance, &a);
        schema_release(schema);
    }
    arena_release(&a);
    return 0;
}
