/*
 * test_thread_pool.c - tasks on threads, handed over in order
 */
#include "base/thread_pool.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

enum {
    TASKS = 200
};

struct tasks {
    size_t made[TASKS];
    size_t handed[TASKS];
    size_t count;
    size_t stop_at;
};

static void run(void *context, size_t task)
{
    struct tasks *tasks = context;
    tasks->made[task] = task * task;
}

static bool hand_over(void *context, size_t task)
{
    struct tasks *tasks = context;
    tasks->handed[tasks->count++] = tasks->made[task];
    return tasks->count != tasks->stop_at;
}

static void thread_pool__hands_over_in_order(void **state)
{
    (void)state;
    for (size_t threads = 0; threads < 9; threads++) {
        struct tasks tasks = {.count = 0};
        struct thread_pool_job job = {TASKS, threads, run, hand_over, &tasks};
        assert_true(thread_pool_run(&job));
        assert_int_equal(tasks.count, TASKS);
        for (size_t i = 0; i < TASKS; i++)
            assert_int_equal(tasks.handed[i], i * i);
    }
}

static void thread_pool__stops_where_told(void **state)
{
    (void)state;
    for (size_t threads = 1; threads < 5; threads++) {
        struct tasks tasks = {.stop_at = 7};
        struct thread_pool_job job = {TASKS, threads, run, hand_over, &tasks};
        assert_false(thread_pool_run(&job));
        assert_int_equal(tasks.count, 7);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(thread_pool__hands_over_in_order),
        cmocka_unit_test(thread_pool__stops_where_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
