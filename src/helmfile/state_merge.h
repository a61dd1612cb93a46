/*
 * state_merge.h - documents, parts and bases of state files laid over each other
 *
 * What is empty (no text, false, zero, an empty list) never overrides. Environments and templates are replaced as a
 * whole under their names; lists are replaced between parts, but appended between documents of one part and between
 * bases and the file that names them.
 */
#ifndef YARE_HELMFILE_STATE_MERGE_H
#define YARE_HELMFILE_STATE_MERGE_H

#include "value/value.h"

enum state_merge_kind {
    STATE_MERGE_PARTS,
    STATE_MERGE_DOCUMENTS,
    STATE_MERGE_BASES /* environments are joined, too: their values one list after the other */
};

/* The two tops merged, `high` over `low`; neither is changed. */
struct value state_merge(struct arena *a, struct value low, struct value high, enum state_merge_kind kind);

/* Go's zero value of a field, which cannot override. */
bool state_value_is_empty(struct value v);

/* The items of one list behind those of another. */
struct value state_append(struct arena *a, struct value low, struct value high);

#endif
