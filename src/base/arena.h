/*
 * arena.h - memory that ends all at once
 *
 * An arena hands out memory from large blocks and lets go of all of it together; nothing in it is freed singly.
 * Lifetimes are program, project (sources, layers), chart (templates) and release (what rendering makes), and a
 * pointer goes only from the shorter life to the longer. An arena serves one thread at a time. Built with
 * ARENA_DEBUG each object is its own allocation, so that memory checkers see an overrun.
 */
#ifndef YARE_BASE_ARENA_H
#define YARE_BASE_ARENA_H

#include "base/slice.h"

#include <stdint.h>

struct arena_block;

struct arena {
    struct arena_block *blocks;
    struct arena_block *spare; /* kept by arena_clear for what comes next */
    char *next;
    char *end;
    size_t block_size; /* of the next block; doubles up to a bound */
    size_t total;      /* bytes handed out so far */
};

/* Makes an empty arena; takes no memory yet. */
void arena_init(struct arena *a);

/* The same for an arena that is to hold megabytes: its first block is as large as any. */
void arena_init_large(struct arena *a);

/* Frees all that came from the arena and leaves it empty, fit for use again. */
void arena_release(struct arena *a);

/* Empties the arena and keeps some of its blocks for what comes next. */
void arena_clear(struct arena *a);

/* `size` bytes aligned for any type, uninitialised. */
void *arena_alloc(struct arena *a, size_t size);

/* The same, zeroed; `count * size` is checked for overflow. */
void *arena_zalloc(struct arena *a, size_t count, size_t size);

/* Makes the object at `ptr` (from this arena, `old` bytes; or null) `size` bytes long: in place where it was the last
   one handed out and its block has room, else as a copy. The old object must not be used afterwards. */
void *arena_resize(struct arena *a, void *ptr, size_t old, size_t size);

/* Room for one item more in an array of `count` items of `size` bytes that has room for *cap: the array itself, or, where
   it is full, a copy twice as large, with *cap changed. `items` may be null. */
void *arena_room(struct arena *a, void *items, size_t count, size_t *cap, size_t size);

/* A copy of the bytes, followed by NUL. */
char *arena_text(struct arena *a, struct slice s);

/* The same as a slice. */
struct slice arena_slice(struct arena *a, struct slice s);

/* The two texts joined. */
struct slice arena_concat(struct arena *a, struct slice s, struct slice t);

/* A formatted text, followed by NUL. */
struct slice arena_printf(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));

#define ARENA_NEW(a, type) ((type *)arena_zalloc((a), 1, sizeof(type)))
#define ARENA_ARRAY(a, type, count) ((type *)arena_zalloc((a), (count), sizeof(type)))

#endif
