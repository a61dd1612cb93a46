/*
 * yaml_anchor.h - the anchors of one document
 *
 * A name may be given again; an alias means the one begun last. Counting what aliases expand to is go-yaml's guard
 * against small documents that grow without bound: of few nodes nearly all may come from aliases, of many a tenth.
 */
#ifndef YARE_CODEC_YAML_ANCHOR_H
#define YARE_CODEC_YAML_ANCHOR_H

#include "value/value.h"

struct yaml_anchor {
    struct slice name;
    struct yaml_anchor *next; /* in the same bucket, begun earlier */
    struct value value;       /* numbers keep their kind */
    uint64_t nodes;           /* in the value, aliases expanded */
    bool open;                /* the value is still being read: an alias to it would contain itself */
};

struct yaml_anchors {
    struct yaml_anchor **buckets;
    size_t bucket_count;
    size_t count;
};

/* Begins an anchor; the name is copied. It lives in the arena. */
struct yaml_anchor *yaml_anchors_add(struct yaml_anchors *anchors, struct arena *a, struct slice name);

/* The anchor of that name begun last, or null. */
struct yaml_anchor *yaml_anchors_find(const struct yaml_anchors *anchors, struct slice name);

/* True when `from_aliases` of `nodes` are more than go-yaml bears. */
bool yaml_aliasing_is_excessive(uint64_t nodes, uint64_t from_aliases);

#endif
