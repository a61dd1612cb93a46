/*
 * regexp.h - regular expressions of Go's regexp package
 *
 * An expression is checked by Go's grammar (with its error texts), compiled to a small program and run over all its
 * ways at once: the match found, down to what groups report, is Go's, and time is bounded by program length times text
 * length. Backtracking libraries give neither. Compiled expressions are cached by the caller or in a struct
 * regexp_cache, one per thread.
 */
#ifndef YARE_GOLANG_REGEXP_H
#define YARE_GOLANG_REGEXP_H

#include "base/buffer.h"

struct go_regexp;

/* Compiles; on failure null with Go's text in *error ("error parsing regexp: missing closing ]: `[`"). Freed with
   go_regexp_free. */
struct go_regexp *go_regexp_compile(struct arena *a, struct slice pattern, struct slice *error);
void go_regexp_free(struct go_regexp *re);

/* Number of capturing groups, the whole match not counted. */
size_t go_regexp_groups(const struct go_regexp *re);

/* Leftmost-first match at or after byte offset `from`; groups[2*i], groups[2*i+1] are the bounds of group i, or
   SIZE_MAX for one that took no part. `groups` has room for 2*(go_regexp_groups+1),
   or is null. False: no match. */
bool go_regexp_match(struct go_regexp *re, struct slice text, size_t from, size_t *groups);

/* regexp.FindAllStringIndex semantics: calls `found` for each successive match, at most `limit` (-1: all). */
typedef void go_regexp_found_fn(void *context, const size_t *groups);
void go_regexp_find_all(struct go_regexp *re, struct slice text, int limit, go_regexp_found_fn *found, void *context);

/* regexp.ReplaceAllString ($1, ${name}) and ReplaceAllLiteralString. */
void go_regexp_replace(struct go_regexp *re, struct slice text, struct slice with, bool literal, struct buffer *out);

/* regexp.QuoteMeta. */
void go_regexp_quote_meta(struct buffer *out, struct slice s);

/* Compiled expressions by their text, bounded; owned by one thread. */
struct regexp_cache;
struct regexp_cache *regexp_cache_new(void);
void regexp_cache_free(struct regexp_cache *cache);

/* The compiled expression, kept by the cache (good until the cache drops it: use it before the next call). */
struct go_regexp *regexp_cache_get(struct regexp_cache *cache, struct slice pattern, struct arena *a,
                                   struct slice *error);

#endif
