/*
 * release_spec.h - the releases of a state file
 *
 * A release is a body of fields (fields.h). Some of its texts are templates, which are rendered here, after all parts
 * are merged and with the release itself at hand as .Release; passes repeat until nothing changes. What the rest of
 * yare asks for most is taken out of the body.
 */
#ifndef YARE_HELMFILE_RELEASE_SPEC_H
#define YARE_HELMFILE_RELEASE_SPEC_H

#include "helmfile/state.h"

struct release_spec {
    const struct state *state;
    struct value body; /* all its fields, rendered */
    struct slice name;
    struct slice name_space;   /* -n or the state's namespace before its own; may be empty */
    struct slice chart;
    struct slice version;
    struct slice kube_context;
    struct slice id;           /* [context/][namespace/]name, as needs name it */
    struct value labels;       /* its own, common ones, and name, namespace and chart */
    struct slice *needs;       /* as ids */
    size_t need_count;
    bool installed;
};

struct release_list {
    struct release_spec *items; /* in the order of the file */
    size_t count;
};

/* Makes the releases of a loaded state. */
bool release_list_make(struct helmfile *h, const struct state *state, struct release_list *out, struct diag *diag);

/* Whether the release's condition holds. The error lacks the release's name. */
bool release_spec_enabled(struct helmfile *h, const struct release_spec *release, bool *out, struct diag *diag);

/* The dot of templates of the release: its values files. */
struct value release_spec_data(struct helmfile *h, const struct release_spec *release);

/* The same with other .Values: patches see those of the state with the release's own laid over them. */
struct value release_spec_data_over(struct helmfile *h, const struct release_spec *release, struct value values);

#endif
