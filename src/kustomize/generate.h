/*
 * generate.h - the fields `configMapGenerator` and `secretGenerator`
 */
#ifndef YARE_KUSTOMIZE_GENERATE_H
#define YARE_KUSTOMIZE_GENERATE_H

#include "kustomize/origin.h"

/* Runs all generators of the kustomization: ConfigMaps, Secrets, charts, plugins. */
transform_fn generators_run;

/* Makes the ConfigMap or Secret of one entry; files are those of the target's folder. */
struct resource *generate_object(struct target *t, const struct generator *entry, bool is_secret, struct diag *diag);

/* Adds what a generator made, or merges it into what it names. `from` is where it is configured. */
bool generated_absorb(struct target *t, struct accumulator *acc, const struct resource_map *made,
                      const struct provenance *from, const struct plugin_id *plugin, struct diag *diag);

#endif
