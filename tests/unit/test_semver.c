/*
 * test_semver.c - versions and constraints as Helm 4.1.4 judges them
 */
#include "golang/semver.h"

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

static struct semver version(const char *text)
{
    struct semver v;
    assert_true(semver_parse_loose(slice_text(text), &v));
    return v;
}

static bool satisfies(const char *text, const char *constraint)
{
    struct semver_constraint *c;
    struct semver v = version(text);
    struct slice error;
    assert_true(semver_constraint_parse(&arena, slice_text(constraint), &c, &error));
    return semver_constraint_check(c, &v);
}

static const char *constraint_error(const char *constraint)
{
    struct semver_constraint *c;
    struct slice error;
    assert_false(semver_constraint_parse(&arena, slice_text(constraint), &c, &error));
    return arena_text(&arena, error);
}

static void semver__loose(void **state)
{
    (void)state;
    struct semver v = version("v01.2-a.b+c");
    assert_int_equal(v.major, 1);
    assert_int_equal(v.minor, 2);
    assert_int_equal(v.patch, 0);
    assert_true(slice_is(v.prerelease, "a.b"));
    assert_true(slice_is(v.metadata, "c"));
    static const char *const bad[] = {"", "v", "1.2.3.4", "1.2.", "a", "1.2.3-", " 1", "1.x", "V1", "1.2.3+"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(semver_parse_loose(slice_text(bad[i]), &v));
}

static void semver__strict(void **state)
{
    (void)state;
    struct semver v;
    assert_true(semver_parse_strict(SLICE("1.2.3-rc.1+b"), &v));
    assert_false(semver_parse_strict(SLICE("1.2"), &v));
    assert_false(semver_parse_strict(SLICE("v1.2.3"), &v));
    assert_false(semver_parse_strict(SLICE("01.2.3"), &v));
}

static void semver__errors(void **state)
{
    (void)state;
    assert_true(slice_is(semver_loose_error(&arena, SLICE("x")), "invalid semantic version"));
    assert_true(slice_is(semver_loose_error(&arena, SLICE("1.2.3-01")), "version segment starts with 0"));
    assert_true(slice_is(semver_loose_error(&arena, SLICE("18446744073709551616")),
                         "error parsing version segment: strconv.ParseUint: parsing \"18446744073709551616\": "
                         "value out of range"));
}

static void semver__order(void **state)
{
    (void)state;
    static const char *const order[] = {"1.0.0-1",    "1.0.0-2",    "1.0.0-10", "1.0.0-a", "1.0.0-a.1",
                                        "1.0.0-a.b",  "1.0.0-b",    "1.0.0",    "1.0.1",   "1.2",
                                        "2.0.0-rc.1", "2"};
    for (size_t i = 1; i < sizeof order / sizeof order[0]; i++) {
        struct semver low = version(order[i - 1]), high = version(order[i]);
        assert_int_equal(semver_compare(&low, &high), -1);
        assert_int_equal(semver_compare(&high, &low), 1);
    }
    struct semver a = version("1.2.3+a"), b = version("1.2.3+b");
    assert_int_equal(semver_compare(&a, &b), 0);
}

static void constraint__operators(void **state)
{
    (void)state;
    assert_true(satisfies("1.2.5", "1.2"));
    assert_true(satisfies("1.2.5", "=1.2"));
    assert_false(satisfies("1.2.5", ">1.2"));
    assert_true(satisfies("1.2.9", "<=1.2"));
    assert_true(satisfies("2.0.0", ">1.x"));
    assert_false(satisfies("0.3.0", "^0.2.3"));
    assert_false(satisfies("0.0.4", "^0.0.3"));
    assert_true(satisfies("0.0.9", "^0.0"));
    assert_true(satisfies("1.9.0", "~1"));
    assert_false(satisfies("1.2.3", "!=1.2.x"));
    assert_true(satisfies("1.0.0", "~*"));
    assert_false(satisfies("1.0.0", "^*"));
}

static void constraint__lists_and_ranges(void **state)
{
    (void)state;
    assert_true(satisfies("1.3.0", ">=1.2, <2 || ^3"));
    assert_true(satisfies("3.1.0", ">=1.2 <2 || ^3"));
    assert_false(satisfies("2.1.0", ">=1.2, <2 || ^3"));
    assert_true(satisfies("1.4.5", "1.2 - 1.4.5"));
    assert_false(satisfies("1.4.6", "1.2 - 1.4.5"));
}

static void constraint__prereleases_only_where_named(void **state)
{
    (void)state;
    assert_false(satisfies("1.20.0-gke.1", ">=1.19"));
    assert_true(satisfies("v1.20.0-gke.1", ">=1.19-0"));
    assert_true(satisfies("1.2.3-rc", "^1.2.3-beta"));
    assert_true(satisfies("1.5.0-a", ">=1.0-0 <2"));
}

static void constraint__errors(void **state)
{
    (void)state;
    assert_string_equal(constraint_error(""), "improper constraint: ");
    assert_string_equal(constraint_error("==1.2.3"), "improper constraint: ==1.2.3");
    assert_string_equal(constraint_error("1.2,"), "improper constraint: 1.2,");
    assert_string_equal(constraint_error("1 || a"), "improper constraint:  a");
    assert_string_equal(constraint_error(">=1.2 - 1.3"), "improper constraint: >=>= 1.2, <= 1.3 ");
    assert_string_equal(constraint_error("1xx"), "constraint parser error");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(semver__loose, setup, teardown),
        cmocka_unit_test_setup_teardown(semver__strict, setup, teardown),
        cmocka_unit_test_setup_teardown(semver__errors, setup, teardown),
        cmocka_unit_test_setup_teardown(semver__order, setup, teardown),
        cmocka_unit_test_setup_teardown(constraint__operators, setup, teardown),
        cmocka_unit_test_setup_teardown(constraint__lists_and_ranges, setup, teardown),
        cmocka_unit_test_setup_teardown(constraint__prereleases_only_where_named, setup, teardown),
        cmocka_unit_test_setup_teardown(constraint__errors, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
