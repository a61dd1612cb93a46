/*
 * call.h - one call of a template function or method, as its implementation sees it
 *
 * It stands in this folder because objects have methods; what functions are is in template/function.h.
 */
#ifndef YARE_VALUE_CALL_H
#define YARE_VALUE_CALL_H

#include "value/value.h"

struct exec;
struct function_host;
struct template_error;

struct call {
    const char *name;          /* of the function, for its own messages */
    struct value *args;
    int count;
    struct arena *arena;       /* of the release: results live here */
    struct function_host *host;
    struct exec *exec;         /* the running template; null outside one */
    struct slice error;        /* what call_error wrote */
    struct template_error *cause; /* the error of a template that the function ran; null for its own errors */
};

/* Sets the error text (Go's `err.Error()`), formatted in the call's arena. Returns false. */
bool call_error(struct call *call, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool call_error_slice(struct call *call, struct slice text);

#endif
