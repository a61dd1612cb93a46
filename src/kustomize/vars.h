/*
 * vars.h - the field `vars`
 */
#ifndef YARE_KUSTOMIZE_VARS_H
#define YARE_KUSTOMIZE_VARS_H

#include "kustomize/build.h"

/* Keeps the kustomization's vars and the objects they name. */
transform_fn vars_record;

/* Puts values where vars are named, when all is gathered. */
transform_fn vars_resolve;

/* Adds the vars of another target. */
bool vars_merge(struct arena *a, struct var_set *vars, const struct var_set *more, struct diag *diag);

#endif
