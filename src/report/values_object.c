/*
 * values_object.c - the merged values of a release, in the shape of an object
 */
#include "report/values_object.h"

#include "helm/coalesce.h"

static bool coalesce(struct arena *a, const struct plan *plan, const struct planned_release *release,
                     struct value *out, struct diag *diag)
{
    struct release_chart *root;
    struct coalesce_options options = {.helm3 = release->helm3};
    const struct chart *chart = plan->charts[release->chart].chart;
    if (!conditions_process(chart, release->values, release->helm3, a, &root, diag) ||
        !coalesce_release(root, release->values, &options, a, diag))
        return false;
    *out = value_map(root->values);
    return true;
}

bool values_object_add(struct object_list *list, const struct plan *plan, size_t from, size_t to, struct diag *diag)
{
    for (size_t i = from; i < to; i++) {
        const struct planned_release *release = &plan->releases[i];
        struct kube_object object = {.kind = SLICE("Values"),
                                     .name = release->name,
                                     .name_space = release->name_space,
                                     .release = release->name};
        if (!coalesce(list->arena, plan, release, &object.body, diag))
            return false;
        object_list_add(list, &object);
    }
    return true;
}
