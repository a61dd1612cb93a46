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
    pthread_cond_t done_changed;
    bool *done;   /* one a task */
    size_t next;  /* the lowest task that is not taken */
    bool stopped; /* no further task is begun */
};

static bool take_task(struct pool *pool, size_t *task)
{
    pthread_mutex_lock(&pool->lock);
    bool has_one = !pool->stopped && pool->next < pool->job->count;
    if (has_one)
        *task = pool->next++;
    pthread_mutex_unlock(&pool->lock);
    return has_one;
}

static void *work(void *argument)
{
    struct pool *pool = argument;
    size_t task;
    while (take_task(pool, &task)) {
        pool->job->run(pool->job->context, task);
        pthread_mutex_lock(&pool->lock);
        pool->done[task] = true;
        pthread_cond_signal(&pool->done_changed);
        pthread_mutex_unlock(&pool->lock);
    }
    return NULL;
}

/* Waits for each task in turn and hands it over. */
static bool hand_over_all(struct pool *pool)
{
    for (size_t i = 0; i < pool->job->count; i++) {
        pthread_mutex_lock(&pool->lock);
        while (!pool->done[i])
            pthread_cond_wait(&pool->done_changed, &pool->lock);
        pthread_mutex_unlock(&pool->lock);
        if (pool->job->hand_over && !pool->job->hand_over(pool->job->context, i)) {
            pthread_mutex_lock(&pool->lock);
            pool->stopped = true;
            pthread_mutex_unlock(&pool->lock);
            return false;
        }
    }
    return true;
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

static size_t thread_count(const struct thread_pool_job *job)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    size_t count = job->threads ? job->threads : processors > 0 ? (size_t)processors : 1;
    if (count > MOST_THREADS)
        count = MOST_THREADS;
    return count < job->count ? count : job->count;
}

bool thread_pool_run(const struct thread_pool_job *job)
{
    size_t count = thread_count(job);
    if (count <= 1)
        return run_here(job);
    struct pool pool = {.job = job, .done = memory_zalloc(job->count, sizeof(bool))};
    pthread_t *threads = memory_zalloc(count, sizeof *threads);
    pthread_mutex_init(&pool.lock, NULL);
    pthread_cond_init(&pool.done_changed, NULL);
    size_t started = start_threads(&pool, threads, count);
    bool ok = started > 0 ? hand_over_all(&pool) : run_here(job);
    for (size_t i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    pthread_cond_destroy(&pool.done_changed);
    pthread_mutex_destroy(&pool.lock);
    memory_free(threads);
    memory_free(pool.done);
    return ok;
}
