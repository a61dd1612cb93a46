/*
 * test_ignore.c - .helmignore as Helm 4.1.4 applies it
 */
#include "chart/ignore.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static bool ignores(const char *text, const char *path, bool is_folder)
{
    struct arena a;
    struct diag diag;
    struct ignore_rules rules;
    arena_init(&a);
    diag_init(&diag);
    assert_true(ignore_read(&a, slice_text(text), &rules, &diag));
    bool ignored = ignore_matches(&rules, slice_text(path), is_folder);
    diag_release(&diag);
    arena_release(&a);
    return ignored;
}

static void expect_error(const char *text, const char *message)
{
    struct arena a;
    struct diag diag;
    struct ignore_rules rules;
    arena_init(&a);
    diag_init(&diag);
    assert_false(ignore_read(&a, slice_text(text), &rules, &diag));
    assert_string_equal(diag.last->message.ptr, message);
    diag_release(&diag);
    arena_release(&a);
}

static void ignore__pattern_without_slash_matches_names_at_any_depth(void **state)
{
    (void)state;
    assert_true(ignores("*.txt", "a.txt", false));
    assert_true(ignores("*.txt", "d/e/a.txt", false));
    assert_true(ignores("d", "d", true));
    assert_false(ignores("*.txt", "a.txt.md", false));
}

static void ignore__pattern_with_slash_matches_the_whole_path(void **state)
{
    (void)state;
    assert_true(ignores("/a.txt", "a.txt", false));
    assert_false(ignores("/a.txt", "d/a.txt", false));
    assert_true(ignores("d/*", "d/a.txt", false));
    assert_false(ignores("d/*", "d/e/a.txt", false));
}

static void ignore__trailing_slash_is_for_folders(void **state)
{
    (void)state;
    assert_true(ignores("d/", "d", true));
    assert_false(ignores("d/", "d", false));
}

static void ignore__negation_ignores_all_that_does_not_match(void **state)
{
    (void)state;
    assert_true(ignores("!a.txt", "Chart.yaml", false));
    assert_false(ignores("!a.txt", "a.txt", false));
    assert_true(ignores("!a.txt/", "a.txt", false));
}

static void ignore__hidden_templates_are_left_out_at_the_top_only(void **state)
{
    (void)state;
    assert_true(ignores("", "templates/.x.yaml", false));
    assert_false(ignores("", "templates/sub/.x.yaml", false));
    assert_false(ignores("", "charts/s/templates/.x.yaml", false));
}

static void ignore__blanks_comments_and_byte_order_mark_are_skipped(void **state)
{
    (void)state;
    assert_true(ignores("\xEF\xBB\xBF  *.txt \r\n# b\n\n", "a.txt", false));
    assert_false(ignores("# a.txt\n", "a.txt", false));
}

static void ignore__bad_patterns_are_errors(void **state)
{
    (void)state;
    expect_error("a/**", "double-star (**) syntax is not supported");
    expect_error("[", "syntax error in pattern");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ignore__pattern_without_slash_matches_names_at_any_depth),
        cmocka_unit_test(ignore__pattern_with_slash_matches_the_whole_path),
        cmocka_unit_test(ignore__trailing_slash_is_for_folders),
        cmocka_unit_test(ignore__negation_ignores_all_that_does_not_match),
        cmocka_unit_test(ignore__hidden_templates_are_left_out_at_the_top_only),
        cmocka_unit_test(ignore__blanks_comments_and_byte_order_mark_are_skipped),
        cmocka_unit_test(ignore__bad_patterns_are_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
