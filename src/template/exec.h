/*
 * exec.h - running templates
 *
 * The executor walks a tree with Go's text/template semantics down to the error texts. Output goes to the buffer given,
 * results of functions to the release's arena. A failure is a chain of struct template_error, outermost first, as Go
 * wraps errors: the caller words it (Helm reformats the chain) and shows the places.
 */
#ifndef YARE_TEMPLATE_EXEC_H
#define YARE_TEMPLATE_EXEC_H

#include "template/template_set.h"
#include "template/trace.h"
#include "value/object.h"

struct template_error {
    struct slice text;            /* the whole of Go's text from this link on */
    struct diag_place place;      /* where in the template; source null for links that have none */
    struct slice template_name;   /* that was executing; empty where none was */
    struct template_error *cause; /* what this link wraps; null at the end */
};

/* Methods of values that are no objects (common.Values, engine.files, durations). */
typedef enum member_kind exec_member_fn(struct value self, struct slice name, struct arena *a, struct value *out,
                                        const struct method **method);

struct exec_environment {
    struct arena *arena;
    struct function_host *host;
    exec_member_fn *member;  /* may be null */
    struct trace *trace;     /* may be null: nothing is recorded */
    size_t output_limit;     /* bytes; 0: none */
    bool missing_key_is_error; /* text/template's missingkey=error (Helmfile) */
};

/* Runs `tree` with `data` as dot and `$`, appending to `out`. On failure *error is set and `out` has what was written
   before. */
bool exec_tree(const struct exec_environment *environment, const struct template_set *set, const struct tree *tree,
               struct value data, struct buffer *out, struct template_error **error);

/* --- for functions that run templates (include, tpl) ------------------------------------------------------------ */

/* Runs a tree from inside `e`, in the templates of `set`; output becomes *out in the arena. False with the call's error
   and cause set. */
bool exec_nested(struct exec *e, const struct template_set *set, const struct tree *tree, struct value data,
                 struct call *call, struct slice *out);

/* The trace that is being recorded; null: none, or `e` is null. */
struct trace *exec_trace(const struct exec *e);

/* Records that, in the text that a function is writing, what follows `offset` is made of `flow`. */
void exec_trace_piece(const struct exec *e, size_t offset, uint32_t flow);

/* The templates that `e` sees. */
const struct template_set *exec_templates(const struct exec *e);

#endif
