/*
 * schema_node.h - a compiled schema
 *
 * A node is one schema of a document: its keywords with references resolved, expressions compiled and numbers read.
 * Keywords that only say something about objects, arrays, strings or numbers stand together in a part that is null
 * where the schema has none of them. Nodes refer to each other freely, cycles included, and never change once
 * compiled.
 */
#ifndef YARE_CHART_SCHEMA_NODE_H
#define YARE_CHART_SCHEMA_NODE_H

#include "chart/schema_document.h"
#include "chart/schema_format.h"
#include "chart/schema_value.h"
#include "golang/regexp.h"

#include <pthread.h>

/* A regular expression; one of each text in a compilation. */
struct schema_pattern {
    struct schema_pattern *next;
    struct slice text;
    struct go_regexp *expression;
    pthread_mutex_t lock; /* the expression keeps the state of a match */
};

struct schema_nodes {
    struct schema_node **items;
    size_t count;
};

/* A node under a name; names are sorted. */
struct schema_member {
    struct slice name;
    struct schema_node *node;
};

struct schema_members {
    struct schema_member *items;
    size_t count;
};

struct schema_pattern_member {
    struct schema_pattern *pattern;
    struct schema_node *node;
};

struct schema_names {
    struct slice *items;
    size_t count;
};

/* What the presence of a key asks for: other keys, or (node not null) a schema. */
struct schema_dependency {
    struct slice name;
    struct schema_names required;
    struct schema_node *node;
};

struct schema_dependencies {
    struct schema_dependency *items;
    size_t count;
};

/* additionalProperties and additionalItems. */
struct schema_additional {
    bool given;
    bool forbidden;
    struct schema_node *node; /* null: true or false */
};

struct schema_object_part {
    int64_t min_properties, max_properties;
    struct schema_names required;
    struct schema_dependencies dependencies;
    struct schema_members properties;
    struct schema_pattern_member *patterns;
    size_t pattern_count;
    struct schema_additional additional;
    struct schema_node *property_names;
    struct schema_members dependent_schemas;
    struct schema_dependencies dependent_required;
};

struct schema_array_part {
    int64_t min_items, max_items;
    bool unique_items;
    struct schema_node *items;        /* for all items not in `prefix` */
    struct schema_nodes prefix;       /* prefixItems, or the array form of items */
    struct schema_additional additional;
    struct schema_node *contains;
    int64_t min_contains;             /* -1: not given */
    int64_t max_contains;
};

struct schema_string_part {
    int64_t min_length, max_length;
    struct schema_pattern *pattern;
};

/* Bounds, null where there is none. */
struct schema_number_part {
    struct schema_number *minimum, *maximum, *exclusive_minimum, *exclusive_maximum, *multiple_of;
};

/* A $dynamicAnchor of a resource. */
struct schema_dynamic_anchor {
    struct schema_dynamic_anchor *next;
    struct slice name;
    struct schema_node *node;
};

enum schema_constant {
    SCHEMA_HAS_KEYWORDS,
    SCHEMA_TRUE,
    SCHEMA_FALSE
};

struct schema_node {
    struct schema_place *place;
    struct slice name;                      /* shown for the location where there is no place */
    struct schema_node *resource;           /* the resource it belongs to */
    struct schema_dynamic_anchor *anchors;  /* of a resource */
    struct schema_node *queued;             /* the next to be compiled */
    enum schema_draft draft;
    enum schema_constant constant;
    bool all_properties_evaluated;
    bool all_items_evaluated;
    size_t items_evaluated;

    unsigned types;                         /* a set, 0: any */
    const struct value *constant_value;
    const struct list *enumeration;
    unsigned enumeration_types;
    const struct schema_format *format;

    struct schema_node *reference;
    struct schema_node *recursive_reference;
    struct schema_node *dynamic_reference;
    struct slice dynamic_reference_anchor;  /* empty: its fragment is none */
    struct slice dynamic_anchor;
    bool recursive_anchor;

    struct schema_nodes all_of, any_of, one_of;
    struct schema_node *not_, *if_, *then_, *else_;
    struct schema_node *unevaluated_properties, *unevaluated_items;

    struct schema_object_part *object;
    struct schema_array_part *array;
    struct schema_string_part *string;
    struct schema_number_part *number;
};

struct schema {
    struct schema_node *root;
    struct schema_pattern *patterns;
    bool helm3;
};

/* Appends where the schema stands, as messages show it. */
void schema_node_add_location(const struct schema_node *node, struct buffer *out);

/* Whether the expression matches anywhere in the text. */
bool schema_pattern_matches(struct schema_pattern *pattern, struct slice text);

/* The node under a name, or null. */
struct schema_node *schema_members_find(const struct schema_members *members, struct slice name);

#endif
