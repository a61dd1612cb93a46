/*
 * yaml_skim.h - a few entries of a plain document, the rest only looked over
 *
 * Nearly all that templates write is block YAML of one kind: maps and lists by indentation, scalars of one line or
 * literal blocks. For such a document it takes one pass over its lines to know that it is well formed and to pick out
 * the few entries that somebody wants. Whatever is not as plain as that (anchors, tags, flow maps, scalars of several
 * lines, tabs, characters beyond ASCII, anything wrong) is left to yaml_read: skimming never says what is wrong, only
 * that it does not know.
 */
#ifndef YARE_CODEC_YAML_SKIM_H
#define YARE_CODEC_YAML_SKIM_H

#include "value/value.h"

/* Entries wanted of a map, by name in any letter case. */
struct yaml_skim_entry {
    const char *name;                   /* null ends the entries of a map */
    const struct yaml_skim_map *below;  /* null: a scalar is wanted */
};

struct yaml_skim_map {
    const struct yaml_skim_entry *entries;
    bool only_scalars; /* a list or map as the value of any key is more than skimming knows */
};

/* Picks the wanted entries of a document whose root is a map. True: yaml_read with keep_integers and no_origin would
   read the document, and *out is what it would give, less the entries that are not wanted. False: read it. Strings
   share the bytes of `text`. */
bool yaml_skim(struct arena *a, struct slice text, const struct yaml_skim_map *wanted, struct value *out);

#endif
