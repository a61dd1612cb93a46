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

#endif
