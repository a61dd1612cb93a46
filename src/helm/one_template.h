/*
 * one_template.h - a text run as a template of its own
 */
#ifndef YARE_HELM_ONE_TEMPLATE_H
#define YARE_HELM_ONE_TEMPLATE_H

#include "base/diag.h"
#include "template/parse.h"
#include "value/value.h"

/* Runs `text` under the name with `data` as dot, and appends what it prints, also before a failure. The error is Go's. */
bool one_template_run(struct arena *a, struct slice name, struct slice text, const struct function_table *functions,
                      bool helm3, struct value data, struct buffer *out, struct diag *diag);

#endif
