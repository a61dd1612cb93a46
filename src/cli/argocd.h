/*
 * argocd.h - what the files behind `yare argocd` share
 */
#ifndef YARE_CLI_ARGOCD_H
#define YARE_CLI_ARGOCD_H

#include "argocd/plugin_call.h"
#include "cli/project_options.h"

/* Renders what lies at the path for the call of a plugin, and appends the manifests. */
bool argocd_generate(struct context *c, struct slice path, const struct plugin_call *call, struct buffer *out);

/* `yare argocd apps` */
int argocd_apps(struct context *c);

#endif
