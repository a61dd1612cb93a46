/*
 * generate.h - the fields `configMapGenerator` and `secretGenerator`
 */
#ifndef YARE_KUSTOMIZE_GENERATE_H
#define YARE_KUSTOMIZE_GENERATE_H

#include "kustomize/build.h"

/* Runs all generators of the kustomization: ConfigMaps, Secrets, charts, plugins. */
transform_fn generators_run;

/* Makes the ConfigMap or Secret of one entry; files are those of the target's folder. */
struct resource *generate_object(struct target *t, const struct generator *entry, bool is_secret, struct diag *diag);

/* Adds what a generator made, or merges it into what it names. `kind` is the generator's, for messages and origins. */
bool generated_absorb(struct target *t, struct accumulator *acc, const struct resource_map *made, const char *kind,
                      struct diag *diag);

#endif
