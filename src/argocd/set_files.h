/*
 * set_files.h - folders and files of the checkout for git generators
 *
 * Paths are relative to the checkout's root and sorted. Nothing outside of the root is looked at, by links neither.
 */
#ifndef YARE_ARGOCD_SET_FILES_H
#define YARE_ARGOCD_SET_FILES_H

#include "argocd/set_generate.h"

#include "base/file.h"
#include "value/field.h"

struct set_paths {
    struct slice *items;
    size_t count;
    size_t cap;
};

/* The folders that rows {path: pattern, exclude: bool} choose; '*' stops at '/'. */
bool set_files_folders(const struct set_context *c, struct field_items rows, struct set_paths *out, struct diag *diag);

/* The files that rows {path: pattern} choose, as git's own patterns do: '*' goes over '/'. */
bool set_files_files(const struct set_context *c, struct field_items rows, struct set_paths *out, struct diag *diag);

/* The files that a pattern fits: '*' stops at '/', '**' does not. */
bool set_files_glob(const struct set_context *c, struct slice pattern, struct set_paths *out, struct diag *diag);

/* Reads a file of YAML or JSON. */
bool set_files_read(const struct set_context *c, struct slice path, struct value *out, struct diag *diag);

#endif
