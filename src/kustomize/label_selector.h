/*
 * label_selector.h - Kubernetes label selectors
 *
 * `a=b,c!=d,e in (f,g),h notin (i),j,!k,l>3`: requirements that all must hold. The grammar is that of apimachinery, as are
 * the errors, up to the long texts on what a valid name is.
 */
#ifndef YARE_KUSTOMIZE_LABEL_SELECTOR_H
#define YARE_KUSTOMIZE_LABEL_SELECTOR_H

#include "kustomize/resource.h"

enum requirement_kind {
    REQUIRES_IN,     /* also = and == */
    REQUIRES_NOT_IN, /* also != */
    REQUIRES_KEY,
    REQUIRES_NO_KEY,
    REQUIRES_GREATER,
    REQUIRES_LESS
};

struct requirement {
    struct slice key;
    enum requirement_kind kind;
    struct texts values;
};

struct label_selector {
    struct requirement *items;
    size_t count;
    size_t cap;
};

/* Reads a selector; the empty text selects everything. */
bool label_selector_read(struct arena *a, struct slice text, struct label_selector *out, struct diag *diag);

/* Whether the labels, a map of nodes or null, fulfil it. */
bool label_selector_matches(const struct label_selector *selector, const struct map *labels);

#endif
