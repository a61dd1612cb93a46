/*
 * test_generate.c - the fields configMapGenerator and secretGenerator
 */
#include "kustomize_test.h"

static void generate__text_goes_to_data_and_bytes_to_binary_data(void **state)
{
    static const struct test_file files[] = {
        {"kustomization.yaml", "configMapGenerator: [{name: a, files: [t.txt, k=b.bin]}]"},
        {"t.txt", "x\n"},
        {"b.bin", "\xff"},
        {NULL, NULL},
    };
    (void)state;
    assert_builds(files,
                  "apiVersion: v1\n"
                  "binaryData:\n"
                  "  k: /w==\n"
                  "data:\n"
                  "  t.txt: |\n"
                  "    x\n"
                  "kind: ConfigMap\n"
                  "metadata:\n"
                  "  name: a-2h4944mg89\n");
}

static void generate__secrets_are_base64_of_lines(void **state)
{
    static const struct test_file files[] = {
        {"kustomization.yaml", "secretGenerator: [{name: s, type: t, literals: [a=0123456789012345678901234567890123456789012345678901234567890123456789]}]"},
        {NULL, NULL},
    };
    (void)state;
    assert_builds(files,
                  "apiVersion: v1\n"
                  "data:\n"
                  "  a: |\n"
                  "    MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMT\n"
                  "    IzNDU2Nzg5MDEyMzQ1Njc4OQ==\n"
                  "kind: Secret\n"
                  "metadata:\n"
                  "  name: s-hd577t6885\n"
                  "type: t\n");
}

static void generate__env_lines_lose_leading_blanks_only(void **state)
{
    static const struct test_file files[] = {
        {"kustomization.yaml", "configMapGenerator: [{name: a, env: e}]"},
        {"e", "A=1 \n# c\n  B\nexport C=3\n"},
        {NULL, NULL},
    };
    (void)state;
    assert_builds(files,
                  "apiVersion: v1\n"
                  "data:\n"
                  "  A: '1 '\n"
                  "  B: \"\"\n"
                  "  export C: \"3\"\n"
                  "kind: ConfigMap\n"
                  "metadata:\n"
                  "  name: a-954kctghkb\n");
}

static void generate__one_pair_of_quotes_around_a_literal_goes(void **state)
{
    static const struct test_file files[] = {
        {"kustomization.yaml", "configMapGenerator: [{name: a, literals: ['x=\"q\"', \"y='\", 'z=\"q']}]"},
        {NULL, NULL},
    };
    (void)state;
    assert_builds(files,
                  "apiVersion: v1\n"
                  "data:\n"
                  "  x: q\n"
                  "  \"y\": ''''\n"
                  "  z: '\"q'\n"
                  "kind: ConfigMap\n"
                  "metadata:\n"
                  "  name: a-mg5bt42c48\n");
}

static void generate__local_options_win_and_flags_add_up(void **state)
{
    static const struct test_file files[] = {
        {"kustomization.yaml", "generatorOptions: {labels: {l: g}, immutable: true}\n"
         "configMapGenerator: [{name: a, options: {labels: {l: own}, disableNameSuffixHash: true}}]"},
        {NULL, NULL},
    };
    (void)state;
    assert_builds(files,
                  "apiVersion: v1\n"
                  "immutable: true\n"
                  "kind: ConfigMap\n"
                  "metadata:\n"
                  "  labels:\n"
                  "    l: own\n"
                  "  name: a\n");
}

static void generate__merge_keeps_name_and_adds_keys(void **state)
{
    static const struct test_file files[] = {
        {"kustomization.yaml", "resources: [b]\n"
         "namePrefix: p-\n"
         "configMapGenerator: [{name: a, behavior: merge, literals: [y=2]}]"},
        {"b/kustomization.yaml", "configMapGenerator: [{name: a, literals: [x=1]}]"},
        {NULL, NULL},
    };
    (void)state;
    assert_builds(files,
                  "apiVersion: v1\n"
                  "data:\n"
                  "  x: \"1\"\n"
                  "  \"y\": \"2\"\n"
                  "kind: ConfigMap\n"
                  "metadata:\n"
                  "  name: p-a-gc87g97b68\n");
}

static void generate__replace_drops_keys(void **state)
{
    static const struct test_file files[] = {
        {"kustomization.yaml", "resources: [b]\nconfigMapGenerator: [{name: a, behavior: replace, literals: [y=2]}]"},
        {"b/kustomization.yaml", "configMapGenerator: [{name: a, literals: [x=1], options: {labels: {l: v}}}]"},
        {NULL, NULL},
    };
    (void)state;
    assert_builds(files,
                  "apiVersion: v1\n"
                  "data:\n"
                  "  \"y\": \"2\"\n"
                  "kind: ConfigMap\n"
                  "metadata:\n"
                  "  labels:\n"
                  "    l: v\n"
                  "  name: a-786c7hbck9\n");
}

static void generate__a_key_comes_once(void **state)
{
    static const struct test_file files[] = {
        {"kustomization.yaml", "configMapGenerator: [{name: a, literals: [x=1, x=2]}]"},
        {NULL, NULL},
    };
    (void)state;
    assert_fails(files, "configmap a illegally repeats the key `x`");
}

static void generate__a_literal_has_a_key(void **state)
{
    static const struct test_file files[] = {
        {"kustomization.yaml", "configMapGenerator: [{name: a, literals: [\"=x\"]}]"},
        {NULL, NULL},
    };
    (void)state;
    assert_fails(files, "loading KV pairs: literal sources [=x]: invalid literal source =x, expected key=value");
}

static void generate__a_key_that_reads_as_a_number_fails(void **state)
{
    static const struct test_file files[] = {
        {"kustomization.yaml", "configMapGenerator: [{name: a, literals: [1=x]}]"},
        {NULL, NULL},
    };
    (void)state;
    assert_fails(files, "json: unsupported type: map[interface {}]interface {}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(generate__text_goes_to_data_and_bytes_to_binary_data),
        cmocka_unit_test(generate__secrets_are_base64_of_lines),
        cmocka_unit_test(generate__env_lines_lose_leading_blanks_only),
        cmocka_unit_test(generate__one_pair_of_quotes_around_a_literal_goes),
        cmocka_unit_test(generate__local_options_win_and_flags_add_up),
        cmocka_unit_test(generate__merge_keeps_name_and_adds_keys),
        cmocka_unit_test(generate__replace_drops_keys),
        cmocka_unit_test(generate__a_key_comes_once),
        cmocka_unit_test(generate__a_literal_has_a_key),
        cmocka_unit_test(generate__a_key_that_reads_as_a_number_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
