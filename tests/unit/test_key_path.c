/*
 * test_key_path.c - paths into a value
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "value/key_path.h"

/* Reads a path and writes it again. */
static void check_written(const char *text, const char *expected, size_t count)
{
    struct arena a;
    struct diag diag;
    struct key_path path;
    struct buffer out = BUFFER_INIT;
    arena_init(&a);
    diag_init(&diag);
    assert_true(key_path_parse(&a, slice_text(text), &path, &diag));
    assert_int_equal(path.count, count);
    key_path_write(&out, &path);
    buffer_add_char(&out, '\0');
    assert_string_equal(out.ptr, expected);
    buffer_release(&out);
    diag_release(&diag);
    arena_release(&a);
}

static void check_error(const char *text, const char *message)
{
    struct arena a;
    struct diag diag;
    struct key_path path;
    arena_init(&a);
    diag_init(&diag);
    assert_false(key_path_parse(&a, slice_text(text), &path, &diag));
    assert_int_equal(diag.errors, 1);
    assert_string_equal(arena_text(&a, diag.first->message), message);
    diag_release(&diag);
    arena_release(&a);
}

static void key_path__keys_and_indexes(void **state)
{
    (void)state;
    check_written("", "", 0);
    check_written("a", "a", 1);
    check_written("a.b[0].c", "a.b[0].c", 4);
    check_written("[1][2].x", "[1][2].x", 3);
    check_written("a[\"b\"]", "a.b", 2);
}

static void key_path__escapes(void **state)
{
    (void)state;
    check_written("a.b\\.c", "a.b\\.c", 2);
    check_written("a[\"b.c\"]", "a.b\\.c", 2);
    check_written("a\\[0\\]", "a\\[0]", 1);
    check_written("a\\\\b", "a\\\\b", 1);
    check_written("a[\"\"].b", "a[\"\"].b", 3);
    check_written("a[\"say \\\"x\\\"\"]", "a.say \"x\"", 2);
    check_written("a\\", "a\\\\", 1);
}

static void key_path__errors_say_where(void **state)
{
    (void)state;
    check_error("a..b", "path 'a..b': a key is missing at byte 2");
    check_error(".a", "path '.a': a key is missing at byte 0");
    check_error("a.", "path 'a.': a key is missing at byte 2");
    check_error("a[", "path 'a[': a number is missing at byte 2");
    check_error("a[x]", "path 'a[x]': a number is missing at byte 2");
    check_error("a[1", "path 'a[1': a bracket is not closed at byte 3");
    check_error("a[1]b", "path 'a[1]b': a dot is missing at byte 4");
    check_error("a[\"b", "path 'a[\"b': a quote is not closed at byte 4");
    check_error("a[4294967296]", "path 'a[4294967296]': the index is too large at byte 11");
}

static void key_path__finds_values(void **state)
{
    (void)state;
    struct arena a;
    struct diag diag;
    struct key_path path;
    arena_init(&a);
    diag_init(&diag);
    struct map *inner = map_new(&a, 1);
    map_set_text(inner, "c.d", value_int(7));
    struct list *list = list_new(&a, 1);
    list_add(&a, list, value_map(inner));
    struct map *map = map_new(&a, 1);
    map_set_text(map, "a", value_list(list));
    struct value root = value_map(map);

    assert_true(key_path_parse(&a, SLICE("a[0].c\\.d"), &path, &diag));
    assert_int_equal(key_path_find(&root, &path)->i, 7);
    assert_true(key_path_parse(&a, SLICE("a[1]"), &path, &diag));
    assert_null(key_path_find(&root, &path));
    assert_true(key_path_parse(&a, SLICE("a.b"), &path, &diag));
    assert_null(key_path_find(&root, &path));
    assert_true(key_path_parse(&a, SLICE(""), &path, &diag));
    assert_ptr_equal(key_path_find(&root, &path), &root);
    diag_release(&diag);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(key_path__keys_and_indexes),
        cmocka_unit_test(key_path__escapes),
        cmocka_unit_test(key_path__errors_say_where),
        cmocka_unit_test(key_path__finds_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
