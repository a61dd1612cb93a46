/*
 * context.h - what all of Helmfile's modules share during one run
 *
 * Everything that is loaded lives in the project's arena and its sources; nothing here is global.
 */
#ifndef YARE_HELMFILE_CONTEXT_H
#define YARE_HELMFILE_CONTEXT_H

#include "base/diag.h"
#include "helmfile/gotmpl.h"
#include "value/field.h"

/* Texts in the order given. */
struct helmfile_texts {
    const struct slice *items;
    size_t count;
};

/* What the command line says. */
struct helmfile_options {
    struct slice environment; /* "default" where none was named */
    struct slice name_space;  /* -n: overrides that of every release; may be empty */
    struct slice kube_context;
    struct slice chart;
    struct helmfile_texts selectors;
    struct helmfile_texts state_values_files;
    struct helmfile_texts state_values_set;        /* a.b=1,c=2 */
    struct helmfile_texts state_values_set_string;
    struct slice shown_folder; /* Helmfile's command line: the folder of the state file, as the user gave it, before the
                                  program went there; empty: it stayed */
    bool allow_exec; /* templates may run programs */
    bool is_v0;      /* Helmfile 0: all state files are templates, rendered twice; environments may stand beside releases */
    bool render_all; /* HELMFILE_RENDER_YAML: plain files are templates, too */
};

struct helmfile {
    struct arena *arena;
    struct source_set *sources;
    struct gotmpl *gotmpl;
    const struct helmfile_options *options;
    struct map *files;   /* values files of releases by path, parsed */
    struct map *secrets; /* what references to secrets stand for (vals.h) */
    bool told_of_hooks;      /* that they are not run */
    bool told_of_references; /* that they stay as they are: once is enough */
    const struct source *secret_source; /* the origin of what is secret; null: none yet */
};

/* Fills the struct; all it is given must live as long. */
void helmfile_init(struct helmfile *h, struct arena *a, struct source_set *sources,
                   const struct helmfile_options *options);

/* Reads a file as a source named by its path. */
bool helmfile_read(struct helmfile *h, const char *path, const struct source **source, struct diag *diag);

/* Gives the newest entry of `diag` the place where a value stands. */
void helmfile_locate(struct helmfile *h, struct value at, struct diag *diag);

/* The items of a list of texts. */
struct helmfile_texts field_texts(struct arena *a, struct value map, const char *key);

#endif
