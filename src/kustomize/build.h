/*
 * build.h - what one build shares
 *
 * A build renders one kustomization with all that it refers to. Everything it makes lives in its arena; the schema and
 * the compiled expressions serve all its kustomizations. One thread at a time.
 */
#ifndef YARE_KUSTOMIZE_BUILD_H
#define YARE_KUSTOMIZE_BUILD_H

#include "golang/regexp.h"
#include "kustomize/known_kinds.h"
#include "kustomize/kustomization.h"
#include "kustomize/root.h"
#include "kustomize/resource_map.h"

enum build_order {
    ORDER_UNSET,
    ORDER_NONE,
    ORDER_LEGACY
};

struct build;

/* Changes the kustomization that is built, after it was read; not those it refers to. */
typedef bool build_edit_fn(void *context, struct build *build, struct kustomization *k, struct diag *diag);

struct build_options {
    build_edit_fn *edit; /* may be null */
    void *edit_context;
    bool unrestricted; /* files may lie outside of their kustomization's folder */
    bool strict_patches; /* a patch whose target selects nothing is an error */
    bool enable_helm;
    bool managed_by_label;
    enum build_order order;
    struct slice kube_version; /* of Capabilities, for charts; "": the default */
    struct texts api_versions;
};

struct build {
    struct arena *arena;
    struct source_set *sources;
    const struct build_options *options;
    struct schema_source schema;
    struct regexp_cache *regexps;
    struct field_tables default_tables;
};

/* Vars by name, of a target and all below it. */
struct var_set {
    struct var *items;
    size_t count;
    size_t cap;
};

/* Where an object or a transformation comes from, as buildMetadata shows it. */
struct provenance {
    struct slice path; /* from the root of the build, or of the repository */
    struct slice repo; /* empty: this machine */
    struct slice ref;
};

/* A kustomization in its folder. */
struct target {
    struct build *build;
    struct root *root;
    struct kustomization *k;
    const struct provenance *provenance; /* null: not asked for */
    unsigned depth;
};

/* What a target has gathered. A component works on what its kustomization has gathered so far. */
struct accumulator {
    struct resource_map resources;
    struct field_tables tables; /* where the transformers work */
    struct var_set vars;
};

/* What every transformer of a kustomization is: it changes the resources gathered so far, by the kustomization's fields.
   After each entry of its field it calls target_step_done. */
typedef bool transform_fn(struct target *t, struct accumulator *acc, struct diag *diag);

/* Ends one transformer's work: `plugin` is the name under which Kustomize has it. Empty resources are dropped. */
bool target_step_done(struct target *t, struct accumulator *acc, const char *plugin, struct diag *diag);

/* Adds the resources that files and folders hold. */
bool accumulate_resources(struct target *t, const struct texts *paths, struct accumulator *acc, struct diag *diag);

#endif
