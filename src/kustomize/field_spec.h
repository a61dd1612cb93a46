/*
 * field_spec.h - where in which objects a transformer works
 *
 * A field spec is a path and the kinds it holds for. A step of a path enters lists by itself, "name[]" says that a
 * list is wanted; with `create` what is missing is made on the way. The tables of all transformers, built in and from
 * `configurations`, are one struct field_tables.
 */
#ifndef YARE_KUSTOMIZE_FIELD_SPEC_H
#define YARE_KUSTOMIZE_FIELD_SPEC_H

#include "kustomize/resource.h"

struct field_spec {
    struct gvk gvk; /* empty parts match all */
    struct slice path;
    bool create;
};

struct field_specs {
    const struct field_spec *items; /* may be shared: a table is copied before it changes */
    size_t count;
    size_t cap;
};

/* Fields that name objects of a kind. */
struct back_reference {
    struct gvk target;
    struct field_specs referrers;
};

struct back_references {
    struct back_reference *items;
    size_t count;
    size_t cap;
};

enum field_table {
    FIELDS_NAME_PREFIX,
    FIELDS_NAME_SUFFIX,
    FIELDS_NAMESPACE,
    FIELDS_COMMON_LABELS,
    FIELDS_LABELS,
    FIELDS_TEMPLATE_LABELS,
    FIELDS_ANNOTATIONS,
    FIELDS_VAR_REFERENCE,
    FIELDS_IMAGES,
    FIELDS_REPLICAS,
    FIELD_TABLES
};

struct field_tables {
    struct field_specs specs[FIELD_TABLES];
    struct back_references names;
    bool is_default; /* exactly the built-in tables */
};

/* The built-in tables. */
void field_tables_default(struct field_tables *tables, struct arena *a);

/* Adds what `more` has; false ("conflicting fieldspecs") where an entry that covers it differs in `create`. */
bool field_specs_merge(struct arena *a, struct field_specs *specs, const struct field_specs *more, struct diag *diag);
bool field_specs_merge_one(struct arena *a, struct field_specs *specs, struct field_spec spec, struct diag *diag);
bool field_tables_merge(struct arena *a, struct field_tables *tables, const struct field_tables *more,
                        struct diag *diag);
void back_references_add(struct arena *a, struct back_references *references, struct back_reference more);
bool back_references_merge_one(struct arena *a, struct back_references *references, struct back_reference more,
                               struct diag *diag);

/* Puts each table in the order of kinds. */
void field_tables_sort(struct field_tables *tables);

/* What is done to each field found. */
struct field_setter {
    bool (*set)(const struct field_setter *setter, struct value *field, struct diag *diag);
    void *context;
    struct arena *arena;
    enum value_kind create; /* of the last field where it is made: VALUE_STRING, VALUE_MAP; VALUE_NIL: never made */
};

/* Applies the setter to the fields of the object. */
bool field_spec_apply(const struct field_spec *spec, const struct field_setter *setter, struct value *object,
                      struct diag *diag);
bool field_specs_apply(const struct field_specs *specs, const struct field_setter *setter, struct value *object,
                       struct diag *diag);

/* "a/b\/c" to its parts. */
struct texts field_path_split(struct arena *a, struct slice path, char separator);

/* The same with "[…]" kept together: with '=' as it stands, else without its brackets. */
struct texts field_path_split_brackets(struct arena *a, struct slice path, char separator);

#endif
