/*
 * test_noise.c - patterns and the differences of no interest
 */
#include "report_test.h"

#define OBJECT(labels, spec) \
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a, namespace: n, labels: {" labels "}}\nspec: {" spec "}\n"

static void noise__star_is_any_text(void **state)
{
    (void)state;
    assert_true(noise_pattern_fits(SLICE("spec.*.image"), SLICE("spec.a.b.image")));
    assert_true(noise_pattern_fits(SLICE("*"), SLICE("")));
    assert_true(noise_pattern_fits(SLICE("a*b*c"), SLICE("aXbYbZc")));
    assert_false(noise_pattern_fits(SLICE("a*b*c"), SLICE("aXbYbZ")));
    assert_false(noise_pattern_fits(SLICE("spec"), SLICE("spec.replicas")));
    assert_false(noise_pattern_fits(SLICE(""), SLICE("a")));
}

static void noise__chart_version_label_alone_is_no_difference(void **state)
{
    struct diff diff;
    struct diff_options options = {.threads = 1};
    (void)state;
    compare_texts(OBJECT("helm.sh/chart: a-1", ""), OBJECT("helm.sh/chart: a-2", ""), &options, &diff);
    assert_int_equal(diff.count, 1);
    assert_true(diff.items[0].noise);
    assert_false(diff_found(&diff));
    assert_int_equal(diff.counts.noise, 1);
    diff_release(&diff);
    options.noise.off = true;
    compare_texts(OBJECT("helm.sh/chart: a-1", ""), OBJECT("helm.sh/chart: a-2", ""), &options, &diff);
    assert_true(diff_found(&diff));
    diff_release(&diff);
}

static void noise__checksums_are_hidden_beside_what_matters(void **state)
{
    struct diff_options options = {.threads = 1};
    (void)state;
    expect_text("kind: Pod\nmetadata: {name: a, annotations: {checksum/config: x}}\nspec: {size: 1}\n",
                "kind: Pod\nmetadata: {name: a, annotations: {checksum/config: y}}\nspec: {size: 2}\n", &options,
                "~ Pod a\n- spec.size: 1\n+ spec.size: 2\n\n");
}

static void noise__patterns_name_kind_name_and_path(void **state)
{
    static const char *const fitting[] = {"spec.replicas", "Deployment:spec.replicas", "Deployment/a:spec.*", "*:*"};
    static const char *const other[] = {"replicas", "StatefulSet:spec.replicas", "Deployment/b:spec.*"};
    struct diff diff;
    (void)state;
    for (size_t i = 0; i < 7; i++) {
        struct slice pattern = slice_text(i < 4 ? fitting[i] : other[i - 4]);
        struct diff_options options = {.noise = {.patterns = &pattern, .pattern_count = 1}, .threads = 1};
        compare_texts(OBJECT("", "replicas: 1"), OBJECT("", "replicas: 2"), &options, &diff);
        assert_int_equal(diff_found(&diff), i >= 4);
        diff_release(&diff);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(noise__star_is_any_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(noise__chart_version_label_alone_is_no_difference, set_up, tear_down),
        cmocka_unit_test_setup_teardown(noise__checksums_are_hidden_beside_what_matters, set_up, tear_down),
        cmocka_unit_test_setup_teardown(noise__patterns_name_kind_name_and_path, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
