/*
 * shared_pair.h - labels and annotations that are one node in several maps
 *
 * When a transformer adds a label to metadata, selector and template of an object, Kustomize puts one and the same node
 * into all three. Whoever gives one of them another text later, be it a patch or another transformer, changes them all;
 * only what takes the key away or rebuilds the map ends it. Here each map has a node of its own, and after every
 * transformer what one of them has got is given to the others.
 */
#ifndef YARE_KUSTOMIZE_SHARED_PAIR_H
#define YARE_KUSTOMIZE_SHARED_PAIR_H

#include "kustomize/resource_map.h"

struct shared_pair {
    struct slice key;
    struct value text;  /* that all have got */
    struct map **maps;  /* in the order in which a patch comes by */
    size_t count;
};

/* Maps to which one pair is being added. */
struct shared_maps {
    struct map **items;
    size_t count;
    size_t cap;
};

void shared_maps_add(struct arena *a, struct shared_maps *maps, struct map *map);

/* Notes that the key has been added to all of them; nothing for fewer than two. */
void shared_pair_note(struct arena *a, struct resource *r, struct slice key, const struct shared_maps *maps);

/* Gives what one of the maps has got to the others, in all objects. */
void shared_pairs_update(const struct resource_map *map);

#endif
