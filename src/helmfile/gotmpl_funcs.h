/*
 * gotmpl_funcs.h - the functions that Helmfile adds to sprig's
 */
#ifndef YARE_HELMFILE_GOTMPL_FUNCS_H
#define YARE_HELMFILE_GOTMPL_FUNCS_H

#include "helmfile/gotmpl.h"
#include "template/exec.h"

/* What the functions need to know, as function_host.owner. */
struct gotmpl_host {
    struct source_set *sources; /* files that templates read are added, for those who ask what a plan depends on */
    const char *folder; /* where relative paths start */
    bool allow_exec;
    bool is_rough;    /* files, programs and required variables are empty texts */
    bool no_insecure; /* HELMFILE_DISABLE_INSECURE_FEATURES and its like */
    const struct template_set *partials;
    const struct gotmpl_options *options;
    struct diag *diag; /* for warnings */
};

/* The table for the parser, made in `a`: Helmfile's rows before sprig's. */
const struct function_table *gotmpl_functions(struct arena *a);

#endif
