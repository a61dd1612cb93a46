/*
 * test_quantity.c - Kubernetes' quantities by value
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/quantity.h"

struct pair {
    const char *a;
    const char *b;
    bool equal;
};

static void expect_pairs(const struct pair *pairs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (quantity_equal(slice_text(pairs[i].a), slice_text(pairs[i].b)) != pairs[i].equal)
            fail_msg("%s and %s", pairs[i].a, pairs[i].b);
    }
}

static void quantity__same_value_in_other_words(void **state)
{
    static const struct pair pairs[] = {
        {"0.5", "500m", true},      {"1", "1000m", true},     {"1Gi", "1024Mi", true},  {"1Ki", "1024", true},
        {"1k", "1000", true},       {"1e3", "1k", true},      {"1E3", "1000", true},    {"1.5Gi", "1536Mi", true},
        {"0", "0Gi", true},         {"-0", "0", true},        {"+5", "5", true},        {"100n", "0.1u", true},
        {"1Ei", "1024Pi", true},    {"1.0", "1", true},       {"00012", "12", true},    {".5", "500m", true},
        {"12e6", "12M", true},      {"1e-3", "1m", true},
    };
    (void)state;
    expect_pairs(pairs, sizeof pairs / sizeof pairs[0]);
}

static void quantity__other_values(void **state)
{
    static const struct pair pairs[] = {
        {"1G", "1Gi", false}, {"1", "-1", false}, {"500m", "501m", false}, {"1Ei", "1E", false}, {"1", "10", false},
    };
    (void)state;
    expect_pairs(pairs, sizeof pairs / sizeof pairs[0]);
}

static void quantity__what_is_none_equals_nothing(void **state)
{
    static const struct pair pairs[] = {
        {"", "", false},       {"abc", "abc", false}, {"1GiB", "1Gi", false},   {"1 Gi", "1Gi", false},
        {"1e", "1E", false},   {"--1", "1", false},   {"1.2.3", "1.2", false},  {"1e999", "1e999", false},
        {".", "0", false},     {"1mm", "1m", false},
        {"11111111111111111111111111111111111111111", "11111111111111111111111111111111111111111", false},
    };
    (void)state;
    expect_pairs(pairs, sizeof pairs / sizeof pairs[0]);
}

static void quantity__is_looked_for_where_resources_are(void **state)
{
    (void)state;
    assert_true(quantity_is_field(SLICE("limits"), SLICE("cpu")));
    assert_true(quantity_is_field(SLICE("emptyDir"), SLICE("sizeLimit")));
    assert_false(quantity_is_field(SLICE("env"), SLICE("value")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quantity__same_value_in_other_words),
        cmocka_unit_test(quantity__other_values),
        cmocka_unit_test(quantity__what_is_none_equals_nothing),
        cmocka_unit_test(quantity__is_looked_for_where_resources_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
