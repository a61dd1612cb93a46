/*
 * vals.h - references to secrets
 *
 * A text such as ref+vault://path#/key stands for a value that lies elsewhere. Helmfile resolves these through its
 * library vals; here the user's own program of that name is asked, where the user allows programs, and each reference
 * once. `echo` and `file`, which need nobody, are read here. Without leave a reference stays as it is, and a warning
 * says so. Values that were resolved have the origin of a source of their own, so that whoever shows values can mask
 * them.
 */
#ifndef YARE_HELMFILE_VALS_H
#define YARE_HELMFILE_VALS_H

#include "helmfile/context.h"

/* Whether the text has a reference. */
bool vals_has_reference(struct slice text);

/* The value with the references in its texts resolved; relative files start in `folder`. A text that is one reference
   takes the type of what it stands for. */
bool vals_resolve(struct helmfile *h, struct slice folder, struct value v, struct value *out, struct diag *diag);

/* Marks all texts below as secret: what a program decrypted. */
struct value vals_mark(struct helmfile *h, struct value v);

/* A copy in which what is secret reads "***". */
struct value vals_mask(struct arena *a, struct source_set *sources, struct value v);

#endif
