/*
 * engine.h - the templates of a chart and its subcharts, run
 *
 * All files of all enabled charts share one namespace of templates. They are parsed and run deepest path first, within
 * one depth in falling order of names, so that a parent's definition replaces its subcharts' and a template sees what
 * those run before it did to the values.
 */
#ifndef YARE_HELM_ENGINE_H
#define YARE_HELM_ENGINE_H

#include "helm/capabilities.h"
#include "helm/chart_object.h"
#include "helm/conditions.h"
#include "helm/template_cache.h"
#include "template/exec.h"

struct engine_options {
    const struct function_table *functions;
    struct function_host *host;  /* its includes are set by the engine */
    const struct release_info *release;
    const struct capabilities *capabilities;
    struct trace *trace;         /* null: not recorded */
    bool lint;                   /* required and fail only log */
    struct template_cache *cache; /* shared by releases; null: parse for this release alone */
};

/* A rendered template file. */
struct rendered_file {
    struct slice name;                /* "c/charts/s/templates/x.yaml" */
    struct slice text;                /* after removal of "<no value>" */
    const struct chart_file *file;    /* the template */
    const struct release_chart *chart;
    struct trace_text trace;          /* empty unless recorded */
    size_t *no_values;                /* offsets in the text where "<no value>" was taken out; of a recorded run */
    size_t no_value_count;
};

struct rendered_files {
    struct rendered_file *items; /* in the order they were run; partials are not among them */
    size_t count;
};

/* The place in a template that wrote the byte at `offset` of the text; source null where that is not known. */
struct diag_place rendered_file_place(const struct rendered_file *file, size_t offset);

/* Parses and runs everything. `root` has gone through coalesce_release. Errors are Helm's, with its detail line, the
   place in the template and the chain of includes. */
bool engine_render(const struct release_chart *root, const struct engine_options *options, struct arena *a,
                   struct rendered_files *out, struct diag *diag);

#endif
