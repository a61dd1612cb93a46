/*
 * node.h - the tree of a template
 *
 * Text becomes one tree for the file and one for each {{ define }} and {{ block }} in it. Nodes live in the arena that
 * the parser was given and never change after parsing; function names are resolved to their rows, constants to
 * values. A node keeps the byte offset of its token, from which line and column are derived when an error is shown:
 * the offset of a field chain `.A.b.c` and of `$x.b` is that of its second element, as in text/template.
 */
#ifndef YARE_TEMPLATE_NODE_H
#define YARE_TEMPLATE_NODE_H

#include "base/buffer.h"
#include "template/function.h"

enum node_kind {
    NODE_LIST,
    NODE_TEXT,
    NODE_ACTION,
    NODE_PIPE,
    NODE_COMMAND,
    NODE_IDENTIFIER, /* a function's name */
    NODE_VARIABLE,
    NODE_DOT,
    NODE_NIL,
    NODE_FIELD,
    NODE_CHAIN, /* fields of something in parentheses or of a call */
    NODE_BOOL,
    NODE_NUMBER,
    NODE_STRING,
    NODE_IF,
    NODE_RANGE,
    NODE_WITH,
    NODE_TEMPLATE,
    NODE_BREAK,
    NODE_CONTINUE,
    NODE_ELSE, /* only while parsing */
    NODE_END
};

struct node;

struct node_list {
    struct node **items;
    uint32_t len;
    uint32_t cap;
};

struct name_list {
    struct slice *items;
    uint32_t len;
    uint32_t cap;
};

/* A numeric constant as each kind of parameter wants it. */
struct number {
    struct slice text;
    bool is_int, is_uint, is_float, is_complex;
    int64_t i;
    uint64_t u;
    double f;
    bool has_value;     /* false: it overflows int */
    struct value value; /* what it is where any type will do */
};

/* Functions that the executor itself knows. */
enum special_function {
    SPECIAL_NONE,
    SPECIAL_AND,
    SPECIAL_OR,
    SPECIAL_CALL
};

struct node {
    enum node_kind kind;
    uint32_t pos;
    union {
        struct node_list list; /* LIST: its nodes; COMMAND: function or operand, then arguments */
        struct slice text;     /* TEXT */
        struct node *pipe;     /* ACTION */
        struct {
            struct node_list commands;
            struct node_list variables; /* declared or assigned */
            bool is_assign;
        } pipeline; /* PIPE */
        struct {
            struct slice name;
            const struct function *function; /* null for special ones */
            enum special_function special;
            int fixed;     /* parameters before the variadic one */
            bool variadic;
        } function;            /* IDENTIFIER */
        struct name_list path; /* FIELD: its names; VARIABLE: "$x", then names */
        struct {
            struct node *base;
            struct name_list names;
        } chain;               /* CHAIN */
        bool truth;            /* BOOL */
        struct number *number; /* NUMBER */
        struct {
            struct slice value;
            struct slice quoted; /* as written */
        } string;                /* STRING */
        struct {
            struct node *pipe;
            struct node *body;
            struct node *otherwise; /* null: no else */
            const struct name_list *body_changes; /* variables that it assigns, or whose maps it changes; may be null */
            const struct name_list *otherwise_changes;
        } branch;                   /* IF, RANGE, WITH */
        struct {
            struct slice name;
            struct node *pipe; /* null: no argument */
        } call;                /* TEMPLATE */
    };
};

/* One named template. */
struct tree {
    struct slice name;           /* "chart.labels" */
    struct slice file;           /* the name it was parsed under, for locations */
    struct slice text;           /* of the whole file */
    const struct source *source; /* of the file, for excerpts; may be null */
    struct node *root;           /* a LIST */
};

void node_list_add(struct arena *a, struct node_list *list, struct node *node);
void name_list_add(struct arena *a, struct name_list *list, struct slice name);

/* Writes the node as text/template prints it in messages: single blanks, strings as written. */
void node_print(const struct node *node, struct buffer *out);

/* Whether a tree has nothing but blanks and comments. */
bool node_is_empty_tree(const struct node *node);

#endif
