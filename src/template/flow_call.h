/*
 * flow_call.h - what the result of a function is made of
 *
 * Most functions make their result of all they are given. Others choose: what `default` returns is one of its
 * arguments, `get` finds an element, `dict` puts values next to each other without mixing them, `len` looks at a
 * container without looking into it. A table says which is which.
 */
#ifndef YARE_TEMPLATE_FLOW_CALL_H
#define YARE_TEMPLATE_FLOW_CALL_H

#include "template/trace.h"

/* Marks the result of a call that has succeeded. */
void flow_call(struct trace *t, const struct call *call, struct value *out);

/* Whether the function to be called runs a template; tells the trace what that is made of. */
bool flow_runs_templates(struct trace *t, const struct call *call);

/* Marks what a method of `self` returned; `name` is the method. */
void flow_method(struct trace *t, const struct call *call, struct value self, struct value *out);

#endif
