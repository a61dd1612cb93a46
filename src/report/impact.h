/*
 * impact.h - what a changed file touches
 *
 * A project is planned and rendered with a trace for each environment; what the trace recorded says which files each
 * object was made of. Files that are read while planning (state files, their values, what their templates read) touch
 * every release of the environment; a schema, the chart's own list of files and templates that are not there any more
 * touch the whole release. Paths are compared with their links followed.
 */
#ifndef YARE_REPORT_IMPACT_H
#define YARE_REPORT_IMPACT_H

#include "project/plan.h"

struct impact_object {
    struct slice name; /* "Deployment/web" */
    struct map *files; /* real paths are its keys */
};

struct impact_release {
    struct slice environment; /* empty for a chart */
    struct slice name;
    struct map *plan_files;   /* read while planning: what they change can be anything */
    struct map *chart_files;  /* the same of what belongs to the whole chart */
    struct map *value_files;  /* of its values: layers in order of their names */
    struct map *folders;      /* of its charts */
    struct impact_object *objects;
    size_t count;
};

struct impact {
    struct arena *arena;
    struct map *real_paths; /* of names that were asked for */
    struct impact_release *releases;
    size_t count;
    size_t cap;
};

void impact_init(struct impact *impact, struct arena *a);

/* Adds the releases of what lies at the path, in the environment of the options. */
bool impact_add(struct impact *impact, struct slice path, const struct plan_options *options, struct diag *diag);

enum impact_reach {
    IMPACT_NONE,
    IMPACT_OBJECTS, /* those that object_is_touched says */
    IMPACT_RELEASE  /* all of it */
};

/* What the files (real paths) reach of a release. */
enum impact_reach impact_reach_of(const struct impact_release *release, const struct slice *files, size_t count);
bool impact_touches(const struct impact_object *object, const struct slice *files, size_t count);

/* The folders and files that a release depends on, as texts: from the repository's root ("/charts/web") where they lie in
   it. */
struct list *impact_paths(struct arena *a, const struct impact_release *release, struct slice root);

/* The path with links followed; of what is not there any more the folder's. */
struct slice impact_real_path(struct impact *impact, struct slice name);

#endif
