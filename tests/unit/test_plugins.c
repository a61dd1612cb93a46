/*
 * test_plugins.c - builtin plugins
 */
#include "kustomize_test.h"

static void plugins__a_prefix_needs_field_specs(void **state)
{
    static const struct test_file files[] = {
        {"kustomization.yaml", "resources: [r.yaml]\n"
         "transformers: [\"{apiVersion: builtin, kind: PrefixTransformer, metadata: {name: p}, prefix: x-}\"]"},
        {"r.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"},
        {NULL, NULL},
    };
    (void)state;
    assert_fails(files, "plugin PrefixTransformer.builtin.[noGrp]/p.[noNs] fails configuration: fieldSpecs is not expected to be nil");
}

static void plugins__numbers_become_texts_of_labels(void **state)
{
    static const struct test_file files[] = {
        {"kustomization.yaml", "resources: [r.yaml]\ntransformers: [t.yaml]"},
        {"t.yaml", "apiVersion: builtin\n"
         "kind: LabelTransformer\n"
         "metadata: {name: l}\n"
         "labels: {a: true, b: 2}\n"
         "fieldSpecs: [{path: metadata/labels, create: true}]\n"},
        {"r.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"},
        {NULL, NULL},
    };
    (void)state;
    assert_builds(files,
                  "apiVersion: v1\n"
                  "kind: ConfigMap\n"
                  "metadata:\n"
                  "  labels:\n"
                  "    a: \"true\"\n"
                  "    b: \"2\"\n"
                  "  name: a\n");
}

static void plugins__a_generator_takes_its_own_name(void **state)
{
    static const struct test_file files[] = {
        {"kustomization.yaml", "generators: [\"{apiVersion: builtin, kind: ConfigMapGenerator, metadata: {name: g}, literals: [a=b]}\"]"},
        {NULL, NULL},
    };
    (void)state;
    assert_builds(files,
                  "apiVersion: v1\n"
                  "data:\n"
                  "  a: b\n"
                  "kind: ConfigMap\n"
                  "metadata:\n"
                  "  name: g-4h2mbtbbt6\n");
}

static void plugins__a_generator_is_no_transformer(void **state)
{
    static const struct test_file files[] = {
        {"kustomization.yaml", "resources: [r.yaml]\n"
         "transformers: [\"{apiVersion: builtin, kind: SecretGenerator, metadata: {name: g}}\"]"},
        {"r.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"},
        {NULL, NULL},
    };
    (void)state;
    assert_fails(files, "plugin SecretGenerator.builtin.[noGrp]/g.[noNs] not a transformer");
}

static void plugins__others_are_not_loaded(void **state)
{
    static const struct test_file files[] = {
        {"kustomization.yaml", "resources: [r.yaml]\n"
         "transformers: [\"{apiVersion: e/v1, kind: Ext, metadata: {name: g}}\"]"},
        {"r.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"},
        {NULL, NULL},
    };
    (void)state;
    assert_fails(files, "external plugins disabled; unable to load external plugin 'Ext'");
}

static void plugins__only_unset_namespaces_are_set(void **state)
{
    static const struct test_file files[] = {
        {"kustomization.yaml", "resources: [r.yaml]\n"
         "transformers: [\"{apiVersion: builtin, kind: NamespaceTransformer, metadata: {name: p, namespace: new}, unsetOnly: true}\"]"},
        {"r.yaml", "apiVersion: v1\n"
         "kind: ConfigMap\n"
         "metadata: {name: a}\n"
         "---\n"
         "apiVersion: v1\n"
         "kind: ConfigMap\n"
         "metadata: {name: b, namespace: old}\n"},
        {NULL, NULL},
    };
    (void)state;
    assert_builds(files,
                  "apiVersion: v1\n"
                  "kind: ConfigMap\n"
                  "metadata:\n"
                  "  name: a\n"
                  "  namespace: new\n"
                  "---\n"
                  "apiVersion: v1\n"
                  "kind: ConfigMap\n"
                  "metadata:\n"
                  "  name: b\n"
                  "  namespace: old\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plugins__a_prefix_needs_field_specs),
        cmocka_unit_test(plugins__numbers_become_texts_of_labels),
        cmocka_unit_test(plugins__a_generator_takes_its_own_name),
        cmocka_unit_test(plugins__a_generator_is_no_transformer),
        cmocka_unit_test(plugins__others_are_not_loaded),
        cmocka_unit_test(plugins__only_unset_namespaces_are_set),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
