/*
 * json_path_node.h - the tree between parser and evaluator of JSONPath templates
 */
#ifndef YARE_CODEC_JSON_PATH_NODE_H
#define YARE_CODEC_JSON_PATH_NODE_H

#include "codec/json_path.h"

enum path_kind {
    PATH_LIST,       /* an action: its nodes one after the other */
    PATH_LITERAL,    /* text, number or bool, in `literal` */
    PATH_FIELD,      /* .name */
    PATH_SLICE,      /* [from:to:step] */
    PATH_FILTER,     /* [?(left operator right)], operator "exists" without right */
    PATH_WILDCARD,   /* .* */
    PATH_DESCENT,    /* .. */
    PATH_UNION,      /* [a,b]: each node a list */
    PATH_IDENTIFIER  /* range, end */
};

struct path_bound {
    bool known;
    bool derived; /* of [3]: the end that follows from the start */
    int64_t value;
};

struct path_nodes {
    struct path_node *items;
    size_t count;
    size_t cap;
};

struct path_node {
    enum path_kind kind;
    struct slice text; /* of fields, identifiers and operators */
    struct value literal;
    struct path_bound bounds[3];
    struct path_nodes nodes;  /* of lists and unions; of a filter, the left side */
    struct path_nodes right;
};

struct json_path {
    struct path_nodes nodes; /* literals and lists */
};

#endif
