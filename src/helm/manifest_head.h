/*
 * manifest_head.h - the part of a document that Helm looks at
 */
#ifndef YARE_HELM_MANIFEST_HEAD_H
#define YARE_HELM_MANIFEST_HEAD_H

#include "codec/yaml_read.h"

struct manifest_head {
    struct slice api_version;
    struct slice kind;
    struct slice name;
    struct slice name_space;
    bool has_hook;
    struct slice hook; /* the annotation helm.sh/hook */
};

/* Reads the head of a document; texts live in `a` or in the document. On failure *error is what follows "YAML parse
   error on FILE: ". `helm3` changes a type name in it. */
bool manifest_head_read(struct arena *a, struct slice document, bool helm3, struct manifest_head *head,
                        struct yaml_error *error);

#endif
