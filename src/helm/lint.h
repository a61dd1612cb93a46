/*
 * lint.h - what `helm lint` says of a chart
 *
 * Rules run over the chart as it lies on disk: Chart.yaml and values.yaml for themselves, templates after a rendering
 * in which `required` and `fail` only log, dependencies and CRDs of the loaded chart. Each finding is a message with
 * Helm 4's words; the rules' files are lint_chart_file.c, lint_templates.c and lint.c.
 */
#ifndef YARE_HELM_LINT_H
#define YARE_HELM_LINT_H

#include "base/diag.h"
#include "template/parse.h"
#include "value/value.h"

enum lint_severity {
    LINT_INFO,
    LINT_WARNING,
    LINT_ERROR
};

struct lint_message {
    enum lint_severity severity;
    struct slice path; /* what it is about, "templates/a.yaml"; may be empty */
    struct slice text; /* may have several lines */
};

struct lint_report {
    struct lint_message *items;
    size_t count;
    size_t cap;
    struct slice failure; /* why no rule could run: there is no chart; empty else */
};

struct lint_options {
    struct value values; /* user-supplied, merged: a map, not changed */
    struct slice name_space;
    struct slice kube_version; /* empty: the default */
    bool skip_schema;
    bool debug; /* log Helm's debug lines */
    const struct function_table *functions;
};

/* Lints the chart at `path`, a folder or a .tgz (which is unpacked below TMPDIR for as long as that takes). Messages
   live in `a`. What Helm logs meanwhile goes to `log`. */
void lint_chart(const char *path, const struct lint_options *options, struct arena *a, struct source_set *sources,
                struct lint_report *report, struct diag *log);

#endif
