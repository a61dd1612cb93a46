/*
 * set_generate.h - generators of an ApplicationSet
 *
 * A generator makes lists of parameters: those of `list` stand in it, those of `git` are the folders and files of the
 * repository, which is the checkout at hand, `matrix` and `merge` combine those of others. Generators that ask a
 * cluster, a forge or a service are an error. Everything lives in the arena.
 */
#ifndef YARE_ARGOCD_SET_GENERATE_H
#define YARE_ARGOCD_SET_GENERATE_H

#include "argocd/set_template.h"

struct set_context {
    struct arena *arena;
    struct source_set *sources;
    const char *root;  /* of the checkout */
    struct slice url;  /* of its repository; empty: unknown, any is taken for it */
    bool go;           /* parameters are maps; else texts under dotted names */
    struct set_template template;
};

/* Appends the parameters (maps) that the generator makes to the list. */
bool set_generate(struct set_context *c, struct value generator, struct list *out, struct diag *diag);

/* Whether a URL names the checkout's repository. */
bool set_context_is_here(const struct set_context *c, struct slice url);

#endif
