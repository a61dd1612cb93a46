/*
 * schema_unevaluated.h - which members or items no keyword has looked at yet
 *
 * unevaluatedProperties and unevaluatedItems speak of what the other keywords of a schema, and of the schemas it
 * refers to for the same value, left over. A set is kept only where something asks for it: one bit for each entry of
 * a map or item of a list, in words of its own, which the holder releases.
 */
#ifndef YARE_CHART_SCHEMA_UNEVALUATED_H
#define YARE_CHART_SCHEMA_UNEVALUATED_H

#include "chart/schema_node.h"

struct schema_unevaluated {
    uint64_t *words; /* null: no set */
    uint64_t small;  /* the words, where one is enough */
    size_t len;
    size_t left;     /* how many bits are set */
};

/* Everything in the value that the node does not evaluate by itself, where the node or its caller wants to know. */
void schema_unevaluated_init(struct schema_unevaluated *set, struct value v, const struct schema_node *node,
                             bool wanted);

void schema_unevaluated_release(struct schema_unevaluated *set);

/* Whether the entry or item is in the set. */
bool schema_unevaluated_has(const struct schema_unevaluated *set, size_t index);

void schema_unevaluated_remove(struct schema_unevaluated *set, size_t index);

/* Removes what is not in the other set too. */
void schema_unevaluated_keep(struct schema_unevaluated *set, const struct schema_unevaluated *other);

#endif
