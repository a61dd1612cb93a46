/*
 * traced_text.h - a text that a function writes value by value, while a trace is recorded
 */
#ifndef YARE_FUNCS_TRACED_TEXT_H
#define YARE_FUNCS_TRACED_TEXT_H

#include "template/exec.h"

struct traced_text {
    const struct exec *exec;
    struct trace_text records;
};

/* A yaml_write_found_fn whose context is the traced text: what follows is made of the value. */
static inline void traced_found(void *context, size_t offset, struct value v)
{
    struct traced_text *t = context;
    exec_trace_piece(t->exec, &t->records, offset, flow_mark(v));
}

#endif
