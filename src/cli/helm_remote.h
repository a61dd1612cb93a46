/*
 * helm_remote.h - options of helm's commands that reach for repositories and registries
 */
#ifndef YARE_CLI_HELM_REMOTE_H
#define YARE_CLI_HELM_REMOTE_H

#include "chart/remote_chart.h"
#include "cli/helm_options.h"

struct helm_remote_options {
    struct remote_options remote;
    struct remote_source source; /* over `remote`; lines go to standard error */
    struct slice keyring;
    bool verify;
    bool devel;
};

/* The table of options about where a chart is and who asks, in the arena. `with_version`: also --version, --repo,
   --devel, --verify, --pass-credentials. */
const struct option *helm_remote_table(struct context *c, struct helm_remote_options *o, bool with_version);

/* Puts them into effect: paths of the global options, --devel, checks of TLS options. */
bool helm_remote_apply(struct context *c, const struct helm_global_options *global, struct helm_remote_options *o);

/* The path on this machine of the chart that an argument names, fetched where it lies elsewhere. */
bool helm_find_chart(struct context *c, struct slice argument, const struct helm_remote_options *o,
                     struct slice *path);

/* Reads standard input as a password: all of it without the line's end. */
bool helm_read_password(struct context *c, struct slice *password);

/* This moment as Go's time.Now prints it in JSON, with nanoseconds. */
struct slice helm_now(struct arena *a);

#endif
