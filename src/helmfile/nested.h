/*
 * nested.h - a state file and those it names, one after the other
 *
 * Files under `helmfiles:` come before the releases of the file that names them. Each is a state of its own: values
 * reach it only where its entry passes them, selectors unless the entry has its own.
 */
#ifndef YARE_HELMFILE_NESTED_H
#define YARE_HELMFILE_NESTED_H

#include "helmfile/needs.h"

/* Called for each state file that knows the environment. `selectors` are those in force there. */
typedef bool helmfile_visit_fn(void *context, const struct state *state, const struct release_list *releases,
                               const struct helmfile_texts *selectors, struct diag *diag);

struct helmfile_visit {
    helmfile_visit_fn *found;
    void *context;
    /* Called for a state file of the top level that does not know the environment; null: it is passed over. */
    bool (*unknown)(void *context, const struct state *state, struct diag *diag);
    const char *command; /* run the file's own hooks before and after `found`, and tell them this; null: none */
    bool peer_errors; /* errors begin with the way to the file, as Helmfile's do: "in ./helmfile.yaml: " */
};

/* The state files at a path: a file, or those of a folder in order of names. */
bool helmfile_files(struct helmfile *h, struct slice path, struct helmfile_texts *files, struct diag *diag);

/* Loads the files and all below them. */
bool helmfile_visit_files(struct helmfile *h, const struct helmfile_texts *files, const struct helmfile_visit *visit,
                          struct diag *diag);

#endif
