/*
 * namespace.h - the field `namespace`
 */
#ifndef YARE_KUSTOMIZE_NAMESPACE_H
#define YARE_KUSTOMIZE_NAMESPACE_H

#include "kustomize/build.h"

/* Puts all resources into the kustomization's namespace. */
transform_fn namespace_transform;

/* Which subjects of bindings get the namespace. */
enum namespace_subjects {
    SUBJECTS_NAMED_DEFAULT,
    SUBJECTS_SERVICE_ACCOUNTS,
    SUBJECTS_NONE
};

struct namespace_setting {
    struct slice namespace;
    struct origin at; /* where it is written */
    bool unset_only; /* an object keeps the one it has */
    enum namespace_subjects subjects;
};

/* Sets it in one object and in the fields of the specs. */
bool namespace_set(struct arena *a, const struct namespace_setting *setting, const struct field_specs *specs,
                   struct resource *r, struct diag *diag);

/* Sets it in all, each remembering where it was; an error where two objects then have one id. */
bool namespace_apply(struct build *build, const struct namespace_setting *setting, const struct field_specs *specs,
                     struct resource_map *map, struct diag *diag);

#endif
