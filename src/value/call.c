/*
 * call.c - errors of template functions and methods
 */
#include "value/call.h"

#include "base/buffer.h"

bool call_error_slice(struct call *call, struct slice text)
{
    call->error = arena_slice(call->arena, text);
    return false;
}

bool call_error(struct call *call, const char *format, ...)
{
    struct buffer b = BUFFER_INIT;
    va_list args;
    va_start(args, format);
    buffer_vprintf(&b, format, args);
    va_end(args);
    call->error = buffer_move(&b, call->arena);
    return false;
}
