/*
 * memory.h - allocation that does not return on failure
 *
 * Callers never check for null: when the system has no memory left, the handler set by the program's entry point
 * reports it and ends the process. Only cli/ sets a handler; without one the default writes one line and exits 1.
 */
#ifndef YARE_BASE_MEMORY_H
#define YARE_BASE_MEMORY_H

#include <stddef.h>

/* Called with the size that could not be had; must not return. */
typedef void memory_exhausted_fn(size_t size);

void memory_set_exhausted_handler(memory_exhausted_fn *handler);

/* `size` bytes, uninitialised; freed with memory_free. */
void *memory_alloc(size_t size);

/* `count` zeroed objects of `size` bytes; the product is checked. */
void *memory_zalloc(size_t count, size_t size);

/* As realloc; `old` may be null. */
void *memory_resize(void *old, size_t size);

void memory_free(void *ptr);

#endif
