/*
 * plugin_file.h - how yare presents itself to Argo CD: plugin.yaml and the announcement of its parameters
 */
#ifndef YARE_ARGOCD_PLUGIN_FILE_H
#define YARE_ARGOCD_PLUGIN_FILE_H

#include "argocd/plugin_call.h"

struct plugin_file_options {
    struct slice name;    /* of the plugin */
    struct slice command; /* path of yare in the sidecar */
    bool no_discovery;    /* applications have to name the plugin */
};

/* Appends the plugin.yaml of a sidecar. */
bool plugin_file_write(const struct plugin_file_options *options, struct arena *scratch, struct buffer *out,
                       struct diag *diag);

/* Appends the JSON list of parameters; `environments` (may be none) are named in the tooltip. */
bool plugin_parameters_write(const struct slice *environments, size_t count, struct arena *scratch, struct buffer *out,
                             struct diag *diag);

#endif
