/*
 * traced_text.h - a text that a function writes value by value, while a trace is recorded
 */
#ifndef YARE_FUNCS_TRACED_TEXT_H
#define YARE_FUNCS_TRACED_TEXT_H

#include "template/exec.h"

/* A yaml_write_found_fn whose context is the template that is running: what follows is made of the value. */
static inline void traced_found(void *exec, size_t offset, struct value v)
{
    exec_trace_piece(exec, offset, flow_mark(v));
}

#endif
