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
    trace_write(t, 0, &outer, 1, 0);
    trace_write(t, 5, &outer, 2, 0);
    struct trace_text records = trace_take_output(t);
    assert_int_equal(trace_find(&records, 4)->pos, 1);
    assert_int_equal(trace_find(&records, 5)->pos, 2);
    assert_int_equal(trace_find(&records, 99)->pos, 2);
    arena_release(&a);
}

/* A text of two lines that a nested template wrote; returns its mark. */
static uint32_t write_nested(struct trace *t, struct slice text)
{
    struct trace_nested before = trace_begin_nested(t, 0);
    trace_write(t, 0, &inner, 10, 0);
    trace_write(t, 1, &inner, 15, 0);
    trace_write(t, 3, &inner, 20, 0);
    trace_end_nested(t, &before, text);
    return trace_newest(t);
}

static void trace__part_of_a_nested_text_keeps_its_records(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    struct trace *t = trace_new(&a);
    struct slice text = SLICE("ab\ncd");
    uint32_t mark = write_nested(t, text);
    trace_write(t, 0, &outer, 1, 0);
    trace_write_string(t, 7, slice_after(text, 1), &outer, 2, mark);
    struct trace_text records = trace_take_output(t);
    assert_ptr_equal(trace_find(&records, 6)->tree, &outer);
    assert_int_equal(trace_find(&records, 8)->pos, 15);
    assert_int_equal(trace_find(&records, 9)->pos, 20);
    arena_release(&a);
}

static void trace__text_within_a_longer_one_keeps_its_records(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    struct trace *t = trace_new(&a);
    uint32_t mark = write_nested(t, SLICE("ab\ncd"));
    trace_write_string(t, 0, SLICE("<ab\ncd>"), &outer, 2, mark);
    struct trace_text records = trace_take_output(t);
    assert_int_equal(trace_find(&records, 0)->pos, 2);
    assert_int_equal(trace_find(&records, 1)->pos, 10);
    assert_int_equal(trace_find(&records, 4)->pos, 20);
    assert_int_equal(trace_find(&records, 6)->pos, 2);
    arena_release(&a);
}

static void trace__indented_pieces_come_from_where_they_were(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    struct trace *t = trace_new(&a);
    struct slice text = SLICE("ab\ncd");
    struct slice indented = SLICE("\n  ab\n  cd");
    uint32_t mark = trace_indent(t, write_nested(t, text), text, 1, 2, indented);
    trace_write_string(t, 0, indented, &outer, 2, mark);
    struct trace_text records = trace_take_output(t);
    assert_int_equal(trace_find(&records, 3)->pos, 10);
    assert_int_equal(trace_find(&records, 4)->pos, 15);
    assert_int_equal(trace_find(&records, 6)->pos, 20);
    assert_int_equal(trace_find(&records, 8)->pos, 20);
    arena_release(&a);
}

static void trace__records_move_when_bytes_are_taken_out(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    struct trace *t = trace_new(&a);
    trace_write(t, 0, &outer, 1, 0);
    trace_write(t, 4, &outer, 2, 0);
    trace_write(t, 14, &outer, 3, 0);
    const size_t gone[] = {4};
    struct trace_text records = trace_take_output(t);
    struct trace_text left = trace_without(&a, &records, gone, 1, 10);
    assert_int_equal(left.count, 2);
    assert_int_equal(trace_find(&left, 3)->pos, 1);
    assert_int_equal(trace_find(&left, 4)->pos, 3);
    arena_release(&a);
}

/* The paths that a mark comes down to, joined by blanks. */
static struct slice paths_of(struct arena *a, const struct trace *t, uint32_t mark)
{
    struct trace_sources found;
    struct buffer all = BUFFER_INIT;
    trace_sources_init(&found, a, t);
    trace_collect(t, mark, &found);
    for (size_t i = 0; i < found.count; i++) {
        struct buffer path = BUFFER_INIT;
        flow_write_path(trace_flow(t), found.ids[i], &path);
        buffer_printf(&all, "%s%.*s", i ? " " : "", SLICE_ARG(buffer_slice(&path)));
        buffer_release(&path);
    }
    return buffer_move(&all, a);
}

static void trace__collects_each_path_of_a_joined_mark_once(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    struct trace *t = trace_new(&a);
    struct flow *f = trace_flow(t);
    struct value values = value_map(map_new(&a, 2));
    map_set_text(values.map, "a", value_int(1));
    map_set_text(values.map, "b", value_int(2));
    flow_mark_entry(f, 0, SLICE("Values"), &values, NULL);
    uint32_t first = flow_mark(*map_find_text(values.map, "a"));
    uint32_t second = flow_mark(*map_find_text(values.map, "b"));
    uint32_t both = flow_join(f, first, second);
    assert_string_equal(paths_of(&a, t, flow_join(f, flow_join(f, second, both), first)).ptr, ".Values.b .Values.a");
    assert_string_equal(paths_of(&a, t, flow_missing(f, flow_mark(values), SLICE("c"))).ptr, ".Values.c");
    arena_release(&a);
}

static void trace__text_is_made_of_what_was_written_and_decided(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    struct trace *t = trace_new(&a);
    struct flow *f = trace_flow(t);
    struct value values = value_map(map_new(&a, 2));
    map_set_text(values.map, "a", value_int(1));
    map_set_text(values.map, "b", value_int(2));
    flow_mark_entry(f, 0, SLICE("Values"), &values, NULL);
    struct trace_nested before = trace_begin_nested(t, 0);
    trace_decided(t, flow_mark(*map_find_text(values.map, "b")));
    trace_write(t, 0, &inner, 0, flow_mark(*map_find_text(values.map, "a")));
    trace_end_nested(t, &before, SLICE("1"));
    assert_string_equal(paths_of(&a, t, trace_newest(t)).ptr, ".Values.a .Values.b");
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trace__finds_the_record_that_covers_an_offset),
        cmocka_unit_test(trace__part_of_a_nested_text_keeps_its_records),
        cmocka_unit_test(trace__text_within_a_longer_one_keeps_its_records),
        cmocka_unit_test(trace__indented_pieces_come_from_where_they_were),
        cmocka_unit_test(trace__records_move_when_bytes_are_taken_out),
        cmocka_unit_test(trace__collects_each_path_of_a_joined_mark_once),
        cmocka_unit_test(trace__text_is_made_of_what_was_written_and_decided),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
