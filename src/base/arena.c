/*
 * arena.c - memory that ends all at once
 */
#include "base/arena.h"

#include "base/memory.h"

#include <stdarg.h>
#include <stdalign.h>
#include <stdio.h>

struct arena_block {
    struct arena_block *older;
    size_t size;
    alignas(max_align_t) char data[];
};

enum {
    FIRST_BLOCK = 8 * 1024,
    LARGEST_BLOCK = 1024 * 1024,
    MOST_SPARE = 4 * LARGEST_BLOCK, /* bytes that a cleared arena keeps */
    ALIGNMENT = 8,
    SHORT_TEXT = 256 /* what is printed is most often shorter */
};

static size_t rounded(size_t size)
{
    return (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
}

void arena_init(struct arena *a)
{
    memset(a, 0, sizeof *a);
    a->block_size = FIRST_BLOCK;
}

void arena_init_large(struct arena *a)
{
    arena_init(a);
    a->block_size = LARGEST_BLOCK;
}

static void free_blocks(struct arena_block *block)
{
    while (block) {
        struct arena_block *older = block->older;
        memory_free(block);
        block = older;
    }
}

void arena_release(struct arena *a)
{
    free_blocks(a->blocks);
    free_blocks(a->spare);
    arena_init(a);
}

#ifdef ARENA_DEBUG
void arena_clear(struct arena *a)
{
    arena_release(a);
}
#else
/* Small blocks go, the first ones and those of single objects: an arena that is used again is given full ones. */
void arena_clear(struct arena *a)
{
    struct arena_block *block = a->blocks;
    struct arena cleared = {.spare = a->spare, .block_size = a->block_size};
    size_t kept = 0;
    for (struct arena_block *spare = a->spare; spare; spare = spare->older)
        kept += spare->size;
    while (block) {
        struct arena_block *older = block->older;
        bool is_kept = block->size >= a->block_size / 2 && kept + block->size <= MOST_SPARE;
        block->older = is_kept ? cleared.spare : NULL;
        if (is_kept)
            cleared.spare = block;
        else
            memory_free(block);
        kept += is_kept ? block->size : 0;
        block = older;
    }
    *a = cleared;
}
#endif

static struct arena_block *new_block(size_t size)
{
    struct arena_block *block = memory_alloc(sizeof *block + size);
    block->size = size;
    return block;
}

static void add_block(struct arena *a, struct arena_block *block)
{
    block->older = a->blocks;
    a->blocks = block;
}

/* A large object gets a block of its own, put behind the current one so that the rest of that stays in use. */
static void *alloc_alone(struct arena *a, size_t size)
{
    struct arena_block *current = a->blocks;
    struct arena_block *block = new_block(size);
    if (current) {
        block->older = current->older;
        current->older = block;
    } else {
        add_block(a, block);
    }
    return block->data;
}

/* Goes on in a fresh block, of at least half the block size. */
static void begin_block(struct arena *a)
{
    struct arena_block *block = a->spare;
    if (block) {
        a->spare = block->older;
    } else {
        block = new_block(a->block_size);
        if (a->block_size < LARGEST_BLOCK)
            a->block_size *= 2;
    }
    add_block(a, block);
    a->next = block->data;
    a->end = block->data + block->size;
}

void *arena_alloc(struct arena *a, size_t size)
{
    a->total += size;
#ifdef ARENA_DEBUG
    add_block(a, new_block(size));
    return a->blocks->data;
#endif
    size = rounded(size);
    if (size > (size_t)(a->end - a->next)) {
        if (size > a->block_size / 4)
            return alloc_alone(a, size);
        begin_block(a);
    }
    void *ptr = a->next;
    a->next += size;
    return ptr;
}

void *arena_zalloc(struct arena *a, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / 2 / size)
        return memory_zalloc(count, size); /* reports that there is not so much memory */
    void *ptr = arena_alloc(a, count * size);
    return count && size ? memset(ptr, 0, count * size) : ptr; /* nothing may be null */
}

void *arena_resize(struct arena *a, void *ptr, size_t old, size_t size)
{
#ifndef ARENA_DEBUG
    if (ptr && (char *)ptr + rounded(old) == a->next && rounded(size) <= (size_t)(a->end - (char *)ptr)) {
        a->next = (char *)ptr + rounded(size);
        a->total += size > old ? size - old : 0;
        return ptr;
    }
#endif
    void *bigger = arena_alloc(a, size);
    if (ptr)
        memcpy(bigger, ptr, old < size ? old : size);
    return bigger;
}

void *arena_room(struct arena *a, void *items, size_t count, size_t *cap, size_t size)
{
    if (count < *cap)
        return items;
    size_t more = *cap ? *cap * 2 : 16;
    if (more > SIZE_MAX / 2 / size)
        return memory_zalloc(more, size); /* reports that there is not so much memory */
    items = arena_resize(a, items, *cap * size, more * size);
    *cap = more;
    return items;
}

char *arena_text(struct arena *a, struct slice s)
{
    char *copy = arena_alloc(a, s.len + 1);
    if (s.len)
        memcpy(copy, s.ptr, s.len);
    copy[s.len] = '\0';
    return copy;
}

struct slice arena_slice(struct arena *a, struct slice s)
{
    return slice_of(arena_text(a, s), s.len);
}

struct slice arena_concat(struct arena *a, struct slice s, struct slice t)
{
    char *joined = arena_alloc(a, s.len + t.len + 1);
    if (s.len)
        memcpy(joined, s.ptr, s.len);
    if (t.len)
        memcpy(joined + s.len, t.ptr, t.len);
    joined[s.len + t.len] = '\0';
    return slice_of(joined, s.len + t.len);
}

struct slice arena_printf(struct arena *a, const char *format, ...)
{
    char on_stack[SHORT_TEXT];
    va_list args;
    va_start(args, format);
    int len = vsnprintf(on_stack, sizeof on_stack, format, args);
    va_end(args);
    if (len < 0)
        return slice_of("", 0);
    if ((size_t)len < sizeof on_stack)
        return arena_slice(a, slice_of(on_stack, (size_t)len));
    char *text = arena_alloc(a, (size_t)len + 1);
    va_start(args, format);
    vsnprintf(text, (size_t)len + 1, format, args);
    va_end(args);
    return slice_of(text, (size_t)len);
}
