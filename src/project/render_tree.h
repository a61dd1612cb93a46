/*
 * render_tree.h - rendered releases as a tree of files
 *
 * Each resource is a file FOLDER/RELEASE/KIND-NAME.yaml. Nothing is written before everything is rendered; files whose
 * bytes do not change are not touched; files that an earlier run wrote and this one did not are removed. What yare
 * wrote is listed in FOLDER/.yare-manifest, and nothing that is not listed there is ever removed.
 */
#ifndef YARE_PROJECT_RENDER_TREE_H
#define YARE_PROJECT_RENDER_TREE_H

#include "project/render.h"

struct render_tree;

/* An empty tree for the plan; lives in `a`. */
struct render_tree *render_tree_new(struct arena *a, const struct plan *plan);

/* A render_done_fn whose context is the tree: takes the documents of a release. */
bool render_tree_add(void *tree, const struct rendered_release *rendered, struct diag *diag);

/* What was done. */
struct render_tree_counts {
    size_t written;
    size_t unchanged;
    size_t removed;
};

/* Writes the tree below the folder. */
bool render_tree_write(struct render_tree *tree, struct slice folder, struct render_tree_counts *counts,
                       struct diag *diag);

#endif
