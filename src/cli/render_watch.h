/*
 * render_watch.h - `yare render --watch`: render again when files change
 */
#ifndef YARE_CLI_RENDER_WATCH_H
#define YARE_CLI_RENDER_WATCH_H

#include "cli/command.h"
#include "cli/options.h"
#include "project/render.h"

/* What is watched: a project in some environments. */
struct render_watch {
    struct slice path;
    const struct plan_options *options;
    const struct text_list *environments; /* empty: the one of the options */
    const struct render_options *render;
    bool colour;
};

/* Renders, and prints what differs whenever a file changes beside one that was read. Ends only with an error. */
bool render_watch_run(struct context *c, const struct render_watch *watch);

#endif
