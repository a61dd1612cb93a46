/*
 * kubeconfig.h - the namespace of a kubeconfig's context
 */
#ifndef YARE_CLI_KUBECONFIG_H
#define YARE_CLI_KUBECONFIG_H

#include "base/arena.h"

/* The namespace of `context` (empty: the current one) in `file` (empty: $KUBECONFIG, ~/.kube/config); "default" where
   there is none or the file cannot be read. */
struct slice kubeconfig_namespace(struct arena *a, struct slice file, struct slice context);

#endif
