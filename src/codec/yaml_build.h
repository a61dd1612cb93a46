/*
 * yaml_build.h - from YAML's nodes to a value
 *
 * Whatever parses YAML reports its nodes here in document order; aliases, merge keys, keys that are no strings and
 * numbers are made of them what go-yaml v2 and a way through JSON make. Open lists and maps are kept on stacks and
 * copied to the arena in their exact size when they end, so a node costs no allocation of its own.
 */
#ifndef YARE_CODEC_YAML_BUILD_H
#define YARE_CODEC_YAML_BUILD_H

#include "codec/yaml_anchor.h"
#include "codec/yaml_errors.h"

/* A list or map whose end has not been seen. */
struct yaml_frame;

struct yaml_build {
    struct arena *arena;
    const struct yaml_read_options *options;
    struct yaml_frame *frames;
    size_t depth;
    size_t frame_cap;
    struct entry *entries; /* of all open maps */
    size_t entry_count;
    size_t entry_cap;
    struct value *items; /* of all open lists */
    size_t item_count;
    size_t item_cap;
    struct yaml_anchors anchors;
    uint64_t nodes;        /* decoded so far, as go-yaml counts them */
    uint64_t from_aliases; /* of these */
    bool has_unsupported;  /* an infinity or NaN was met */
    struct value root;
    struct yaml_faults faults;
    struct buffer strict_text;          /* the lines of the error about duplicate keys */
    struct map *strict_seen;            /* keys seen, each preceded by the number of its map */
    size_t maps;                        /* begun so far */
    size_t null_key_map;                /* 1 + the number of the map whose key has no text; 0: none */
};

void yaml_build_init(struct yaml_build *b, struct arena *a, const struct yaml_read_options *options);
void yaml_build_release(struct yaml_build *b);

/* A scalar of the value (numbers with their kind). An empty anchor is none. */
void yaml_build_scalar(struct yaml_build *b, struct value v, struct slice anchor);

/* The plain scalar "<<": merges the value that follows where a key may stand, else is a string. */
void yaml_build_merge_key(struct yaml_build *b, struct slice text, struct slice anchor, struct origin at);

/* A scalar that go-yaml cannot decode. */
void yaml_build_bad_scalar(struct yaml_build *b, struct slice message, struct slice anchor, struct origin at);

void yaml_build_begin(struct yaml_build *b, bool is_map, struct slice anchor, struct origin at);
void yaml_build_end(struct yaml_build *b);

/* False, with the fault kept, where there is no such anchor: reading ends there. */
bool yaml_build_alias(struct yaml_build *b, struct slice name, struct origin at);

/* The value, or the fault that the peers would report. */
bool yaml_build_finish(struct yaml_build *b, struct value *out, struct yaml_error *error);

#endif
