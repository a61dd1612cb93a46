/*
 * release_name.c - names of releases from --name-template
 */
#include "helm/release_name.h"

#include "funcs/library.h"
#include "golang/regexp.h"
#include "template/exec.h"
#include "template/template_set.h"

bool release_name_from_template(struct arena *a, struct slice text, const struct function_table *functions, bool helm3,
                                struct slice *name, struct diag *diag)
{
    struct template_set *set = template_set_new(a, NULL, functions);
    struct tree *tree;
    struct function_host host = {.helm3 = helm3};
    struct exec_environment environment = {.arena = a, .host = &host};
    struct template_error *error = NULL;
    struct buffer out = BUFFER_INIT;
    if (!template_set_parse(set, SLICE("name-template"), text, NULL, &tree, diag))
        return false;
    bool ok = exec_tree(&environment, set, tree, value_nil(), &out, &error);
    regexp_cache_free(host.regexps);
    *name = buffer_move(&out, a);
    return ok || diag_error_slice(diag, error->text);
}
