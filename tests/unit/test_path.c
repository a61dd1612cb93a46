/*
 * test_path.c - slash paths, filepath.Match and globs
 */
#include "golang/path.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

static const char *cleaned(const char *path)
{
    static char text[256];
    struct arena a;
    arena_init(&a);
    struct slice s = go_path_clean(&a, slice_text(path));
    snprintf(text, sizeof text, "%.*s", SLICE_ARG(s));
    arena_release(&a);
    return text;
}

static enum go_match match(const char *pattern, const char *name)
{
    return go_path_match(slice_text(pattern), slice_text(name));
}

static enum go_match glob(const char *pattern, const char *name)
{
    return go_glob_match(slice_text(pattern), slice_text(name));
}

static void path_clean__dots_and_slashes(void **state)
{
    (void)state;
    assert_string_equal(cleaned(""), ".");
    assert_string_equal(cleaned("a//b/./../c/"), "a/c");
    assert_string_equal(cleaned("/../a"), "/a");
    assert_string_equal(cleaned("../../a/.."), "../..");
    assert_string_equal(cleaned("a/.."), ".");
    assert_string_equal(cleaned("/"), "/");
}

static void path__base_and_extension(void **state)
{
    (void)state;
    assert_true(slice_is(go_path_base(SLICE("")), "."));
    assert_true(slice_is(go_path_base(SLICE("///")), "/"));
    assert_true(slice_is(go_path_base(SLICE("a/b.txt/")), "b.txt"));
    assert_true(slice_is(go_path_ext(SLICE("a.d/b")), ""));
    assert_true(slice_is(go_path_ext(SLICE("a/b.tar.gz")), ".gz"));
}

static void path_match__stars_and_classes(void **state)
{
    (void)state;
    assert_int_equal(match("*.yaml", "a.yaml"), GO_MATCH_YES);
    assert_int_equal(match("*.yaml", "d/a.yaml"), GO_MATCH_NO);
    assert_int_equal(match("a*b*c", "axbxbc"), GO_MATCH_YES);
    assert_int_equal(match("?[^a-c]", "xd"), GO_MATCH_YES);
    assert_int_equal(match("[a-c]", "\xc3\xa9"), GO_MATCH_NO);
    assert_int_equal(match("\\*", "*"), GO_MATCH_YES);
    assert_int_equal(match("", ""), GO_MATCH_YES);
}

static void path_match__malformed_pattern(void **state)
{
    (void)state;
    assert_int_equal(match("[", "a"), GO_MATCH_BAD_PATTERN);
    assert_int_equal(match("[]a]", "a"), GO_MATCH_BAD_PATTERN);
    assert_int_equal(match("a\\", "a"), GO_MATCH_BAD_PATTERN);
    assert_int_equal(match("x*[", "a"), GO_MATCH_BAD_PATTERN);
}

static void glob__one_star_stops_at_a_slash(void **state)
{
    (void)state;
    assert_int_equal(glob("files/*", "files/a"), GO_MATCH_YES);
    assert_int_equal(glob("files/*", "files/d/a"), GO_MATCH_NO);
    assert_int_equal(glob("files/**", "files/d/a"), GO_MATCH_YES);
    assert_int_equal(glob("**.yaml", "d/a.yaml"), GO_MATCH_YES);
    assert_int_equal(glob("d?a", "d/a"), GO_MATCH_NO);
}

static void glob__alternatives_and_classes(void **state)
{
    (void)state;
    assert_int_equal(glob("*.{json,y{a,}ml}", "a.yml"), GO_MATCH_YES);
    assert_int_equal(glob("*.{json,y{a,}ml}", "a.yaml"), GO_MATCH_YES);
    assert_int_equal(glob("*.{json,yaml}", "a.txt"), GO_MATCH_NO);
    assert_int_equal(glob("[!a-c]", "d"), GO_MATCH_YES);
    assert_int_equal(glob("[ab]", "c"), GO_MATCH_NO);
    assert_int_equal(glob("{a,b", "b"), GO_MATCH_YES);
    assert_int_equal(glob("[a", "a"), GO_MATCH_BAD_PATTERN);
    assert_int_equal(glob("\xff", "a"), GO_MATCH_BAD_PATTERN);
}

/* A backtracking matcher would not end here. */
static void glob__many_stars_end_soon(void **state)
{
    (void)state;
    char name[5001];
    memset(name, 'a', 5000);
    name[5000] = '\0';
    assert_int_equal(glob("*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b", name), GO_MATCH_NO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(path_clean__dots_and_slashes),  cmocka_unit_test(path__base_and_extension),
        cmocka_unit_test(path_match__stars_and_classes), cmocka_unit_test(path_match__malformed_pattern),
        cmocka_unit_test(glob__one_star_stops_at_a_slash), cmocka_unit_test(glob__alternatives_and_classes),
        cmocka_unit_test(glob__many_stars_end_soon),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
