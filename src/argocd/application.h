/*
 * application.h - Applications and ApplicationSets, read
 *
 * An Application says which sources to render, with what tool, and where the objects go. An ApplicationSet is expanded
 * to Applications first. Everything lives in the arena and shares the value that was read.
 */
#ifndef YARE_ARGOCD_APPLICATION_H
#define YARE_ARGOCD_APPLICATION_H

#include "argocd/set_generate.h"

struct app_source {
    struct value body;     /* as it stands in the Application */
    struct slice url;      /* repoURL */
    struct slice path;     /* in the repository; empty for a chart of a repository, and where only `ref` is of use */
    struct slice chart;
    struct slice ref;      /* name under which values files refer to it: $ref/… */
};

struct application {
    struct slice name;
    struct slice name_space; /* of the destination; may be empty */
    struct value object;
    struct app_source *sources;
    size_t source_count;
};

struct applications {
    struct application *items;
    size_t count;
    size_t cap;
};

/* Whether a document is an Application or an ApplicationSet. */
bool application_is_kind(struct value document);

/* Appends the Applications that a document stands for; other documents add none. */
bool applications_add(struct set_context *c, struct value document, struct applications *out, struct diag *diag);

#endif
