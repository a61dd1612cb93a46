/*
 * value_history.h - which layers had a say in a key, and which one won
 *
 * The layers of a release, from the lowest: defaults of the chart that reads the key, what it imports from its own
 * subcharts below them, defaults of the charts around it, globals that these hand down, then files and maps in the order
 * of the plan, then what is set one by one. The history of a key is read off the layers as they are; nothing is stored
 * while values are merged.
 */
#ifndef YARE_REPORT_VALUE_HISTORY_H
#define YARE_REPORT_VALUE_HISTORY_H

#include "helm/conditions.h"
#include "project/plan.h"
#include "value/key_path.h"

enum value_layer_kind {
    LAYER_DEFAULT,  /* values.yaml of a chart */
    LAYER_IMPORTED, /* the same, moved by import-values */
    LAYER_FILE,     /* a values file, or a map of the state file */
    LAYER_SET       /* --set and its kin */
};

enum value_effect {
    EFFECT_WINS,
    EFFECT_MERGED,     /* a map that is a part of the result */
    EFFECT_OVERRIDDEN,
    EFFECT_DELETES,    /* null, which takes away what is below */
    EFFECT_IGNORED     /* it could not change what it found, or had nothing to delete */
};

struct value_step {
    enum value_layer_kind kind;
    enum value_effect effect;
    const struct chart *chart;   /* of defaults */
    struct diag_place place;     /* of the key, or of what stands above it */
    struct slice path;           /* of the key in its layer: shorter where a value above it decided */
    bool is_above;               /* the value is not the key's own, but one above that leaves no room for it */
    bool is_state;               /* of a FILE or SET: the state file says it */
    bool is_global;              /* it came down as a global */
    struct value value;
};

struct value_history {
    struct value_step *steps; /* lowest first */
    size_t count;
    bool is_set;              /* the key has a value in the end */
    struct value value;
    struct diag_place place;  /* of that value */
};

/* The values of a release as its templates see them, with the place of each. */
struct value_tree {
    const struct planned_release *release;
    struct source_set *sources;
    struct release_chart *root;
    struct value values;
};

/* Coalesces the values of a release of a plan whose charts are loaded. */
bool value_tree_make(struct arena *a, const struct plan *plan, const struct planned_release *release,
                     struct value_tree *out, struct diag *diag);

void value_history_find(struct arena *a, const struct value_tree *tree, const struct key_path *path,
                        struct value_history *out);

/* Keys that a null has taken away: each with its history. */
struct value_deletions {
    struct key_path *paths;
    size_t count;
};

void value_deletions_find(struct arena *a, const struct value_tree *tree, struct value_deletions *out);

/* "chart redis 1.2.3", "import-values of chart redis 1.2.3", "values file", "command line" */
void value_step_write_layer(const struct value_step *step, struct buffer *out);

#endif
