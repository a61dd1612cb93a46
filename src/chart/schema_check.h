/*
 * schema_check.h - one schema applied to one value
 *
 * Internal to validation. A struct schema_check is the state of applying one node to one value; it lives on the stack
 * and is linked to the one that caused it. A quiet check only tells whether the value conforms and makes no faults.
 */
#ifndef YARE_CHART_SCHEMA_CHECK_H
#define YARE_CHART_SCHEMA_CHECK_H

#include "chart/schema_error.h"
#include "chart/schema_unevaluated.h"

/* A position in the instance, on the stack; `kept` is its copy in the arena once a fault needs it. */
struct schema_step {
    struct schema_step *parent;
    struct slice token; /* null pointer: an item, at `index` */
    size_t index;
    const struct schema_path *kept;
};

/* The schemas being applied, the newest first. Those with one `level` are applied to the same value. */
struct schema_scope {
    const struct schema_scope *parent;
    const struct schema_node *node;
    const char *keyword; /* of the reference that led here, or null */
    size_t level;
};

/* What all checks of one validation share. */
struct schema_run {
    struct arena *arena;
    uint64_t work;
    size_t errors;
    size_t depth;
    bool exhausted;               /* a limit was passed: everything fails from here on */
    struct schema_error discarded; /* where quiet checks write */
    const struct schema_documents *documents; /* not null: the instance is a schema, checked by its metaschema */
    struct schema_document *document;         /* that the instance is in */
};

struct schema_check {
    struct schema_run *run;
    struct value value;
    struct schema_step *step; /* null: the root */
    struct schema_scope scope;
    const struct schema_node *node;
    const struct schema_node *meta; /* the metaschema of the part of the document that the value is in, or null */
    bool quiet;
    struct schema_unevaluated unevaluated;
    struct schema_error *first, *last;
    size_t count; /* of faults, also when quiet */
};

/* Starts a fault of this check; it is not yet one of its faults. */
struct schema_error *schema_check_error(struct schema_check *check, enum schema_error_kind kind);

/* Adds a fault to those of this check. */
void schema_check_add(struct schema_check *check, struct schema_error *error);

/* Starts a fault and adds it. */
struct schema_error *schema_check_fail(struct schema_check *check, enum schema_error_kind kind);

/* Applies another node to the same value; false: *error has the fault, or null when quiet. `keyword` names the
   reference that leads there, or is null. */
bool schema_check_self(struct schema_check *check, const struct schema_node *node, const char *keyword, bool quiet,
                       struct schema_error **error);

/* Applies a node to a member and adds its fault. */
void schema_check_member(struct schema_check *check, const struct schema_node *node, const struct entry *member);

/* Applies a node to an item, which faults call by the number `shown`, and adds its fault. */
void schema_check_item(struct schema_check *check, const struct schema_node *node, size_t index, size_t shown);

/* The same, the fault given back. */
bool schema_check_item_apart(struct schema_check *check, const struct schema_node *node, size_t index, size_t shown,
                             struct schema_error **error);

/* Applies a node to a key, as if the key were an instance of its own, and adds its fault. */
void schema_check_key(struct schema_check *check, const struct schema_node *node, struct slice key);

/* Keywords about objects, arrays, strings and numbers, for a value of that type. */
void schema_check_object(struct schema_check *check, const struct schema_object_part *part);
void schema_check_array(struct schema_check *check, const struct schema_array_part *part);
void schema_check_string(struct schema_check *check, const struct schema_string_part *part);
void schema_check_number(struct schema_check *check, const struct schema_number_part *part);

/* Applies a node to a whole instance. On failure *error is the root of the tree of faults, or null where a limit was
   passed. `run` has its arena and documents set. */
bool schema_check_instance(struct schema_run *run, const struct schema_node *node, struct value instance,
                           struct schema_error **error);

#endif
