/*
 * library.h - all template functions under their names
 */
#ifndef YARE_FUNCS_LIBRARY_H
#define YARE_FUNCS_LIBRARY_H

#include "template/parse.h"

/* Which program's function map it is. */
enum library_kind {
    LIBRARY_HELM4,
    LIBRARY_HELM3,
    LIBRARY_BUILTINS /* text/template's own functions alone */
};

/* The table for the parser, made once in `a` and then only read, by any number of threads. */
const struct function_table *library_new(struct arena *a, enum library_kind kind);

#endif
