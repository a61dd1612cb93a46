/*
 * source.h - the texts that values and templates come from, and places in them
 *
 * Every file (and every text of another origin: --set, an environment variable) that yare reads is one source in a
 * source_set and is named by a small number, so that a place costs 8 bytes (struct origin). Line and column are
 * derived from a byte offset only when a place is shown. A set belongs to the project and outlives what refers to it;
 * adding is safe from several threads, a source never changes after it was added.
 */
#ifndef YARE_BASE_SOURCE_H
#define YARE_BASE_SOURCE_H

#include "base/arena.h"

#include <stdint.h>

/* A place: source number (0: unknown), 1-based line, 1-based column in bytes (both 0 when unknown). */
struct origin {
    uint64_t source : 22;
    uint64_t line : 26;
    uint64_t column : 16;
};

struct source {
    uint32_t id;
    struct slice name; /* as shown to the user: a path, '--set', 'environment' */
    struct slice text; /* may be empty where the text is not kept */
};

struct source_set;

struct source_set *source_set_new(void);
void source_set_free(struct source_set *set);

/* Registers a text under a name; name and text must outlive the set (use source_set_arena for copies made under the
   set's lock by source_set_keep). Returns the source, which lives as long as the set. */
const struct source *source_set_add(struct source_set *set, struct slice name, struct slice text);

/* As source_set_add, with name and text copied. */
const struct source *source_set_keep(struct source_set *set, struct slice name, struct slice text);

/* The source of that number, or null for 0 and numbers not given out. */
const struct source *source_set_find(struct source_set *set, uint32_t id);

/* The origin of a byte offset; costs a scan of the text up to there. */
struct origin source_origin(const struct source *source, size_t offset);

/* Origin from a line and column already known (1-based), clipped to what fits. */
struct origin origin_at(const struct source *source, size_t line, size_t column);

/* The text of a 1-based line without its line ending; empty when there is none. */
struct slice source_line(const struct source *source, size_t line);

#endif
