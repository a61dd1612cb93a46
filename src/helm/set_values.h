/*
 * set_values.h - --set and its kin
 *
 * A text such as `a.b[0]=1,c={x,y}` is read into a tree of values that is changed in place, as Helm's strvals package
 * does: later assignments find what earlier ones and values files have set.
 */
#ifndef YARE_HELM_SET_VALUES_H
#define YARE_HELM_SET_VALUES_H

#include "base/diag.h"
#include "value/value.h"

enum set_kind {
    SET_TYPED,   /* --set: integers become int64, true, false and null what they say */
    SET_STRING,  /* --set-string */
    SET_FILE,    /* --set-file: the value is the path of a file whose text is meant */
    SET_LITERAL, /* --set-literal: everything after '=' as it stands */
    SET_JSON     /* --set-json: values are JSON */
};

struct set_options {
    enum set_kind kind;
    struct origin origin; /* given to all that is set */
    bool helm3;
};

/* Applies the text to `root`, a map that can be changed as can all below it. False with Helm's error after "failed
   parsing --set data: " in *error (for SET_JSON Helm shows none); `root` then has what was set before the fault. */
bool set_values_apply(struct arena *a, struct map *root, struct slice text, const struct set_options *options,
                      struct slice *error);

#endif
