/*
 * yaml_read.h - YAML as Helm reads it
 *
 * Syntax, what a scalar is, what merge keys and aliases do and what errors say follow sigs.k8s.io/yaml over go-yaml v2
 * (section 2.1 of the Helm sheet): YAML to JSON to values, so every number is a float64, keys are strings, the last
 * duplicate wins and only the first document is read. yaml_text looks the bytes over, yaml_scan cuts tokens,
 * yaml_parse joins them to nodes, yaml_build makes values of these.
 */
#ifndef YARE_CODEC_YAML_READ_H
#define YARE_CODEC_YAML_READ_H

#include "base/diag.h"
#include "value/value.h"

struct yaml_read_options {
    bool keep_integers;      /* integers stay int64 (Helmfile, Kustomize) instead of float64 */
    bool reject_duplicates;  /* a key given twice is an error (strict reading) */
    bool no_origin;          /* do not record places (text made by templates) */
    bool go_yaml_v3;         /* values as go-yaml v3 makes them (Helmfile): numbers keep their kind, integers are of
                                type int, and yes, no, on, off, y and n are texts */
    size_t lines_before;     /* lines of the source that stand before the text: places count from there */
    bool raw_scalars;        /* scalars are nodes (yaml_node.h); a map's own keys win over merged ones (Kustomize) */
};

/* Why reading failed. */
struct yaml_error {
    struct slice message; /* after "error converting YAML to JSON: ", e.g. "yaml: line 2: mapping values …" */
    size_t line;          /* 1-based line where the fault lies, for the excerpt; 0 unknown */
    size_t column;        /* 1-based */
};

/* Reads the first document of `text`. Strings of plain and simple quoted scalars may share the bytes of `text`, which
   must outlive the value; everything else is made in `a`. `source` gives the origins (its number; lines are counted
   from the start of `text`) and may be null. An empty document is nil. On failure *error is set and *out untouched. */
bool yaml_read(struct arena *a, const struct source *source, struct slice text,
               const struct yaml_read_options *options, struct value *out, struct yaml_error *error);

/* Type of a plain scalar by go-yaml v2's table: what `text` resolves to unquoted. False: it is a string. */
bool yaml_resolve_plain(struct slice text, struct value *out);

#endif
