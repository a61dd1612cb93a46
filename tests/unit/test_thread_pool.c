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
        struct thread_pool_job job = {
            .count = TASKS, .threads = threads, .run = run, .hand_over = hand_over, .context = &tasks};
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
        struct thread_pool_job job = {
            .count = TASKS, .threads = threads, .run = run, .hand_over = hand_over, .context = &tasks};
        assert_false(thread_pool_run(&job));
        assert_int_equal(tasks.count, 7);
    }
}

/* Tasks of a window share its slots. */
struct slots {
    size_t made[4];
    size_t handed;
};

static void fill_slot(void *context, size_t task)
{
    struct slots *slots = context;
    slots->made[task % 4] += task;
}

static bool empty_slot(void *context, size_t task)
{
    struct slots *slots = context;
    slots->handed += slots->made[task % 4] == task;
    slots->made[task % 4] = 0;
    return true;
}

static void thread_pool__window_keeps_a_slot_until_it_is_handed_over(void **state)
{
    (void)state;
    for (size_t threads = 1; threads < 9; threads++) {
        struct slots slots = {.handed = 0};
        struct thread_pool_job job = {.count = TASKS,
                                      .threads = threads,
                                      .window = 4,
                                      .run = fill_slot,
                                      .hand_over = empty_slot,
                                      .context = &slots};
        assert_true(thread_pool_run(&job));
        assert_int_equal(slots.handed, TASKS);
    }
}

static void thread_pool__stops_threads_that_wait_for_the_window(void **state)
{
    (void)state;
    for (size_t threads = 2; threads < 9; threads++) {
        struct tasks tasks = {.stop_at = 3};
        struct thread_pool_job job = {
            .count = TASKS, .threads = threads, .window = 1, .run = run, .hand_over = hand_over, .context = &tasks};
        assert_false(thread_pool_run(&job));
        assert_int_equal(tasks.count, 3);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(thread_pool__hands_over_in_order),
        cmocka_unit_test(thread_pool__stops_where_told),
        cmocka_unit_test(thread_pool__window_keeps_a_slot_until_it_is_handed_over),
        cmocka_unit_test(thread_pool__stops_threads_that_wait_for_the_window),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
