/*
 * kustomization_file.h - a kustomization file that is changed and written back
 *
 * As Kustomize does it: every field is written anew, in the order in which the fields stood, behind them the new ones in
 * an order of Kustomize's own; comments above a field stay above it. Comments within a field move above it, those
 * at the end of the file are lost.
 */
#ifndef YARE_KUSTOMIZE_KUSTOMIZATION_FILE_H
#define YARE_KUSTOMIZE_KUSTOMIZATION_FILE_H

#include "kustomize/kustomization.h"

/* A field as it stood in the file. */
struct kept_field {
    const char *name;      /* as yare writes it */
    struct buffer comment; /* the lines above it */
};

struct kustomization_file {
    const char *path;
    struct kustomization k; /* to be changed */
    struct kept_field *fields;
    size_t count;
};

/* Reads the kustomization file of the working directory. kustomization_file_release must follow. */
bool kustomization_file_open(struct arena *a, struct source_set *sources, struct kustomization_file *file,
                             struct diag *diag);
bool kustomization_file_write(struct arena *a, const struct kustomization_file *file, struct diag *diag);
void kustomization_file_release(struct kustomization_file *file);

/* Whether there is one, or several. */
bool kustomization_file_exists(void);

#endif
