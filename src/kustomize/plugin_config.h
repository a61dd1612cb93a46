/*
 * plugin_config.h - what the configuration of a builtin plugin says
 */
#ifndef YARE_KUSTOMIZE_PLUGIN_CONFIG_H
#define YARE_KUSTOMIZE_PLUGIN_CONFIG_H

#include "kustomize/kustomization.h"

struct plugin_metadata {
    struct slice name;
    struct slice namespace;
};

struct account {
    struct slice name;
    struct slice namespace;
    struct slice project;
};

/* An entry of ValueAddTransformer's targets. */
struct value_target {
    struct selector *selector;
    struct slice field_path;
    int64_t position; /* in the file path that the field holds, from 1; 0: the field is replaced */
};

/* Of all kinds together; each fills what it knows. */
struct plugin_config {
    struct plugin_metadata metadata;
    struct records field_specs;
    struct value labels;
    struct value annotations;
    struct slice prefix;
    struct slice suffix;
    struct image image;
    struct replica replica;
    struct patch patch;
    struct texts paths;
    struct slice patches;
    struct records replacements;
    bool unset_only;
    struct slice subjects;
    struct generator generator;
    struct helm_globals helm_globals;
    struct helm_chart chart;
    struct slice cloud;
    struct account kubernetes_account;
    struct account cloud_account;
    struct slice value;
    struct slice target_file;
    struct records targets; /* of struct value_target */
};

/* The fields that plugins of the kind have; null: there is no such plugin. */
const struct record_type *plugin_config_record(struct slice kind);

/* A file of ValueAddTransformer's targets. */
extern const struct record_type plugin_targets_record;

/* Reads an object of that kind. */
bool plugin_config_read(struct arena *a, const struct record_type *record, struct value object,
                        struct plugin_config *out, struct diag *diag);

#endif
