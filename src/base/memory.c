/*
 * memory.c - allocation that does not return on failure
 */
#include "base/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void report_and_exit(size_t size)
{
    char text[80];
    int len = snprintf(text, sizeof text, "yare: error: out of memory (%zu bytes wanted)\n", size);
    if (len > 0 && write(STDERR_FILENO, text, (size_t)len) < 0)
        _exit(2);
    _exit(1);
}

static memory_exhausted_fn *exhausted = report_and_exit;

void memory_set_exhausted_handler(memory_exhausted_fn *handler)
{
    exhausted = handler;
}

void *memory_alloc(size_t size)
{
    void *ptr = malloc(size ? size : 1);
    if (!ptr)
        exhausted(size);
    return ptr;
}

void *memory_zalloc(size_t count, size_t size)
{
    void *ptr = calloc(count ? count : 1, size ? size : 1);
    if (!ptr)
        exhausted(count * size);
    return ptr;
}

void *memory_resize(void *old, size_t size)
{
    void *ptr = realloc(old, size ? size : 1);
    if (!ptr)
        exhausted(size);
    return ptr;
}

void memory_free(void *ptr)
{
    free(ptr);
}
