/*
 * environment.h - the state values of an environment
 *
 * State values are three layers, merged when they are asked for: the defaults (`values:` at the top of the file), the
 * values of the environment, and what the command line sets. Part after part of a state file adds to the layers.
 */
#ifndef YARE_HELMFILE_ENVIRONMENT_H
#define YARE_HELMFILE_ENVIRONMENT_H

#include "helmfile/context.h"
#include "helmfile/template_record.h"

struct environment {
    struct slice name;
    struct slice kube_context;
    struct value defaults; /* maps, perhaps nil */
    struct value values;
    struct value overrides;
};

/* An environment without values. */
void environment_init(struct environment *e, struct slice name);

/* `high` laid over `low`, layer by layer. Either may be null; both null gives an empty one without a name. */
struct environment environment_merge(struct arena *a, const struct environment *low, const struct environment *high);

/* All layers merged: what templates see as .Values. */
struct value environment_values(struct arena *a, const struct environment *e);

/* The fields of .Environment. `all_values`: its Values have the command line's laid over them, as in state files. */
struct value environment_record(struct arena *a, const struct environment *e, bool all_values);

/* The dot of a state file or of environment values. */
struct value environment_data(struct arena *a, const struct environment *e, struct slice name_space);

/* Where a list of values entries stands and how it is to be read. */
struct environment_entries {
    const struct value *items; /* paths and maps */
    size_t count;
    struct slice folder;
    struct slice shown_folder; /* what messages call it */
    struct slice handler;      /* missingFileHandler; empty: Error */
    struct slice strategy;     /* mergeStrategy */
    struct slice state_file;
    const struct value *secrets;  /* paths of encrypted files, which come last */
    size_t secret_count;
    struct slice secret_handler;
};

/* Reads the entries of `values:`, later ones winning (or, by strategy, the first). Templates among them see `e`. */
bool environment_read_entries(struct helmfile *h, const struct environment_entries *entries,
                              const struct environment *e, struct value *out, struct diag *diag);

/* The layers that the command line gives; *given says whether it gives any. Relative files start in `folder`. */
bool environment_from_options(struct helmfile *h, struct slice folder, struct environment *out, bool *given,
                              struct diag *diag);

#endif
