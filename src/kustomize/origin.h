/*
 * origin.h - the field `buildMetadata`: where objects come from and what has changed them
 *
 * Both are annotations of the objects while a build with that field goes on; those that were not asked for are taken
 * away at its end.
 */
#ifndef YARE_KUSTOMIZE_ORIGIN_H
#define YARE_KUSTOMIZE_ORIGIN_H

#include "kustomize/build.h"

#define ORIGIN_ANNOTATION "config.kubernetes.io/origin"
#define TRANSFORMATIONS_ANNOTATION "alpha.config.kubernetes.io/transformations"

/* A generator or transformer as it is written: builtin ones have no name. */
struct plugin_id {
    struct slice api_version;
    struct slice kind;
    struct slice name;
    struct slice namespace;
};

/* The provenance of what lies at `path` as seen from the target; null where none is kept. */
const struct provenance *origin_below(const struct target *t, struct slice path);

/* A file of the target's folder; empty where no provenance is kept. */
struct provenance origin_of_file(const struct target *t, struct slice file);

/* What an object's origin says. */
struct provenance origin_read(struct arena *a, const struct resource *r);

/* An object's origin as text, "" for none; and giving it one, unless the text is empty. */
struct slice origin_of(const struct resource *r);
void origin_set(struct arena *a, struct resource *r, struct slice origin);

/* Says of objects that were read that they come from that file of the target's folder. */
void origin_set_file(struct target *t, const struct resource_map *map, struct slice file);

/* Says of generated objects that have no origin yet what made them, and where that is configured. */
void origin_set_generator(struct target *t, const struct resource_map *map, const struct provenance *from,
                          const struct plugin_id *plugin);

/* Says of all objects that the transformer has run over them. */
void origin_add_transformer(struct target *t, const struct resource_map *map, const struct provenance *from,
                            const struct plugin_id *plugin);

#endif
