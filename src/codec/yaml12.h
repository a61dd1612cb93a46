/*
 * yaml12.h - YAML as version 1.2 has it
 *
 * Kubernetes' tools read YAML 1.1; editors, linters and other languages' libraries often read 1.2. This is what such a
 * reader makes of a text: whether it is good syntax (libfyaml says), and what a plain scalar is by the core schema.
 */
#ifndef YARE_CODEC_YAML12_H
#define YARE_CODEC_YAML12_H

#include "base/arena.h"

enum yaml12_kind {
    YAML12_STRING,
    YAML12_NULL,
    YAML12_BOOL,
    YAML12_INT,
    YAML12_FLOAT
};

struct yaml12_scalar {
    enum yaml12_kind kind;
    double number; /* of INT and FLOAT */
};

/* What a plain scalar of that text is. */
struct yaml12_scalar yaml12_resolve(struct slice text);

struct yaml12_error {
    struct slice message; /* in the arena */
    size_t line;          /* 1-based */
    size_t column;        /* 1-based */
};

/* Reads all documents of the text. False where it is no YAML 1.2. */
bool yaml12_check(struct arena *a, struct slice text, struct yaml12_error *error);

/* --- events --------------------------------------------------------------------------------------------------- */

enum yaml12_event_kind {
    YAML12_SCALAR,
    YAML12_ALIAS,
    YAML12_MAP,
    YAML12_LIST,
    YAML12_MAP_END,
    YAML12_LIST_END
};

struct yaml12_event {
    enum yaml12_event_kind kind;
    struct slice text;  /* of a scalar; good until the callback returns */
    bool is_nothing;    /* a scalar of no bytes, which has no place */
    bool is_block;      /* a scalar in | or > notation */
    bool is_flow;       /* a collection in braces or brackets */
    char quote;         /* around a scalar; 0: none */
    size_t start, end;  /* bytes in the text; of a scalar without its quotes. A block collection's end has none */
    size_t column;      /* 0-based, of the start */
};

/* False ends the reading. */
typedef bool yaml12_event_fn(void *context, const struct yaml12_event *event);

/* Tells the nodes of the first document in their order. False where the text is no YAML. */
bool yaml12_events(struct slice text, yaml12_event_fn *found, void *context);

#endif
