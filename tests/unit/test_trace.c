/*
 * test_trace.c - which template node wrote which stretch of output
 */
#include "template/trace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static const struct tree outer = {.name = {"outer", 5}};
static const struct tree inner = {.name = {"inner", 5}};

static void trace__finds_the_record_that_covers_an_offset(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    struct trace *t = trace_new(&a);
    trace_write(t, 0, &outer, 1);
    trace_write(t, 5, &outer, 2);
    assert_int_equal(trace_find(trace_output(t), 4)->pos, 1);
    assert_int_equal(trace_find(trace_output(t), 5)->pos, 2);
    assert_int_equal(trace_find(trace_output(t), 99)->pos, 2);
    arena_release(&a);
}

static void trace__part_of_a_nested_text_keeps_its_records(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    struct trace *t = trace_new(&a);
    struct slice text = SLICE("ab\ncd");
    struct trace_text before = trace_begin_nested(t);
    trace_write(t, 0, &inner, 10);
    trace_write(t, 3, &inner, 20);
    trace_end_nested(t, before, text);
    trace_write(t, 0, &outer, 1);
    assert_true(trace_write_string(t, 7, slice_after(text, 1)));
    assert_ptr_equal(trace_find(trace_output(t), 6)->tree, &outer);
    assert_int_equal(trace_find(trace_output(t), 8)->pos, 10);
    assert_int_equal(trace_find(trace_output(t), 9)->pos, 20);
    arena_release(&a);
}

static void trace__indented_lines_come_from_the_lines_they_were(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    struct trace *t = trace_new(&a);
    struct slice text = SLICE("ab\ncd");
    struct slice indented = SLICE("\n  ab\n  cd");
    struct trace_text before = trace_begin_nested(t);
    trace_write(t, 0, &inner, 10);
    trace_write(t, 3, &inner, 20);
    trace_end_nested(t, before, text);
    trace_derive_lines(t, text, indented);
    assert_true(trace_write_string(t, 0, indented));
    assert_int_equal(trace_find(trace_output(t), 3)->pos, 10);
    assert_int_equal(trace_find(trace_output(t), 8)->pos, 20);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trace__finds_the_record_that_covers_an_offset),
        cmocka_unit_test(trace__part_of_a_nested_text_keeps_its_records),
        cmocka_unit_test(trace__indented_lines_come_from_the_lines_they_were),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
