/*
 * yaml_anchor.c - the anchors of one document
 */
#include "codec/yaml_anchor.h"

enum {
    FIRST_BUCKETS = 16
};

static size_t hash_name(struct slice name)
{
    uint64_t hash = 14695981039346656037u; /* FNV-1a */
    for (size_t i = 0; i < name.len; i++)
        hash = (hash ^ (uint8_t)name.ptr[i]) * 1099511628211u;
    return (size_t)(hash ^ hash >> 32);
}

static struct yaml_anchor **bucket_of(const struct yaml_anchors *anchors, struct slice name)
{
    return &anchors->buckets[hash_name(name) & (anchors->bucket_count - 1)];
}

/* Moves all anchors into twice as many buckets; those of one name keep their order. */
static void grow(struct yaml_anchors *anchors, struct arena *a)
{
    struct yaml_anchors bigger = {NULL, anchors->bucket_count ? anchors->bucket_count * 2 : FIRST_BUCKETS,
                                  anchors->count};
    bigger.buckets = ARENA_ARRAY(a, struct yaml_anchor *, bigger.bucket_count);
    for (size_t i = 0; i < anchors->bucket_count; i++) {
        struct yaml_anchor *reversed = NULL;
        for (struct yaml_anchor *anchor = anchors->buckets[i], *next; anchor; anchor = next) {
            next = anchor->next;
            anchor->next = reversed;
            reversed = anchor;
        }
        for (struct yaml_anchor *anchor = reversed, *next; anchor; anchor = next) {
            next = anchor->next;
            struct yaml_anchor **bucket = bucket_of(&bigger, anchor->name);
            anchor->next = *bucket;
            *bucket = anchor;
        }
    }
    *anchors = bigger;
}

struct yaml_anchor *yaml_anchors_add(struct yaml_anchors *anchors, struct arena *a, struct slice name)
{
    if (anchors->count >= anchors->bucket_count)
        grow(anchors, a);
    struct yaml_anchor *anchor = ARENA_NEW(a, struct yaml_anchor);
    anchor->name = arena_slice(a, name);
    struct yaml_anchor **bucket = bucket_of(anchors, name);
    anchor->next = *bucket;
    *bucket = anchor;
    anchors->count++;
    return anchor;
}

struct yaml_anchor *yaml_anchors_find(const struct yaml_anchors *anchors, struct slice name)
{
    if (anchors->count == 0)
        return NULL;
    struct yaml_anchor *anchor = *bucket_of(anchors, name);
    while (anchor && !slice_equal(anchor->name, name))
        anchor = anchor->next;
    return anchor;
}

bool yaml_aliasing_is_excessive(uint64_t nodes, uint64_t from_aliases)
{
    const double few = 400000;
    const double many = 4000000;
    if (from_aliases <= 100 || nodes <= 1000)
        return false;
    double allowed = 0.99;
    if ((double)nodes >= many)
        allowed = 0.10;
    else if ((double)nodes > few)
        allowed = 0.99 - 0.89 * (((double)nodes - few) / (many - few));
    return (double)from_aliases / (double)nodes > allowed;
}
