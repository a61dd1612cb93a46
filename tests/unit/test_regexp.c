/*
 * test_regexp.c - regular expressions against what Go's regexp finds, replaces and refuses
 */
#include "golang/regexp.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct arena arena;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static struct go_regexp *compiled(const char *pattern)
{
    struct slice error;
    struct go_regexp *re = go_regexp_compile(&arena, slice_text(pattern), &error);
    assert_non_null(re);
    return re;
}

static const char *error_of(const char *pattern)
{
    struct slice error;
    assert_null(go_regexp_compile(&arena, slice_text(pattern), &error));
    struct slice head = SLICE("error parsing regexp: ");
    assert_true(slice_starts(error, head));
    return arena_text(&arena, slice_after(error, head.len));
}

static const char *replaced(const char *pattern, const char *text, const char *with)
{
    struct go_regexp *re = compiled(pattern);
    struct buffer b = BUFFER_INIT;
    go_regexp_replace(re, slice_text(text), slice_text(with), false, &b);
    go_regexp_free(re);
    return buffer_move(&b, &arena).ptr;
}

static bool matches(const char *pattern, const char *text)
{
    struct go_regexp *re = compiled(pattern);
    bool found = go_regexp_match(re, slice_text(text), 0, NULL);
    go_regexp_free(re);
    return found;
}

static void regexp__leftmost_first(void **state)
{
    (void)state;
    assert_string_equal(replaced("(a|ab)(c|bcd)", "abcd", "<$1,$2>"), "<a,bcd>");
    assert_string_equal(replaced("a+?", "aaa", "<$0>"), "<a><a><a>");
    assert_string_equal(replaced("(?U)a+", "aa", "<$0>"), "<a><a>");
    assert_string_equal(replaced("x*", "axb", "<$0>"), "<>a<x>b<>");
    assert_string_equal(replaced("a||b", "ab", "-"), "-b-");
}

/* Perl and PCRE report an empty last iteration here, Go the one before it. */
static void regexp__groups_of_empty_iterations(void **state)
{
    (void)state;
    assert_string_equal(replaced("(a*)+", "aa", "[$1]"), "[aa]");
    assert_string_equal(replaced("(a*)*", "b", "[$1]"), "[]b[]");
    assert_string_equal(replaced("(a|b*)*c", "abc", "[$1]"), "[b]");
}

static void regexp__anchors_and_classes(void **state)
{
    (void)state;
    assert_false(matches("x$", "x\n"));
    assert_true(matches("(?m)x$", "x\ny"));
    assert_false(matches("^.$", "\n"));
    assert_true(matches("(?s)^.$", "\n"));
    assert_false(matches("\\w", "\xc3\xa9"));
    assert_true(matches("\\pL", "\xc3\xa9"));
    assert_true(matches("^[[:alpha:]\\d]+$", "a1"));
    assert_true(matches("\\p{Greek}", "\xce\xb1"));
    assert_false(matches("\\p{^Greek}", "\xce\xb1"));
    assert_true(matches("^\\Qa.b\\E$", "a.b"));
    assert_true(matches("\\bb\\b", "a b"));
    assert_true(matches("^.$", "\xff"));
}

static void regexp__case_folding(void **state)
{
    (void)state;
    assert_string_equal(replaced("(?i)k", "kK\xe2\x84\xaa", "x"), "xxx");
    assert_string_equal(replaced("(?i)\xcf\x83", "\xcf\x82\xce\xa3", "x"), "xx");
    assert_true(matches("(?i)[a-c]", "B"));
    assert_false(matches("(?i)[^s]", "\xc5\xbf"));
    assert_false(matches("(?i)a(?-i)b", "AB"));
}

static void regexp__references(void **state)
{
    (void)state;
    assert_string_equal(replaced("(?P<n>a)(?<m>b)?", "ab", "${m}$n$$"), "ba$");
    assert_string_equal(replaced("(a)", "a", "$1x"), "");
    assert_string_equal(replaced("(a)", "a", "${1}x$"), "ax$");
    assert_string_equal(replaced("a", "a", "${x"), "${x");
}

static void regexp__errors(void **state)
{
    (void)state;
    assert_string_equal(error_of("("), "missing closing ): `(`");
    assert_string_equal(error_of("a)"), "unexpected ): `a)`");
    assert_string_equal(error_of("[a"), "missing closing ]: `[a`");
    assert_string_equal(error_of("[z-a]"), "invalid character class range: `z-a`");
    assert_string_equal(error_of("[[:x:]]"), "invalid character class range: `[:x:]`");
    assert_string_equal(error_of("\\p{Grek}"), "invalid character class range: `\\p{Grek}`");
    assert_string_equal(error_of("\\1"), "invalid escape sequence: `\\1`");
    assert_string_equal(error_of("\\C"), "invalid escape sequence: `\\C`");
    assert_string_equal(error_of("a\\"), "trailing backslash at end of expression: ``");
    assert_string_equal(error_of("a**"), "invalid nested repetition operator: `**`");
    assert_string_equal(error_of("*a"), "missing argument to repetition operator: `*`");
    assert_string_equal(error_of("a{1001}"), "invalid repeat count: `{1001}`");
    assert_string_equal(error_of("(a{100}){11}"), "invalid repeat count: `{11}`");
    assert_string_equal(error_of("(?=a)"), "invalid or unsupported Perl syntax: `(?=`");
    assert_string_equal(error_of("(?P<>a)"), "invalid named capture: `(?P<>`");
    assert_string_equal(error_of("a\xff"), "invalid UTF-8: `\xff`");
    assert_string_equal(error_of("\\Qa\xff\\E)"), "invalid UTF-8: `\xff`");
}

static void regexp__nesting_is_bounded(void **state)
{
    (void)state;
    struct buffer b = BUFFER_INIT;
    buffer_add_repeated(&b, '(', 1001);
    buffer_add_repeated(&b, ')', 1001);
    struct slice error;
    assert_null(go_regexp_compile(&arena, buffer_slice(&b), &error));
    assert_true(slice_starts(error, SLICE("error parsing regexp: expression nests too deeply")));
    buffer_release(&b);
}

/* Each takes exponential time by backtracking. */
static void regexp__hostile_expressions_end_soon(void **state)
{
    (void)state;
    char text[5001];
    memset(text, 'a', 5000);
    text[5000] = '\0';
    assert_false(matches("(a*)*b", text));
    assert_false(matches("(a|aa)+$b", text));
    assert_false(matches("(?:a?){50}a{50}b", text));
}

static void regexp_cache__keeps_and_replaces(void **state)
{
    (void)state;
    struct regexp_cache *cache = regexp_cache_new();
    struct slice error;
    struct go_regexp *first = regexp_cache_get(cache, SLICE("a+"), &arena, &error);
    assert_ptr_equal(regexp_cache_get(cache, SLICE("a+"), &arena, &error), first);
    assert_null(regexp_cache_get(cache, SLICE("["), &arena, &error));
    for (int i = 0; i < 1000; i++)
        assert_non_null(regexp_cache_get(cache, arena_printf(&arena, "a{%d}", i), &arena, &error));
    regexp_cache_free(cache);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(regexp__leftmost_first, setup, teardown),
        cmocka_unit_test_setup_teardown(regexp__groups_of_empty_iterations, setup, teardown),
        cmocka_unit_test_setup_teardown(regexp__anchors_and_classes, setup, teardown),
        cmocka_unit_test_setup_teardown(regexp__case_folding, setup, teardown),
        cmocka_unit_test_setup_teardown(regexp__references, setup, teardown),
        cmocka_unit_test_setup_teardown(regexp__errors, setup, teardown),
        cmocka_unit_test_setup_teardown(regexp__nesting_is_bounded, setup, teardown),
        cmocka_unit_test_setup_teardown(regexp__hostile_expressions_end_soon, setup, teardown),
        cmocka_unit_test_setup_teardown(regexp_cache__keeps_and_replaces, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
