/*
 * report_test.h - YAML texts compared and shown as text
 */
#ifndef YARE_TESTS_REPORT_TEST_H
#define YARE_TESTS_REPORT_TEST_H

#include "chart_test.h"

#include "codec/yaml_read.h"
#include "report/diff.h"
#include "report/write_json.h"
#include "report/write_text.h"

static inline struct value yaml(const char *text)
{
    struct yaml_read_options options = {.keep_integers = true, .no_origin = true};
    struct yaml_error error;
    struct value v;
    assert_true(yaml_read(&test.arena, NULL, slice_text(text), &options, &v, &error));
    return v;
}

static inline void list_objects(struct object_list *list, const char *text)
{
    object_list_init(list, &test.arena, test.sources);
    assert_true(object_list_add_text(list, SLICE("test.yaml"), slice_text(text), SLICE(""), &test.diag));
}

/* The diff of two texts of YAML documents; diff_release must follow. */
static inline void compare_texts(const char *left, const char *right, const struct diff_options *options,
                                 struct diff *out)
{
    struct object_list *lists = ARENA_ARRAY(&test.arena, struct object_list, 2);
    list_objects(&lists[0], left);
    list_objects(&lists[1], right);
    diff_init(out, &test.arena, SLICE("left"), SLICE("right"));
    assert_true(diff_objects(out, SLICE(""), &lists[0], &lists[1], options, &test.diag));
}

/* Compares, and expects that `yare diff` prints this, without the totals. */
static inline void expect_text(const char *left, const char *right, const struct diff_options *options,
                               const char *expected)
{
    struct diff diff;
    struct text_options plain = {.noise = options->noise.off};
    struct buffer text = BUFFER_INIT;
    compare_texts(left, right, options, &diff);
    diff_write_text(&diff, &plain, &text);
    diff_release(&diff);
    text.len -= (size_t)(text.len && text.ptr[text.len - 1] == '\n');
    text.len = slice_find_last_char(buffer_slice(&text), '\n') < text.len
                   ? slice_find_last_char(buffer_slice(&text), '\n') + 1
                   : 0;
    assert_string_equal(buffer_move(&text, &test.arena).ptr, expected);
}

#endif
