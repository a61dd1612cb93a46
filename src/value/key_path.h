/*
 * key_path.h - paths such as `a.b[0].c` into a value
 *
 * Keys are parted by dots, list indexes stand in brackets. A backslash takes the next character as it is, so that
 * `a.b\.c` has two keys; a key may also stand quoted in brackets, `a["b.c"]`, which is the only way to write the empty
 * key. key_path_add_key writes what key_path_parse reads.
 */
#ifndef YARE_VALUE_KEY_PATH_H
#define YARE_VALUE_KEY_PATH_H

#include "base/diag.h"
#include "value/value.h"

struct key_step {
    bool is_index;
    uint32_t index;
    struct slice key;
};

struct key_path {
    struct key_step *steps;
    size_t count;
};

/* Reads a path; the empty text is the path of no steps. Keys share the text's bytes where nothing was escaped. False
   with an error such as "path 'a..b': a key is missing at byte 2". */
bool key_path_parse(struct arena *a, struct slice text, struct key_path *out, struct diag *diag);

/* The value at the path, or null: a key or index that is not there, or a step into something of another kind. */
struct value *key_path_find(struct value *root, const struct key_path *path);

/* Each adds one step to a buffer that holds the path so far and nothing else. */
void key_path_add_key(struct buffer *out, struct slice key);
void key_path_add_index(struct buffer *out, size_t index);

/* Appends the whole path. */
void key_path_write(struct buffer *out, const struct key_path *path);

#endif
