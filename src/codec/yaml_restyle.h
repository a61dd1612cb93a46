/*
 * yaml_restyle.h - documents written back from their nodes
 *
 * go-yaml v3 can read a document into nodes and write these again: scalars keep how they were quoted, comments stay,
 * maps keep their order; indentation becomes two blanks, lists in maps are indented, blank lines go. Nothing here
 * makes values: the scanner's tokens are written as they come.
 */
#ifndef YARE_CODEC_YAML_RESTYLE_H
#define YARE_CODEC_YAML_RESTYLE_H

#include "base/buffer.h"

/* An entry that each document is given: at its top stands a map under `parent`, which gets `key: value` at its end
   unless it has that key. */
struct yaml_addition {
    const char *parent;
    const char *key;
    struct slice value;
};

/* Appends all documents of the text, parted by "---" lines. False with go-yaml's words where one cannot be read. */
bool yaml_restyle(struct arena *a, struct slice text, const struct yaml_addition *addition, struct buffer *out,
                  struct slice *error);

#endif
