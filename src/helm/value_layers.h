/*
 * value_layers.h - the values that a command line gives, in Helm's order
 *
 * First all -f files, then --set-json, --set, --set-string, --set-file, --set-literal, whatever their order on the
 * command line. The tree is built anew in the arena and can be changed; each node's origin names the file or the flag
 * ("--set a.b=1") that wrote it.
 */
#ifndef YARE_HELM_VALUE_LAYERS_H
#define YARE_HELM_VALUE_LAYERS_H

#include "base/diag.h"
#include "value/value.h"

struct layer_flag {
    const struct slice *items; /* in the order given */
    size_t count;
};

/* Values that were given as a text. */
struct layer_sources {
    const struct source *const *items;
    size_t count;
};

struct layer_flags {
    struct layer_flag files; /* -f, --values; each already split at commas; "-" is standard input */
    struct layer_sources texts; /* over the files; no flag gives them */
    struct layer_flag set_json;
    struct layer_flag set;
    struct layer_flag set_string;
    struct layer_flag set_file;
    struct layer_flag set_literal;
};

/* One values file, parsed and frozen, for those who ask which layer set a key. */
struct value_layer {
    const struct source *source;
    struct value values;
};

/* What is set one by one: for each assignment what it sets by itself, in the order of application. */
struct value_sets {
    struct value_layer *items;
    size_t count;
};

struct value_layers {
    struct value merged;        /* all sources together: a map that can be changed */
    struct value_layer *layers; /* the files, lowest first */
    size_t count;
    struct value_sets sets;     /* over them */
};

struct set_options;

/* Applies an assignment to `root`, a map that can be changed (set_values.h), and notes what it sets. --set-json may have a
   whole object, which Helm 4 takes: then *root is another map. The error is what follows "failed parsing FLAG data"
   and, but for --set-json, a colon. */
bool value_sets_apply(struct arena *a, struct value_sets *sets, struct value *root, const struct source *source,
                      struct slice text, const struct set_options *options, struct slice *error);

/* Reads and merges all sources into `a`. Errors as Helm prints them after "Error: ". */
bool value_layers_read(struct arena *a, const struct layer_flags *flags, bool helm3, struct source_set *sources,
                       struct value_layers *out, struct diag *diag);

#endif
