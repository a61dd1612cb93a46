/*
 * field_diff.h - what differs between two values, field by field
 *
 * Maps are compared key by key, lists as list_align pairs their items. The changes, taken in order, are also a script:
 * each has the JSON pointer (RFC 6901) at which it applies to the left value as the changes before it have left it, so
 * that applying all of them as a JSON patch (RFC 6902) gives the right value.
 */
#ifndef YARE_REPORT_FIELD_DIFF_H
#define YARE_REPORT_FIELD_DIFF_H

#include "base/buffer.h"
#include "value/value.h"

enum change_kind {
    CHANGE_ADDED,
    CHANGE_REMOVED,
    CHANGE_REPLACED,
    CHANGE_MOVED /* an item that stands elsewhere in its list; its content has changes of its own */
};

/* One step of a path and, by its parent, those before it. Null is the path of the whole. */
struct field_path {
    const struct field_path *parent;
    bool is_item;
    struct slice key;   /* of a map; of a list's item its natural key, empty where it has none */
    uint32_t left;      /* index of the item on either side, LIST_NONE where it is not there */
    uint32_t right;
};

struct change_cause;

struct field_change {
    enum change_kind kind;
    const struct field_path *path;
    struct slice pointer;
    struct slice from;   /* of a move */
    struct value left;   /* nil for what was added */
    struct value right;  /* nil for what was removed */
    const char *noise;   /* why it is of no interest; null: it is (noise.h) */
    bool secret;         /* its values are not to be shown (secret.h) */
    const struct change_cause *causes; /* why it differs (cause.h) */
    size_t cause_count;
    uint32_t common;         /* its number among changes that many objects have (common.h); 0: it is none */
    bool common_first;       /* the first of that number */
    size_t common_objects;   /* how many have it */
};

struct field_changes {
    struct field_change *items;
    size_t count;
    size_t cap;
};

struct field_diff_options {
    bool quantities; /* 1Gi is 1024Mi */
};

/* Adds what differs to `out`, everything in `a`; changes refer to the values. */
void field_diff(struct arena *a, struct value left, struct value right, const struct field_diff_options *options,
                struct field_changes *out);

/* Appends the path as users read it, spec.template.spec.containers[app].image, to a buffer that holds nothing else. */
void field_path_write(const struct field_path *path, struct buffer *out);

#endif
