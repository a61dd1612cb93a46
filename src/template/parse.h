/*
 * parse.h - template text to trees
 */
#ifndef YARE_TEMPLATE_PARSE_H
#define YARE_TEMPLATE_PARSE_H

#include "base/diag.h"
#include "template/node.h"

/* Where function names are looked up. */
struct function_table {
    const struct function *(*find)(const struct function_table *table, struct slice name);
};

struct tree_list {
    struct tree **items; /* in the order they were completed; no name twice; that of the file is among them */
    uint32_t len;
    uint32_t cap;
};

struct parse_result {
    struct tree *tree; /* of the file itself */
    struct tree_list trees;
    bool mutates; /* a function that changes maps, or tpl, is called somewhere */
};

/* Parses `text` as the template `name`. Trees live in `a` and refer to `text`, which must live as long. On failure the
   diagnostic has Go's text ("template: NAME:LINE: …"), placed in `source` where that is not null. */
bool template_parse(struct arena *a, struct slice name, struct slice text, const struct source *source,
                    const struct function_table *functions, struct parse_result *result, struct diag *diag);

#endif
