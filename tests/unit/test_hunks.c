/*
 * test_hunks.c - two texts compared line by line
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "report/hunks.h"

static struct arena arena;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static struct slice hunks_text(struct slice left, struct slice right, size_t context)
{
    static const char signs[] = {[HUNK_SAME] = ' ', [HUNK_REMOVED] = '-', [HUNK_ADDED] = '+', [HUNK_GAP] = '~'};
    struct hunks hunks;
    struct buffer out = BUFFER_INIT;
    hunks_make(&arena, left, right, context, &hunks);
    for (size_t i = 0; i < hunks.count; i++) {
        buffer_add_char(&out, signs[hunks.items[i].kind]);
        buffer_add(&out, hunks.items[i].text);
        buffer_add_char(&out, '\n');
    }
    return buffer_move(&out, &arena);
}

static void expect(const char *left, const char *right, size_t context, const char *expected)
{
    assert_string_equal(hunks_text(slice_text(left), slice_text(right), context).ptr, expected);
}

static void hunks__equal_texts_have_none(void **state)
{
    (void)state;
    expect("a\nb\n", "a\nb\n", 3, "");
    expect("", "", 3, "");
}

static void hunks__changed_line_stands_in_its_context(void **state)
{
    (void)state;
    expect("1\n2\n3\n4\n5\n", "1\n2\nX\n4\n5\n", 1, " 2\n-3\n+X\n 4\n");
}

static void hunks__far_changes_have_a_gap_between(void **state)
{
    (void)state;
    expect("a\n1\n2\n3\nb\n", "A\n1\n2\n3\nB\n", 1, "-a\n+A\n 1\n~\n 3\n-b\n+B\n");
    expect("a\n1\n2\nb\n", "A\n1\n2\nB\n", 1, "-a\n+A\n 1\n 2\n-b\n+B\n");
}

static void hunks__inserted_block_is_found_whole(void **state)
{
    (void)state;
    expect("f {\n}\ng {\n}\n", "f {\n}\nn {\n}\ng {\n}\n", 0, "+n {\n+}\n");
}

static void hunks__one_side_empty(void **state)
{
    (void)state;
    expect("", "a\nb", 3, "+a\n+b\n");
    expect("a\nb\n", "", 3, "-a\n-b\n");
}

/* Lines of which the text is rebuilt: those of one side. */
static struct slice side_of(struct slice hunks, char sign)
{
    struct buffer out = BUFFER_INIT;
    struct slice line;
    while (hunks.len && slice_next_piece(&hunks, '\n', &line)) {
        if (line.len && (line.ptr[0] == ' ' || line.ptr[0] == sign)) {
            buffer_add(&out, slice_after(line, 1));
            buffer_add_char(&out, '\n');
        }
    }
    return buffer_move(&out, &arena);
}

static struct slice random_lines(unsigned *seed, size_t count)
{
    struct buffer out = BUFFER_INIT;
    for (size_t i = 0; i < count; i++) {
        *seed = *seed * 1103515245u + 12345u;
        buffer_printf(&out, "%u\n", *seed >> 16 & 7);
    }
    return buffer_move(&out, &arena);
}

static void hunks__give_back_both_sides(void **state)
{
    unsigned seed = 7;
    (void)state;
    for (size_t i = 0; i < 300; i++) {
        struct slice left = random_lines(&seed, i % 40);
        struct slice right = random_lines(&seed, (i * 7) % 41);
        struct slice text = hunks_text(left, right, 1000);
        if (slice_equal(left, right))
            continue;
        assert_string_equal(side_of(text, '-').ptr, left.len ? left.ptr : "");
        assert_string_equal(side_of(text, '+').ptr, right.len ? right.ptr : "");
    }
}

static void hunks__large_unlike_texts_end_soon(void **state)
{
    unsigned seed = 1;
    (void)state;
    struct slice left = random_lines(&seed, 200000);
    struct slice right = random_lines(&seed, 200000);
    struct hunks hunks;
    hunks_make(&arena, left, right, 3, &hunks);
    assert_true(hunks.count > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(hunks__equal_texts_have_none, set_up, tear_down),
        cmocka_unit_test_setup_teardown(hunks__changed_line_stands_in_its_context, set_up, tear_down),
        cmocka_unit_test_setup_teardown(hunks__far_changes_have_a_gap_between, set_up, tear_down),
        cmocka_unit_test_setup_teardown(hunks__inserted_block_is_found_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(hunks__one_side_empty, set_up, tear_down),
        cmocka_unit_test_setup_teardown(hunks__give_back_both_sides, set_up, tear_down),
        cmocka_unit_test_setup_teardown(hunks__large_unlike_texts_end_soon, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
