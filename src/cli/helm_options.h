/*
 * helm_options.h - options and first steps that helm's commands share
 */
#ifndef YARE_CLI_HELM_OPTIONS_H
#define YARE_CLI_HELM_OPTIONS_H

#include "cli/command.h"
#include "cli/options.h"
#include "helm/value_layers.h"

/* Options of every helm command. */
struct helm_global_options {
    struct slice name_space;
    struct slice kubeconfig;
    struct slice kube_context;
    struct slice helm_version;
    struct slice seed;
    uint64_t seed_value; /* set by helm_apply_global */
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

/* Declares a table of those options over a struct that lives as long. */
#define HELM_GLOBAL_OPTIONS(table, g)                                                                                  \
    const struct option table[] = {                                                                                    \
        {"debug", 0, OPTION_FLAG, &(g)->debug, NULL, "more detail on errors", NULL, NULL},                             \
        {"helm-version", 0, OPTION_TEXT, &(g)->helm_version, "3|4", "whose results where they differ (default 4)",     \
         NULL, NULL},                                                                                                  \
        {"kube-context", 0, OPTION_TEXT, &(g)->kube_context, "name", "context whose namespace is the default", NULL,   \
         NULL},                                                                                                        \
        {"kubeconfig", 0, OPTION_TEXT, &(g)->kubeconfig, "file", "kubeconfig that has the context", NULL, NULL},       \
        {"namespace", 'n', OPTION_TEXT, &(g)->name_space, "name", "namespace of the release", NULL, NULL},             \
        {"seed", 0, OPTION_TEXT, &(g)->seed, "number", "make random functions, keys and now repeatable", NULL, NULL},  \
        {NULL, 0, OPTION_FLAG, NULL, NULL, NULL, NULL, NULL},                                                          \
    }

#define HELM_VALUE_OPTIONS(table, v)                                                                                   \
    const struct option table[] = {                                                                                    \
        {"values", 'f', OPTION_COMMAS, &(v)->files, "file", "values file; later ones win, - is standard input", NULL,  \
         NULL},                                                                                                        \
        {"set", 0, OPTION_TEXTS, &(v)->set, "key=value", "set values", NULL, NULL},                                    \
        {"set-file", 0, OPTION_TEXTS, &(v)->set_file, "key=path", "set values to the text of files", NULL, NULL},      \
        {"set-json", 0, OPTION_TEXTS, &(v)->set_json, "key=json", "set JSON values", NULL, NULL},                      \
        {"set-literal", 0, OPTION_TEXTS, &(v)->set_literal, "key=text", "set a text, taken as it is", NULL, NULL},     \
        {"set-string", 0, OPTION_TEXTS, &(v)->set_string, "key=text", "set texts", NULL, NULL},                        \
        {NULL, 0, OPTION_FLAG, NULL, NULL, NULL, NULL, NULL},                                                          \
    }

/* Options about clusters and repositories that change nothing in what is rendered. */
extern const struct option helm_ignored_options[];

/* Puts global options and Helm's environment variables (HELM_DEBUG, …) into effect. */
bool helm_apply_global(struct context *c, struct helm_global_options *global);

/* --namespace, HELM_NAMESPACE, the kubeconfig context's namespace, or "default". */
struct slice helm_namespace(struct context *c, const struct helm_global_options *global);

/* Turns a chart argument into a path of this machine, with Helm's errors for those that are none. */
bool helm_locate_chart(struct context *c, struct slice argument, struct slice repository, struct slice *path);

/* Reads all sources of values. */
bool helm_read_values(struct context *c, const struct helm_value_options *values, bool helm3,
                      struct value_layers *layers);

/* Prints the help of a helm command from its tables. */
int helm_help(struct context *c, const char *usage, const char *summary, const struct option *const *tables,
              size_t count);

#endif
