/*
 * set_template.h - templates of an ApplicationSet
 *
 * Two languages: Go's templates with sprig (goTemplate: true), and double braces around the name of a parameter. Both
 * are applied to the texts of a value one by one. Everything lives in the arena.
 */
#ifndef YARE_ARGOCD_SET_TEMPLATE_H
#define YARE_ARGOCD_SET_TEMPLATE_H

#include "base/diag.h"
#include "value/value.h"

struct set_template {
    struct arena *arena;
    const struct function_table *functions; /* null: the plain language */
    bool missing_key_is_error;
};

/* `go` chooses the language. */
void set_template_init(struct set_template *t, struct arena *a, bool go, bool missing_key_is_error);

/* The text with the parameters put in; they are a map: in the plain language of texts under dotted names. */
bool set_template_text(const struct set_template *t, struct slice text, struct value parameters, struct slice *out,
                       struct diag *diag);

/* The same for every text in the value, keys included. */
bool set_template_apply(const struct set_template *t, struct value v, struct value parameters, struct value *out,
                        struct diag *diag);

/* A name as Argo CD makes labels and names of paths: lower case, what is no letter, digit or '.' becomes '-'. */
struct slice set_template_normalize(struct arena *a, struct slice name);

#endif
