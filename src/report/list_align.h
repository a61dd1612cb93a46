/*
 * list_align.h - which items of two lists belong together
 *
 * Kubernetes' lists of objects have natural keys: containers a name, mounts a path, rules a host. Where all items of both
 * lists have one, and none twice, items are paired by it, whatever their order. Other lists are sequences: equal items
 * are paired in order (sequence.h), and of what is left between two pairs those that have most in common.
 */
#ifndef YARE_REPORT_LIST_ALIGN_H
#define YARE_REPORT_LIST_ALIGN_H

#include "value/value.h"

#define LIST_NONE UINT32_MAX

struct list_alignment {
    bool keyed;
    uint32_t *partner;         /* of each item of the left list: index in the right one, or LIST_NONE */
    uint32_t *partner_of_right; /* the same the other way round */
    struct slice *left_keys;   /* keyed: each item's key as text, e.g. "app", "8080/TCP" */
    struct slice *right_keys;
};

/* Aligns the lists of a field of that name (it decides which keys are tried first); all in `a`. */
void list_align(struct arena *a, struct slice field, const struct list *left, const struct list *right,
                struct list_alignment *out);

#endif
