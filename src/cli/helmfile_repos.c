/*
 * helmfile_repos.c - `helmfile repos`
 */
#include "cli/helmfile_options.h"
#include "helmfile/state_repositories.h"

struct adding {
    struct helmfile helmfile;
    struct context *context;
};

static bool add_state(void *context, const struct state *state, const struct release_list *releases,
                      const struct helmfile_texts *selectors, struct diag *diag)
{
    struct adding *adding = context;
    (void)releases;
    (void)selectors;
    return state_repositories_add(adding->context->arena, state, diag);
}

int helmfile_repos(struct context *c, const struct helmfile_command *o)
{
    struct adding adding = {.context = c};
    bool ok = helmfile_each_state(c, o, add_state, &adding, &adding.helmfile);
    return helmfile_finish(c, o, ok, true);
}
