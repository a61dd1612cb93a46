/*
 * kustomization.h - what a kustomization file says
 *
 * The file is read once, old fields are put where their successors are, and the struct does not change any more. Texts
 * share the bytes of the file, which lives in the arena of the build.
 */
#ifndef YARE_KUSTOMIZE_KUSTOMIZATION_H
#define YARE_KUSTOMIZE_KUSTOMIZATION_H

#include "kustomize/field_spec.h"
#include "kustomize/record.h"

/* Group, version, kind, name and namespace as written, and selectors on labels and annotations. */
struct selector {
    struct res_id id;
    struct slice labels;
    struct slice annotations;
};

struct patch {
    struct slice path;
    struct slice patch;
    struct origin at; /* of the key of either */
    struct selector *target;
    struct value options; /* a map of bools */
};

struct generator_options {
    struct value labels;
    struct value annotations;
    bool disable_hash;
    bool immutable;
};

struct generator {
    struct slice namespace;
    struct slice name;
    struct slice behavior;
    struct texts literals;
    struct texts files;
    struct texts envs;
    struct slice env;
    struct generator_options *options;
    struct slice type; /* of a Secret */
};

struct label_entry {
    struct value pairs;
    bool include_selectors;
    bool include_templates;
    struct records fields; /* of struct field_spec */
};

struct image {
    struct slice name;
    struct slice new_name;
    struct slice new_tag;
    struct slice digest;
    struct slice tag_suffix;
};

struct replica {
    struct slice name;
    int64_t count;
};

struct field_options {
    struct slice delimiter;
    int64_t index;
    struct slice encoding;
    bool create;
};

struct replacement_source {
    struct res_id id;
    struct slice field_path;
    struct field_options *options;
};

struct replacement_target {
    struct selector *select;
    struct records reject; /* of struct selector */
    struct texts field_paths;
    struct field_options *options;
};

struct replacement {
    struct replacement_source *source;
    struct records targets; /* of struct replacement_target */
    struct slice *source_value;
    struct slice path;
};

struct var {
    struct slice name;
    struct slice api_version;
    struct res_id object;
    struct slice field_path;
};

struct legacy_sort_options {
    struct texts first;
    struct texts last;
};

struct sort_options {
    struct slice order;
    struct legacy_sort_options *legacy;
};

struct helm_globals {
    struct slice chart_home;
    struct slice config_home;
};

struct helm_chart {
    struct slice name, version, repo, release_name, namespace;
    struct texts additional_values_files;
    struct slice values_file;
    struct value values_inline;
    struct slice values_merge;
    bool include_crds, skip_hooks;
    struct texts api_versions;
    struct slice kube_version, name_template;
    bool skip_tests, debug, devel;
};

/* An entry of helmChartInflationGenerator. */
struct old_helm_chart {
    struct slice name, version, repo, chart_home, repo_name, helm_bin, helm_home, values;
    struct value values_local;
    struct slice values_merge, release_name, release_namespace;
    struct texts extra_args;
};

struct object_metadata {
    struct slice name;
    struct slice namespace;
    struct value labels;
    struct value annotations;
};

struct kustomization {
    const char *file;  /* its path */
    const struct source *source; /* its text */
    struct slice name; /* the file's name alone */
    struct slice api_version;
    struct slice kind;
    struct object_metadata *metadata;
    struct value openapi;
    struct slice name_prefix;
    struct slice name_suffix;
    struct slice namespace;
    struct value common_labels;
    struct records labels;
    struct value common_annotations;
    struct texts patches_strategic_merge;
    struct records patches_json6902;
    struct records patches;
    struct records images;
    struct records image_tags;
    struct records replacements;
    struct records replicas;
    struct records vars;
    struct sort_options *sort;
    struct texts resources;
    struct texts components;
    struct texts crds;
    struct texts bases;
    struct records config_maps;
    struct records secrets;
    struct helm_globals *helm_globals;
    struct records helm_charts;
    struct records old_helm_charts;
    struct generator_options *generator_options;
    struct texts configurations;
    struct texts generators;
    struct texts transformers;
    struct texts validators;
    struct texts build_metadata;
};

extern const struct record_type gvk_record;
extern const struct record_type kustomization_record;
extern const struct record_type selector_record;
extern const struct record_type patch_record;
extern const struct record_type generator_record;
extern const struct record_type image_record;
extern const struct record_type replica_record;
extern const struct record_type replacement_record;
extern const struct record_type field_spec_record;
extern const struct record_type helm_chart_record;
extern const struct record_type helm_globals_record;

/* Reads the file's text; warnings about deprecated fields go to the diagnostics. `root` is its folder. */
bool kustomization_read(struct arena *a, const struct source *source, struct slice text, const char *root,
                        struct kustomization *out, struct diag *diag);

/* The same to change and write it: old fields are empty, an empty file is none of our business. */
bool kustomization_read_for_edit(struct arena *a, const struct source *source, struct slice text,
                                 struct kustomization *out, struct diag *diag);

/* Where a text of the struct stands in the file; the file alone where that is not known. */
struct diag_place kustomization_place(const struct kustomization *k, struct slice text);

/* The same as an origin; all zeros where it is not known. */
struct origin kustomization_origin(const struct kustomization *k, struct slice text);

/* Whether the build metadata has that word. */
bool kustomization_wants(const struct kustomization *k, const char *metadata);

#endif
