/*
 * app_write.h - Argo CD's objects for the releases of a helmfile
 *
 * A release in an environment becomes one Application; all of them together one AppProject. Or one ApplicationSet
 * expands to the same Applications. What differs between releases is a struct app_release, made by the caller; texts
 * are shared, output goes to a buffer.
 */
#ifndef YARE_ARGOCD_APP_WRITE_H
#define YARE_ARGOCD_APP_WRITE_H

#include "base/buffer.h"
#include "base/diag.h"
#include "value/value.h"

/* How Argo CD is to come to the manifests. */
enum app_source_kind {
    APP_SOURCE_PLUGIN,  /* yare renders them in a sidecar */
    APP_SOURCE_RENDERED /* they were rendered into the repository: FOLDER/ENVIRONMENT/RELEASE */
};

struct app_options {
    enum app_source_kind source;
    struct slice repository;   /* URL */
    struct slice revision;
    struct slice path;         /* of the helmfile's folder in the repository; "." for its root */
    struct slice rendered;     /* folder of rendered manifests in the repository */
    struct slice plugin;       /* name of the plugin */
    struct slice project;      /* name of the AppProject */
    struct slice name_space;   /* where Argo CD's objects live */
    struct slice cluster;      /* destination: a URL, or the name of a cluster Argo CD knows */
    bool automated;            /* sync without being asked, prune and heal */
};

struct app_release {
    struct slice environment;
    struct slice name;
    struct slice name_space;
    size_t wave;                 /* from 0: releases of one wave need only those of earlier ones */
    bool create_namespace;
    struct slice generate_paths; /* manifest-generate-paths; may be empty */
    struct value ignored;        /* list for ignoreDifferences; nil: none */
};

/* A kind without namespace that a release renders. */
struct app_kind {
    struct slice group;
    struct slice kind;
};

/* Appends an AppProject that allows just what the releases need. */
bool app_write_project(const struct app_options *options, const struct app_release *releases, size_t count,
                       const struct app_kind *kinds, size_t kind_count, struct arena *scratch, struct buffer *out,
                       struct diag *diag);

/* Appends the Application of a release. */
bool app_write_application(const struct app_options *options, const struct app_release *release,
                           struct arena *scratch, struct buffer *out, struct diag *diag);

/* Appends an ApplicationSet, of the project's name, that expands to the Applications of all the releases. */
bool app_write_set(const struct app_options *options, const struct app_release *releases, size_t count,
                   struct arena *scratch, struct buffer *out, struct diag *diag);

#endif
