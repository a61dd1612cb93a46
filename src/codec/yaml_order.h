/*
 * yaml_order.h - the order of keys in written YAML
 *
 * go-yaml orders keys the way people do: a10 after a2, letters after everything else.
 */
#ifndef YARE_CODEC_YAML_ORDER_H
#define YARE_CODEC_YAML_ORDER_H

#include "value/value.h"

/* Which version of go-yaml: they differ where a letter meets a non-letter behind a digit. */
enum yaml_dialect {
    YAML_GO_V2,
    YAML_GO_V3
};

/* True when key `a` stands before `b`. */
bool yaml_key_before(struct slice a, struct slice b, enum yaml_dialect dialect);

/* Sorts pointers to entries; `spare` has room for as many. */
void yaml_order_entries(const struct entry **entries, const struct entry **spare, size_t count,
                        enum yaml_dialect dialect);

#endif
