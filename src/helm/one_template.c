/*
 * one_template.c - a text run as a template of its own
 */
#include "helm/one_template.h"

#include "golang/regexp.h"
#include "template/exec.h"
#include "template/template_set.h"

bool one_template_run(struct arena *a, struct slice name, struct slice text, const struct function_table *functions,
                      bool helm3, struct value data, struct buffer *out, struct diag *diag)
{
    struct template_set *set = template_set_new(a, NULL, functions);
    struct tree *tree;
    struct function_host host = {.helm3 = helm3};
    struct exec_environment environment = {.arena = a, .host = &host};
    struct template_error *error = NULL;
    if (!template_set_parse(set, name, text, NULL, &tree, diag))
        return false;
    bool ok = exec_tree(&environment, set, tree, data, out, &error);
    regexp_cache_free(host.regexps);
    return ok || diag_error_slice(diag, error->text);
}
