/*
 * state.h - one state file: helmfile.yaml or helmfile.yaml.gotmpl
 *
 * The text is cut at "---" into parts. Each part is rendered (where the file is a template) with the state values that
 * the parts before it made, parsed, checked, laid over its bases, and merged over the earlier parts. What results is
 * kept as a value whose fields have the types of fields.h and whose nodes know their places; release_spec.h makes
 * releases of it.
 */
#ifndef YARE_HELMFILE_STATE_H
#define YARE_HELMFILE_STATE_H

#include "helmfile/environment.h"

struct state {
    struct slice path;    /* of the file, from where the program runs */
    struct slice folder;  /* where relative paths start; "." for the present one */
    /* The same in messages: Helmfile goes to the folder, hence the name alone and "."; of several files it stays where
       it is, and all paths are absolute. */
    struct slice shown_path;
    struct slice shown_folder;
    struct slice full_path; /* as `build` and `print-env` print it: of several files Helmfile puts its own folder before
                               the path, absolute though that is */
    struct slice way;     /* from the command line to the file: what Helmfile puts before errors, "in ./helmfile.yaml: " */
    struct value top;     /* the merged keys, a map */
    struct environment environment;
    struct value values;  /* state values: .Values of its releases */
    bool unknown_environment; /* the file has environments, but not the one wanted; nothing else was loaded */
};

/* What a state file gets from outside; all may be missing. */
struct state_context {
    const struct environment *inherited; /* of a parent that passes its environments on */
    const struct environment *overrides; /* of the command line, or the values a parent passes */
    struct value inherited_top;          /* other keys of a parent, which the file's own override; nil: none */
    bool is_one_of_several;              /* files that a folder or a pattern gave */
};

/* Loads the file at `path`. */
bool state_load(struct helmfile *h, struct slice path, const struct state_context *context, struct state *out,
                struct diag *diag);

/* A path of the state file as messages have it: relative to the file's folder, or absolute. */
struct slice state_shown_path(struct arena *a, const struct state *state, struct slice path);

/* Names of the file's environments, in order of names. */
struct helmfile_texts state_environment_names(struct arena *a, const struct state *state);

#endif
