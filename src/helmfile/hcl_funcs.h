/*
 * hcl_funcs.h - how the functions of HCL are called
 *
 * Each is a row with the kinds of its arguments: n number, s text, l list, m object, a anything; '*' lets the last repeat,
 * '?' makes it optional. By then the arguments are of these kinds.
 */
#ifndef YARE_HELMFILE_HCL_FUNCS_H
#define YARE_HELMFILE_HCL_FUNCS_H

#include "helmfile/hcl_node.h"

struct hcl_arguments {
    struct arena *arena;
    const struct value *items;
    size_t count;
    struct slice *error;
};

struct hcl_row {
    const char *name; /* null ends a table */
    const char *arguments;
    bool (*run)(const struct hcl_arguments *c, struct value *out);
};

extern const struct hcl_row hcl_text_rows[];
extern const struct hcl_row hcl_list_rows[];

/* Says what is wrong. Returns false. */
static inline bool hcl_refuse(const struct hcl_arguments *c, const char *what)
{
    *c->error = slice_text(what);
    return false;
}

/* The argument as a number or text; 0 or empty where it is not given. */
static inline double hcl_number_at(const struct hcl_arguments *c, size_t i)
{
    double d = 0;
    if (i < c->count)
        hcl_number(c->items[i], &d);
    return d;
}

static inline struct slice hcl_text_at(const struct hcl_arguments *c, size_t i)
{
    struct slice s = SLICE_INIT("");
    if (i < c->count)
        hcl_text(c->arena, c->items[i], &s);
    return s;
}

static inline const struct list *hcl_list_at(const struct hcl_arguments *c, size_t i)
{
    return c->items[i].list;
}

static inline bool hcl_give_number(struct value *out, double d)
{
    *out = hcl_make_number(d);
    return true;
}

static inline bool hcl_give_text(struct value *out, struct slice s)
{
    *out = value_string(s);
    return true;
}

#endif
