/*
 * plugin_call.h - what Argo CD tells a config management plugin
 *
 * A plugin is run in the application's folder, with the application in environment variables: ARGOCD_APP_* (Argo CD's
 * own), ARGOCD_ENV_* (the `env` of the source's plugin block) and ARGOCD_APP_PARAMETERS (its `parameters`, a JSON list
 * that may be absent, null or empty). A parameter goes before the variable of the same meaning. Everything lives in the
 * arena or in the environment.
 */
#ifndef YARE_ARGOCD_PLUGIN_CALL_H
#define YARE_ARGOCD_PLUGIN_CALL_H

#include "base/diag.h"
#include "value/value.h"

struct plugin_texts {
    struct slice *items;
    size_t count;
};

struct plugin_call {
    struct slice app_name;     /* ARGOCD_APP_NAME */
    struct slice name_space;   /* of the destination: ARGOCD_APP_NAMESPACE */
    struct slice kube_version; /* KUBE_VERSION */
    struct plugin_texts api_versions; /* KUBE_API_VERSIONS, at commas */
    struct slice environment;
    struct plugin_texts selectors;
    struct plugin_texts values_files;
    struct plugin_texts set;   /* key=value each, as for --set; sorted by key */
    bool skip_crds;
    bool allow_empty;          /* rendering nothing is no error */
};

/* A parameter that yare takes, as Argo CD's user interface is told of it. */
struct plugin_parameter {
    const char *name;
    const char *title;
    const char *tooltip;
    const char *collection; /* "string", "array" or "map" */
    const char *variable;   /* the variable of the plugin's env with the same meaning, without ARGOCD_ENV_; null: none */
};

/* All of them; a null name ends the table. */
extern const struct plugin_parameter plugin_parameters[];

/* Reads the environment of this process. A parameter that yare does not know is an error that names the nearest. */
bool plugin_call_read(struct arena *a, struct plugin_call *out, struct diag *diag);

/* Reads a source's plugin block, as Argo CD would hand it over: its `env` and `parameters`. */
bool plugin_call_of_source(struct arena *a, struct value plugin, struct plugin_call *out, struct diag *diag);

/* "key=value" as --set takes it: a comma parts values there, so one that stands outside of a list in braces is
   escaped. */
struct slice plugin_set_text(struct arena *a, struct slice key, struct slice value);

#endif
