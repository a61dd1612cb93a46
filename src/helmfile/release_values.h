/*
 * release_values.h - from a release to the values of its chart
 *
 * The entries of `values:` become layers, in their order: files as Helm reads them (parsed once, however many releases
 * name them), templates rendered for the release, maps of the state file. What `set:` says is applied last, as Helm
 * applies --set.
 */
#ifndef YARE_HELMFILE_RELEASE_VALUES_H
#define YARE_HELMFILE_RELEASE_VALUES_H

#include "helm/value_layers.h"
#include "helmfile/release_spec.h"

/* One assignment, as Helm's command line would have it. */
struct release_set {
    struct slice text;    /* "a.b=1" */
    struct origin origin; /* of the entry in the state file */
};

struct release_sets {
    struct release_set *items;
    size_t count;
};

struct release_values {
    struct value_layer *layers; /* lowest first */
    size_t layer_count;
    struct release_sets set; /* --set, --set-string and --set-file, in Helm's order */
    struct release_sets set_string;
    struct release_sets set_file;
};

/* Reads all that the release names. A missing file names release, environment and the line that asked for it. */
bool release_values_read(struct helmfile *h, const struct release_spec *release, struct release_values *out,
                         struct diag *diag);

/* The entries of `values:` as Helmfile itself reads them: a list of maps; `resolve`: with references to secrets
   resolved. */
bool release_values_documents(struct helmfile *h, const struct release_spec *release, bool resolve, struct value *out,
                              struct diag *diag);

/* The texts that a list of files and maps stands for, such as the patches under `key`: files as they are or rendered
   with the data, maps as YAML. */
bool release_values_texts(struct helmfile *h, const struct release_spec *release, const char *key, struct value data,
                          struct helmfile_texts *out, struct diag *diag);

/* A values file as Helmfile itself reads it, which is not quite as Helm does: `yes` is a text. */
bool release_values_document(struct helmfile *h, const char *path, struct value *out, struct diag *diag);

/* A values file as Helm reads it; the same path is read once. References to secrets start in `folder`. */
bool release_values_file(struct helmfile *h, const char *path, struct slice folder, struct value_layer *out,
                         struct diag *diag);

#endif
