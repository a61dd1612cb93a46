/*
 * toml_table.h - the tables of a TOML document while it is read
 *
 * What may be defined again and what not depends on how a key came to be: by a dotted key, by a table below it, by an
 * array. These marks go by the key's full name, as BurntSushi/toml keeps them, quirks included. Tables grow unsorted,
 * with one index over all their keys, and are sorted when all is read.
 */
#ifndef YARE_CODEC_TOML_TABLE_H
#define YARE_CODEC_TOML_TABLE_H

#include "base/buffer.h"
#include "value/value.h"

/* A dotted key. */
struct toml_key {
    struct slice *parts;
    size_t count;
    size_t cap;
};

struct toml_slot;

struct toml_tables {
    struct arena *arena;
    struct map *root;
    struct toml_slot *slots; /* open addressing */
    size_t slot_count;
    size_t used;
    struct toml_key context;  /* where keys are set */
    struct slice error;       /* what toml_tables_… said on failure */
};

void toml_tables_init(struct toml_tables *t, struct arena *a);
void toml_tables_release(struct toml_tables *t);

void toml_key_add(struct arena *a, struct toml_key *key, struct slice part);
struct toml_key toml_key_join(struct arena *a, const struct toml_key *key, struct slice part);

/* "a.b.\"c d\"": the key as it is written. */
struct slice toml_key_text(struct arena *a, const struct toml_key *key);
void toml_key_write_part(struct buffer *out, struct slice part);

/* The text in TOML's double quotes. */
void toml_write_quoted(struct buffer *out, struct slice text);

/* Makes the table (or the next one of the array of tables) of that key, and the context with it. */
bool toml_tables_enter(struct toml_tables *t, const struct toml_key *key, bool is_array);

/* The same for a table that a dotted key implies. */
bool toml_tables_enter_implicit(struct toml_tables *t, const struct toml_key *key);

/* Marks the key as made on the way to another. */
void toml_tables_mark_implicit(struct toml_tables *t, const struct toml_key *key);

/* Marks the key, or the context when `key` is empty, as an array of values or as none. */
void toml_tables_mark_array(struct toml_tables *t, struct slice key, bool is_array);

/* Sets a key of the context. */
bool toml_tables_set(struct toml_tables *t, struct slice key, struct value v);

/* The document, sorted. */
struct value toml_tables_finish(struct toml_tables *t);

#endif
