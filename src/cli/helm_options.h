/*
 * helm_options.h - options and first steps that helm's commands share
 */
#ifndef YARE_CLI_HELM_OPTIONS_H
#define YARE_CLI_HELM_OPTIONS_H

#include "cli/command.h"
#include "cli/options.h"
#include "helm/value_layers.h"

/* Options of every helm command. Those about clusters are only for `helm env` to print. */
struct helm_global_options {
    struct slice name_space;
    struct slice kubeconfig;
    struct slice kube_context;
    struct slice kube_apiserver;
    struct text_list kube_as_group;
    struct slice kube_as_user;
    struct slice kube_ca_file;
    struct slice kube_tls_server_name;
    struct slice kube_token;
    bool kube_insecure;
    struct slice registry_config;
    struct slice repository_cache;
    struct slice repository_config;
    struct slice content_cache;
    struct slice burst_limit;
    struct slice qps;
    struct slice color;
    struct slice helm_version;
    struct slice seed;
    bool seeded;         /* this and the next set by helm_apply_global */
    uint64_t seed_value;
    bool debug;
};

/* Where values come from. */
struct helm_value_options {
    struct text_list files;
    struct text_list set;
    struct text_list set_string;
    struct text_list set_file;
    struct text_list set_json;
    struct text_list set_literal;
};

/* Tables of those options with the struct's members as targets, in the arena. */
const struct option *helm_global_table(struct arena *a, struct helm_global_options *global);
const struct option *helm_value_table(struct arena *a, struct helm_value_options *values);

/* Options of `install` that `template` takes and that change nothing in what is rendered. */
extern const struct option helm_ignored_options[];

/* Parses the command line by the tables (the global one among them) and puts the global options into effect. */
bool helm_parse(struct context *c, const struct option *const *tables, size_t count,
                struct helm_global_options *global, struct option_result *result);

/* How many arguments a command takes. */
enum helm_arity {
    HELM_EXACTLY,
    HELM_AT_LEAST,
    HELM_AT_MOST
};

/* Whether their number fits; else Helm's error. `usage` is what Helm's help says after "helm ": "lint PATH"; its words
   in lower case name the command. */
bool helm_check_arguments(struct context *c, const char *usage, const struct text_list *arguments,
                          enum helm_arity arity, size_t number);

/* Puts global options and Helm's environment variables (HELM_DEBUG, …) into effect. */
bool helm_apply_global(struct context *c, struct helm_global_options *global);

/* Adds Helm 4's debug line with one attribute (key null: none), where --debug was given. */
void helm_debug(struct context *c, const char *message, const char *key, struct slice value);

/* The seed of --seed (`text`; null: not given) or else of YARE_SEED. */
bool helm_read_seed(struct context *c, struct slice text, bool *seeded, uint64_t *seed);

/* --namespace, HELM_NAMESPACE, the kubeconfig context's namespace, or "default". */
struct slice helm_namespace(struct context *c, const struct helm_global_options *global);

/* Reads all sources of values. */
bool helm_read_values(struct context *c, const struct helm_value_options *values, bool helm3,
                      struct value_layers *layers);

/* Prints the help of a helm command from its tables. */
int helm_help(struct context *c, const char *usage, const char *summary, const struct option *const *tables,
              size_t count);

#endif
