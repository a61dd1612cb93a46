/*
 * fuzz_json_patch.c - any JSON patch on any document: the result can be written, and is JSON again; an error has words
 *
 * The first line is the document, the rest the patch.
 */
#include "codec/json_read.h"
#include "codec/json_write.h"
#include "kustomize/json_patch.h"

#include "fuzz.h"

static void check_result(struct arena *a, struct value document)
{
    struct buffer out = BUFFER_INIT;
    struct slice error;
    struct value again;
    FUZZ_CHECK(json_write(&out, document, NULL, a, &error));
    FUZZ_CHECK(json_read(a, NULL, buffer_slice(&out), &again, &error, NULL));
    buffer_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a;
    struct diag diag;
    struct slice rest = fuzz_text(data, size);
    struct slice line = fuzz_line(&rest);
    const struct placed_text text = {rest, NULL, 0};
    struct json_patch patch;
    struct value document;
    struct slice error;
    arena_init(&a);
    diag_init(&diag);
    if (json_read(&a, NULL, line, &document, &error, NULL) && json_patch_read(&a, &text, &patch, &diag) &&
        json_patch_apply(&a, &patch, NULL, &document, &diag))
        check_result(&a, document);
    FUZZ_CHECK(diag.errors == 0 || diag.last->message.len > 0);
    diag_release(&diag);
    arena_release(&a);
    return 0;
}
