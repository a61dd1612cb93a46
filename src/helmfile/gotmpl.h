/*
 * gotmpl.h - the templates of Helmfile
 *
 * State files, environment values, release fields and release values are templates with functions of their own: those
 * of sprig, files of the machine, the environment, programs. A key that a map lacks is an error. Every template sees
 * the partials `_*.tpl` of its base folder, to which relative paths of its functions refer, too; they are parsed once
 * a folder. A renderer lives as long as its arena and serves one thread.
 */
#ifndef YARE_HELMFILE_GOTMPL_H
#define YARE_HELMFILE_GOTMPL_H

#include "base/diag.h"
#include "value/value.h"

struct gotmpl;

/* Resolves the references to secrets in a value; on false the diagnostic says why. */
typedef bool gotmpl_resolve_fn(void *context, struct slice folder, struct value v, struct value *out,
                               struct diag *diag);

struct gotmpl_options {
    bool allow_exec; /* exec and envExec may run programs, references to secrets are resolved */
    gotmpl_resolve_fn *resolve; /* null: references stay */
    void *context;
};

struct gotmpl *gotmpl_new(struct arena *a, struct source_set *sources, const struct gotmpl_options *options);

/* Renders the text with `data` as dot; relative paths start in `folder`. `source` is where the text is from and may be
   null. The result lives in the renderer's arena. The error is Go's, "template: stringTemplate:…", placed in the
   source. */
bool gotmpl_render(struct gotmpl *g, struct slice folder, struct slice text, const struct source *source,
                   struct value data, struct slice *out, struct diag *diag);

/* The same as Helmfile 0 did it first of all, to learn environments: missing keys are nothing, and files, programs and
   required variables are empty texts. */
bool gotmpl_render_roughly(struct gotmpl *g, struct slice folder, struct slice text, struct value data,
                           struct slice *out, struct diag *diag);

/* Whether files of that name are templates. */
bool gotmpl_is_template(struct slice path);

#endif
