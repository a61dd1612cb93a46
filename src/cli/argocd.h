/*
 * argocd.h - what the files behind `yare argocd` share
 */
#ifndef YARE_CLI_ARGOCD_H
#define YARE_CLI_ARGOCD_H

#include "cli/project_options.h"

/* `yare argocd apps` */
int argocd_apps(struct context *c);

#endif
