/*
 * thread_pool.h - the same work on many things, handed over in order
 *
 * Tasks are the numbers 0 to count - 1; threads take the lowest that is not taken. What a task made is handed over in
 * order of the numbers, as soon as it and all before it are done, by one thread at a time: whichever finished the task
 * that was waited for. Output is the same for any number of threads. A window bounds how far threads run ahead of what
 * is handed over: with one, what a task makes can stand in slot `task % window`, which is free again before a later
 * task comes to it. The calling thread is one of the threads; the others have large stacks, because templates call each
 * other deeply; pages are taken only as they are used.
 */
#ifndef YARE_BASE_THREAD_POOL_H
#define YARE_BASE_THREAD_POOL_H

#include <stdbool.h>
#include <stddef.h>

struct thread_pool_job {
    size_t count;
    size_t threads; /* 0: as many as there are processors */
    size_t window;  /* most tasks begun and not yet handed over; 0: no bound */
    void (*run)(void *context, size_t task);      /* on some thread */
    bool (*hand_over)(void *context, size_t task); /* one at a time; false: no further task is begun. May be null */
    void *context;
};

/* How many threads are used for so many tasks. */
size_t thread_pool_size(size_t threads, size_t count);

/* Runs all tasks; returns when all that were begun are done. True when no hand_over returned false. */
bool thread_pool_run(const struct thread_pool_job *job);

#endif
