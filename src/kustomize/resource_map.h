/*
 * resource_map.h - the resources of a kustomization in their order
 *
 * No two have the same id when they are added; transformers may change that for a while. Finding by id looks at all of
 * them, adding many at once keeps an index.
 */
#ifndef YARE_KUSTOMIZE_RESOURCE_MAP_H
#define YARE_KUSTOMIZE_RESOURCE_MAP_H

#include "kustomize/resource.h"

struct resource_map {
    struct resource **items;
    size_t count;
    size_t cap;
};

/* Adds without a check. */
void resource_map_push(struct arena *a, struct resource_map *map, struct resource *r);

/* Adds all of `more`; an error where an id is there already. */
bool resource_map_append(struct arena *a, struct resource_map *map, const struct resource_map *more,
                         struct diag *diag);

/* Drops deleted and empty resources. */
void resource_map_drop_empty(struct resource_map *map);

/* Whether the id is the present or a previous one of the resource. */
bool resource_has_id(const struct resource *r, const struct res_id *id);

/* The only resource that has or had the id; an error for none and for several. */
struct resource *resource_map_find(struct arena *a, const struct resource_map *map, const struct res_id *id,
                                   struct diag *diag);

/* Generated resources: added, or merged into those they name. */
bool resource_map_absorb(struct arena *a, struct resource_map *map, const struct resource_map *more,
                         struct diag *diag);

/* Whether the object has the kind and name that it must have. */
bool resource_check(struct arena *a, const struct resource *r, struct diag *diag);

/* Reads the resources of a text: documents split, lists expanded. `file` is kept for messages. */
bool resource_map_read(struct arena *a, struct source_set *sources, struct slice text, const char *file,
                       struct resource_map *out, struct diag *diag);

/* The same of a text that stands in another. */
bool resource_map_read_placed(struct arena *a, const struct placed_text *from, const char *file,
                              struct resource_map *out, struct diag *diag);

#endif
