/*
 * release_name.c - names of releases from --name-template
 */
#include "helm/release_name.h"

#include "helm/one_template.h"

bool release_name_from_template(struct arena *a, struct slice text, const struct function_table *functions, bool helm3,
                                struct slice *name, struct diag *diag)
{
    struct buffer out = BUFFER_INIT;
    bool ok = one_template_run(a, SLICE("name-template"), text, functions, helm3, value_nil(), &out, diag);
    *name = buffer_move(&out, a);
    return ok;
}
