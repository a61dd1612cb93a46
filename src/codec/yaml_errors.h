/*
 * yaml_errors.h - what go-yaml v2 and sigs.k8s.io/yaml say about a bad document
 *
 * A document is read in stages and the first stage that fails speaks: parsing all of it, decoding nodes, converting
 * maps to JSON's, encoding JSON. Faults of later stages are therefore kept until the parser is through.
 */
#ifndef YARE_CODEC_YAML_ERRORS_H
#define YARE_CODEC_YAML_ERRORS_H

#include "base/buffer.h"
#include "codec/yaml_read.h"

enum yaml_stage {
    YAML_STAGE_PARSE,
    YAML_STAGE_DECODE,
    YAML_STAGE_CONVERT,
    YAML_STAGE_ENCODE,
    YAML_STAGES
};

struct yaml_faults {
    struct yaml_error first[YAML_STAGES];
    bool found[YAML_STAGES];
};

/* Keeps the fault unless the stage has one already. `at` is where the fault lies. */
void yaml_faults_add(struct yaml_faults *faults, enum yaml_stage stage, struct slice message, struct origin at);

/* The fault of the earliest stage in *error; false where there is none. */
bool yaml_faults_first(const struct yaml_faults *faults, struct yaml_error *error);

/* Where the parser stopped, 0-based lines as it counts them. */
struct yaml_problem {
    const char *text;
    bool by_scanner;
    size_t line;
    size_t column;
    size_t context_line;
    bool context_first; /* go-yaml v3 names the line where the thing begins that it was reading */
};

/* "yaml: line N: TEXT" by go-yaml's rule: scanner errors name the line, parser errors one too few, and on the first
   line neither says any. */
struct slice yaml_problem_text(struct arena *a, const struct yaml_problem *problem);

/* "unsupported map key of type: …" for a key that JSON has no text for. */
struct slice yaml_unsupported_key_text(struct arena *a, struct value key, struct value value);

/* Bits of a value in a map that is part of a key: its own key was no string there. */
enum {
    YAML_BIT_BARE_KEY = 1, /* a bool or number, shown without quotes */
    YAML_BIT_NIL_KEY = 2
};

/* "yaml: invalid map key: …" for a key that is a list or map. */
struct slice yaml_invalid_key_text(struct arena *a, struct value key, bool v3);

/* "json: unsupported value: +Inf" for the first infinity or NaN in key order; false where there is none. */
bool yaml_find_unsupported(struct value v, struct slice *message, struct origin *at);

#endif
