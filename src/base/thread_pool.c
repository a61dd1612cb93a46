/*
 * thread_pool.c - the same work on many things, handed over in order
 */
#include "base/thread_pool.h"

#include "base/memory.h"

#include <pthread.h>
#include <unistd.h>

enum {
    THREAD_STACK = 1 << 30,
    MOST_THREADS = 256
};

struct pool {
    const struct thread_pool_job *job;
    pthread_mutex_t lock;
    pthread_cond_t slot_freed; /* a task was handed over, or the pool has stopped */
    bool *done;                /* one a task */
    size_t next;               /* the lowest task that is not taken */
    size_t handed;             /* tasks handed over */
    bool handing;              /* a thread is at it */
    bool stopped;              /* no further task is begun */
};

static bool is_window_full(const struct pool *pool)
{
    return pool->job->window && pool->next - pool->handed >= pool->job->window;
}

/* Called with the lock held, which it gives up while it waits for the window to move. */
static bool take_task(struct pool *pool, size_t *task)
{
    while (!pool->stopped && pool->next < pool->job->count && is_window_full(pool))
        pthread_cond_wait(&pool->slot_freed, &pool->lock);
    if (pool->stopped || pool->next >= pool->job->count)
        return false;
    *task = pool->next++;
    return true;
}

/* Called with the lock held, which it gives up while a task is handed over. Tasks that others finish meanwhile are
   handed over too. */
static void hand_over_done(struct pool *pool)
{
    const struct thread_pool_job *job = pool->job;
    if (pool->handing)
        return;
    pool->handing = true;
    while (!pool->stopped && pool->handed < job->count && pool->done[pool->handed]) {
        pthread_mutex_unlock(&pool->lock);
        bool go_on = !job->hand_over || job->hand_over(job->context, pool->handed);
        pthread_mutex_lock(&pool->lock);
        pool->handed++;
        pool->stopped = !go_on;
        pthread_cond_broadcast(&pool->slot_freed);
    }
    pool->handing = false;
}

static void *work(void *argument)
{
    struct pool *pool = argument;
    size_t task;
    pthread_mutex_lock(&pool->lock);
    while (take_task(pool, &task)) {
        pthread_mutex_unlock(&pool->lock);
        pool->job->run(pool->job->context, task);
        pthread_mutex_lock(&pool->lock);
        pool->done[task] = true;
        hand_over_done(pool);
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

static size_t start_threads(struct pool *pool, pthread_t *threads, size_t count)
{
    pthread_attr_t attributes;
    size_t started = 0;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, THREAD_STACK);
    while (started < count && pthread_create(&threads[started], &attributes, work, pool) == 0)
        started++;
    pthread_attr_destroy(&attributes);
    return started;
}

static bool run_here(const struct thread_pool_job *job)
{
    for (size_t i = 0; i < job->count; i++) {
        job->run(job->context, i);
        if (job->hand_over && !job->hand_over(job->context, i))
            return false;
    }
    return true;
}

size_t thread_pool_size(size_t threads, size_t count)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    size_t size = threads ? threads : processors > 0 ? (size_t)processors : 1;
    if (size > MOST_THREADS)
        size = MOST_THREADS;
    return size < count ? size : count;
}

bool thread_pool_run(const struct thread_pool_job *job)
{
    size_t count = thread_pool_size(job->threads, job->count);
    if (count <= 1)
        return run_here(job);
    struct pool pool = {.job = job, .done = memory_zalloc(job->count, sizeof(bool))};
    pthread_t *threads = memory_zalloc(count, sizeof *threads);
    pthread_mutex_init(&pool.lock, NULL);
    pthread_cond_init(&pool.slot_freed, NULL);
    size_t started = start_threads(&pool, threads, count - 1);
    work(&pool);
    for (size_t i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    pthread_cond_destroy(&pool.slot_freed);
    pthread_mutex_destroy(&pool.lock);
    memory_free(threads);
    memory_free(pool.done);
    return !pool.stopped;
}
