/*
 * key_values.h - the keys and values of a generated ConfigMap or Secret
 */
#ifndef YARE_KUSTOMIZE_KEY_VALUES_H
#define YARE_KUSTOMIZE_KEY_VALUES_H

#include "kustomize/build.h"

/* Reads the entry's envs, literals and files; *out maps each key to its text as it was read. */
bool key_values_read(struct target *t, const struct generator *entry, struct map **out, struct diag *diag);

#endif
