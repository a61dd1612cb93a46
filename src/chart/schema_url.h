/*
 * schema_url.h - the addresses of JSON Schema: URLs with fragments, and JSON pointers
 *
 * Texts made here live in the arena given; errors are worded as the library of Helm does.
 */
#ifndef YARE_CHART_SCHEMA_URL_H
#define YARE_CHART_SCHEMA_URL_H

#include "base/buffer.h"

/* The part before the first '#'. */
struct slice schema_url_without_fragment(struct slice text);

/* Splits at the first '#'; the fragment is unescaped. On failure *error is `error in parsing "…": …`. */
bool schema_url_split(struct arena *a, struct slice text, struct slice *url, struct slice *fragment,
                      struct slice *error);

/* What the reference means in a document at `base`. */
bool schema_url_join(struct arena *a, struct slice base, struct slice reference, struct slice *url,
                     struct slice *fragment, struct slice *error);

/* Whether it can be parsed; else *error is Go's text. */
bool schema_url_check(struct arena *a, struct slice url, struct slice *error);

/* Appends the name as a segment of a JSON pointer: '~' and '/' escaped, no '/' in front. */
void schema_pointer_add(struct buffer *out, struct slice name);

/* The name a segment stands for; false where a '~' is followed by something else than 0 or 1. */
bool schema_pointer_name(struct arena *a, struct slice segment, struct slice *name);

/* Appends text as the fragment of a URL, '/' left as it is. */
void schema_fragment_add(struct buffer *out, struct slice text);

#endif
