/*
 * app_kustomize.h - what an Application says of its kustomization
 *
 * Argo CD edits the kustomization file in the checkout before it builds; here the same edits are made in memory, in the
 * same order.
 */
#ifndef YARE_PROJECT_APP_KUSTOMIZE_H
#define YARE_PROJECT_APP_KUSTOMIZE_H

#include "kustomize/build.h"

struct app_kustomize {
    struct value body;  /* source.kustomize of the Application; nil: nothing */
    const char *folder; /* of the kustomization */
};

/* A build_edit_fn whose context is a struct app_kustomize. A field that yare does not know is an error. */
bool app_kustomize_edit(void *context, struct build *build, struct kustomization *k, struct diag *diag);

#endif
