/*
 * fuzz_format.c - printf: the first line is a format, the second a JSON list of arguments
 */
#include "codec/json_read.h"
#include "value/format.h"

#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a;
    struct value args;
    struct slice error;
    struct slice text = fuzz_text(data, size);
    struct slice format = fuzz_line(&text);
    struct buffer out = BUFFER_INIT;
    arena_init(&a);
    if (json_read(&a, NULL, text, &args, &error, NULL) && args.kind == VALUE_LIST) {
        format_printf(&out, format, args.list->items, args.list->len);
        format_print(&out, args.list->items, args.list->len);
        format_println(&out, args.list->items, args.list->len);
    } else {
        format_printf(&out, format, NULL, 0);
    }
    buffer_release(&out);
    arena_release(&a);
    return 0;
}
