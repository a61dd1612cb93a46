/*
 * eval.h - evaluating pipelines: the inside of the executor
 *
 * Only exec.c and eval.c include this. A nil in flight says by VALUE_BIT_INVALID whether it is Go's zero reflect.Value
 * (as after a pipeline) or a nil interface (as from a map), and VALUE_BIT_INTERFACE says that a value's static type is
 * interface {}: messages and the meaning of a missing field depend on both.
 */
#ifndef YARE_TEMPLATE_EVAL_H
#define YARE_TEMPLATE_EVAL_H

#include "template/exec.h"

struct variable {
    struct slice name;
    struct value value;
};

/* What a run of one template and the templates it calls shares. */
struct exec {
    const struct exec_environment *environment;
    const struct template_set *set;
    const struct tree *tree;  /* being executed */
    const struct node *node;  /* at hand: where an error is */
    struct variable *variables;
    uint32_t variable_count;
    uint32_t variable_cap;
    uint32_t variable_base;   /* first variable of the template being executed: `$` */
    int depth;                /* of {{ template }} calls */
    struct buffer *out;
    struct template_error *error;
};

/* Sets the error, located at the node at hand. Returns false. */
bool exec_fail(struct exec *e, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The same with a text made of slices, wrapping `cause` (may be null). */
bool exec_fail_cause(struct exec *e, struct slice message, struct template_error *cause);

/* Pushes a variable. */
void exec_push(struct exec *e, struct slice name, struct value value);

/* Assigns the innermost variable of that name. */
bool exec_assign(struct exec *e, struct slice name, struct value value);

/* Adds to what the innermost variable of that name is made of, while a trace is recorded. */
void exec_mark_variable(struct exec *e, struct slice name, uint32_t mark);

/* Evaluates a pipeline (null: an invalid nil) and declares or assigns its variables. */
bool exec_eval_pipeline(struct exec *e, const struct value *dot, const struct node *pipe, struct value *out);

/* A nil that is Go's zero reflect.Value. */
static inline struct value exec_invalid(void)
{
    struct value v = value_nil();
    v.bits = VALUE_BIT_INVALID;
    return v;
}

#endif
