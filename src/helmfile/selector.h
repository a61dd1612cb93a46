/*
 * selector.h - which releases are meant
 *
 * A selector is a comma list of key=value and key!=value, all of which must hold; of several selectors one has to.
 */
#ifndef YARE_HELMFILE_SELECTOR_H
#define YARE_HELMFILE_SELECTOR_H

#include "helmfile/context.h"

struct selector_term {
    struct slice key;
    struct slice value;
    bool negated;
};

struct selector {
    struct selector_term *terms;
    size_t count;
};

/* Error: "malformed label: X. Expected label in form k=v or k!=v". */
bool selector_parse(struct arena *a, struct slice text, struct selector *out, struct diag *diag);

/* Whether a release with these labels (a map of texts) is meant. A missing label is unequal to anything. */
bool selector_matches(const struct selector *selector, struct value labels);

/* Parses each text; `out` has room for them all. */
bool selectors_parse(struct arena *a, const struct helmfile_texts *texts, struct selector **out, struct diag *diag);

/* Whether a release can meet one of the first and one of the second: their positive terms do not contradict. */
bool selectors_compatible(const struct selector *a, size_t a_count, const struct selector *b, size_t b_count);

#endif
