/*
 * hcl_node.h - expressions of HCL
 */
#ifndef YARE_HELMFILE_HCL_NODE_H
#define YARE_HELMFILE_HCL_NODE_H

#include "base/diag.h"
#include "value/value.h"

enum hcl_kind {
    HCL_LITERAL,
    HCL_TEMPLATE,    /* parts joined to a text; a single interpolation keeps its type */
    HCL_VARIABLE,    /* name */
    HCL_ATTRIBUTE,   /* parts[0].name */
    HCL_INDEX,       /* parts[0][parts[1]] */
    HCL_SPLAT,       /* parts[0][*], then the steps in parts[1], whose innermost is an HCL_EACH */
    HCL_EACH,        /* the item of the splat */
    HCL_TUPLE,       /* parts */
    HCL_OBJECT,      /* parts: key, value, key, value */
    HCL_CALL,        /* name(parts); `spread`: the last is a list of arguments */
    HCL_UNARY,       /* op parts[0] */
    HCL_BINARY,      /* parts[0] op parts[1] */
    HCL_CONDITION,   /* parts[0] ? parts[1] : parts[2]; in templates parts[2] may be null */
    HCL_FOR,         /* over parts[0]; parts[1] the key or null, parts[2] the value, parts[3] the condition or null */
    HCL_FOR_TEMPLATE /* over parts[0]; parts[1] the text for each */
};

enum hcl_op {
    HCL_NOT, HCL_MINUS, HCL_OR, HCL_AND, HCL_EQUAL, HCL_UNEQUAL, HCL_LESS, HCL_LESS_EQUAL, HCL_GREATER,
    HCL_GREATER_EQUAL, HCL_ADD, HCL_SUBTRACT, HCL_MULTIPLY, HCL_DIVIDE, HCL_REMAINDER
};

struct hcl_node {
    enum hcl_kind kind;
    enum hcl_op op;
    struct slice name;
    struct slice second; /* of HCL_FOR: names are `name` and, where it has two, `second` */
    struct value literal;
    struct hcl_node **parts;
    size_t count;
    bool spread;   /* of HCL_CALL "...", of HCL_FOR: values of one key are grouped */
    size_t offset; /* in the source */
};

struct hcl_attribute {
    struct slice name;
    const struct hcl_node *expression;
    const struct source *source;
    size_t file; /* its number */
    size_t offset;
};

struct hcl_attributes {
    struct hcl_attribute *items;
    size_t count;
};

/* Adds the attributes of a file's blocks to both lists. */
bool hcl_parse(struct arena *a, const struct source *source, size_t file, struct hcl_attributes *values,
               struct hcl_attributes *locals, struct diag *diag);

/* An error at an offset of the source. Returns false. */
bool hcl_fail(const struct source *source, size_t offset, struct diag *diag, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* A function of HCL; *error, which may stay empty, says what is wrong. */
bool hcl_call(struct arena *a, struct slice name, const struct value *args, size_t count, struct value *out,
              struct slice *error);

/* A value as text: texts, numbers and bools. */
bool hcl_text(struct arena *a, struct value v, struct slice *out);

bool hcl_number(struct value v, double *out);
struct value hcl_make_number(double d);

#endif
