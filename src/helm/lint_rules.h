/*
 * lint_rules.h - what the files of lint share
 */
#ifndef YARE_HELM_LINT_RULES_H
#define YARE_HELM_LINT_RULES_H

#include "chart/load.h"
#include "helm/lint.h"

struct lint {
    const struct lint_options *options;
    struct slice folder; /* absolute */
    struct arena *arena;
    struct source_set *sources;
    struct lint_report *report;
    struct diag *log;
};

void lint_add(struct lint *l, enum lint_severity severity, struct slice path, struct slice text);
void lint_add_text(struct lint *l, enum lint_severity severity, const char *path, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Ends a collector of one step: log lines move to the log, and the error among them, if any, is returned. */
struct slice lint_take_error(struct lint *l, struct diag *diag);

/* The path of something in the chart's folder. */
const char *lint_path(struct lint *l, const char *name);

/* Loads the chart as each rule does that needs it, with the log lines of loading; null with *error set. Freed with
   chart_free. */
struct chart *lint_load(struct lint *l, struct slice *error);

/* What the linter knows of an object: the part of a manifest that it reads. */
struct lint_object_metadata {
    struct slice name_space;
    struct slice name;
};

struct lint_object {
    struct slice api_version;
    struct slice kind;
    struct lint_object_metadata metadata;
};

/* Called for each object of a text; false ends the walk. */
typedef bool lint_object_fn(void *context, const struct lint_object *object);

/* Walks a text as Kubernetes' decoder of YAML or JSON does. False with *error set where a document cannot be read. */
bool lint_objects(struct lint *l, struct slice text, lint_object_fn *found, void *context, struct slice *error);

/* The rules of Chart.yaml. */
void lint_chart_file(struct lint *l);

/* The rules of templates/. */
void lint_templates(struct lint *l);

#endif
