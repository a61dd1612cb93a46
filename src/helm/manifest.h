/*
 * manifest.h - rendered files to manifests
 *
 * Each rendered file is cut into documents; each document's head (apiVersion, kind, name, annotations) is read, hooks
 * are set apart, and both lists are put into install order. The texts are those of the rendered files, never changed.
 */
#ifndef YARE_HELM_MANIFEST_H
#define YARE_HELM_MANIFEST_H

#include "base/diag.h"
#include "helm/engine.h"

struct manifest {
    const struct rendered_file *file;
    struct slice content; /* a part of the file's text, without blanks around it */
    struct slice api_version;
    struct slice kind;
    struct slice name;
    struct slice name_space;
    uint32_t hook_events; /* enum hook_event; 0: not a hook */
};

struct manifest_list {
    struct manifest *items;
    size_t count;
    size_t cap;
};

struct manifests {
    struct manifest_list generic;
    struct manifest_list hooks;
};

/* Cuts a text at its document separators as Helm does and calls `found` for each piece; stops when that returns false,
   and returns what the last call returned. */
typedef bool manifest_document_fn(void *context, struct slice document);
bool manifest_split(struct slice text, manifest_document_fn *found, void *context);

/* Makes manifests of all files but NOTES.txt. A document that is no YAML, or whose head has a wrong type, is an error
   with Helm's text, placed at the template line that wrote the broken line where the files carry a trace. */
bool manifests_collect(const struct rendered_files *files, bool helm3, struct arena *a, struct manifests *out,
                       struct diag *diag);

/* The group of an apiVersion: what is before the slash, empty for the core. */
struct slice manifest_group(struct slice api_version);

/* Whether Helm takes this template for notes: its name ends in NOTES.txt. */
bool manifest_is_notes(struct slice name);

#endif
