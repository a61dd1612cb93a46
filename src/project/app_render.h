/*
 * app_render.h - Applications of Argo CD rendered from the checkout they lie in
 *
 * Files with Applications and ApplicationSets (beside other documents) are read, and each Application's sources are
 * rendered with the tool that Argo CD would take: a chart, a kustomization, a folder of manifests, or yare as plugin.
 * A source in another repository, a chart of a repository and a path that leads out of the checkout are errors.
 */
#ifndef YARE_PROJECT_APP_RENDER_H
#define YARE_PROJECT_APP_RENDER_H

#include "argocd/application.h"
#include "argocd/plugin_call.h"

struct app_files {
    struct set_context context;
    struct applications applications;
};

/* Whether the file has documents of which one is an Application or an ApplicationSet. */
bool app_file_is(struct arena *a, struct slice path);

/* Reads the files. `root` is the checkout they lie in; null: the repository around the first one. Everything lives in
   `a`. */
bool app_files_read(struct arena *a, struct source_set *sources, const char *root, const struct slice *paths,
                    size_t count, struct app_files *out, struct diag *diag);

/* Renders one Application and appends its manifests. */
bool app_render(struct app_files *files, const struct application *app, struct buffer *out, struct diag *diag);

/* Reads a file and renders all its Applications. */
bool app_file_render(struct arena *a, struct source_set *sources, const char *root, struct slice path,
                     struct buffer *out, struct diag *diag);

/* Renders what lies at the path for the call of yare's plugin, and appends the manifests. */
bool app_render_plugin(struct arena *a, struct source_set *sources, struct slice path, const struct plugin_call *call,
                       struct buffer *out, struct diag *diag);

#endif
