/*
 * chartify_parts.h - what the files of chartify share
 */
#ifndef YARE_HELMFILE_CHARTIFY_PARTS_H
#define YARE_HELMFILE_CHARTIFY_PARTS_H

#include "base/scratch.h"
#include "chart/folder.h"
#include "helmfile/chartify.h"

/* A chart on its way. Names of files are relative to the chart. */
struct chartifying {
    struct helmfile *h;
    const struct release_spec *release;
    const struct chartify_options *options;
    struct arena *arena;
    struct file_list files; /* of the chart that is being made */
    struct diag *diag;
};

/* Adds a file whose name and text live as long as the arena. */
void chartify_add(struct chartifying *c, struct file_list *list, struct slice name, struct slice text);

/* The file of that name, or null. */
struct chart_file *chartify_find(struct file_list *list, const char *name);

/* Fills `files` with those of a folder that is no chart: a kustomization built, or its manifests below templates/. */
bool chartify_read_folder(struct chartifying *c);

/* Puts the release's dependencies into Chart.yaml and their files below charts/. */
bool chartify_add_dependencies(struct chartifying *c);

/* Gives every document with metadata the namespace, unless it has one. */
bool chartify_set_namespace(struct chartifying *c, struct file_list *rendered, struct slice name_space);

/* Runs patches and transformers over the rendered files; what comes of them takes the files' place. */
bool chartify_patch(struct chartifying *c, struct file_list *rendered);

/* What kustomize builds of the kustomization in the folder. */
bool chartify_kustomize(struct chartifying *c, const char *folder, bool unrestricted, struct buffer *out);

#endif
