/*
 * test_accumulate.c - components, order and origins
 */
#include "kustomize_test.h"

static void accumulate__components_work_on_what_is_there(void **state)
{
    static const struct test_file files[] = {
        {"kustomization.yaml", "resources: [r.yaml]\ncomponents: [c]\nnamePrefix: top-"},
        {"r.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"},
        {"c/kustomization.yaml", "apiVersion: kustomize.config.k8s.io/v1alpha1\n"
         "kind: Component\n"
         "namePrefix: comp-\n"
         "resources: [r.yaml]"},
        {"c/r.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\n"},
        {NULL, NULL},
    };
    (void)state;
    assert_builds(files,
                  "apiVersion: v1\n"
                  "kind: ConfigMap\n"
                  "metadata:\n"
                  "  name: top-comp-a\n"
                  "---\n"
                  "apiVersion: v1\n"
                  "kind: ConfigMap\n"
                  "metadata:\n"
                  "  name: top-comp-b\n");
}

static void accumulate__origins_tell_file_and_generator(void **state)
{
    static const struct test_file files[] = {
        {"kustomization.yaml", "resources: [b]\n"
         "buildMetadata: [originAnnotations, transformerAnnotations]\n"
         "namePrefix: x-"},
        {"b/kustomization.yaml", "resources: [r.yaml]\nconfigMapGenerator: [{name: g}]"},
        {"b/r.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"},
        {NULL, NULL},
    };
    (void)state;
    assert_builds(files,
                  "apiVersion: v1\n"
                  "kind: ConfigMap\n"
                  "metadata:\n"
                  "  annotations:\n"
                  "    alpha.config.kubernetes.io/transformations: |\n"
                  "      - configuredIn: kustomization.yaml\n"
                  "        configuredBy:\n"
                  "          apiVersion: builtin\n"
                  "          kind: PrefixTransformer\n"
                  "    config.kubernetes.io/origin: |\n"
                  "      path: b/r.yaml\n"
                  "  name: x-a\n"
                  "---\n"
                  "apiVersion: v1\n"
                  "kind: ConfigMap\n"
                  "metadata:\n"
                  "  annotations:\n"
                  "    alpha.config.kubernetes.io/transformations: |\n"
                  "      - configuredIn: kustomization.yaml\n"
                  "        configuredBy:\n"
                  "          apiVersion: builtin\n"
                  "          kind: PrefixTransformer\n"
                  "    config.kubernetes.io/origin: |\n"
                  "      configuredIn: b/kustomization.yaml\n"
                  "      configuredBy:\n"
                  "        apiVersion: builtin\n"
                  "        kind: ConfigMapGenerator\n"
                  "  name: x-g-6ct58987ht\n");
}

static void accumulate__labels_that_share_a_node_change_together(void **state)
{
    static const struct test_file files[] = {
        {"kustomization.yaml", "resources: [b]\nlabels: [{pairs: {app: new}}]"},
        {"b/kustomization.yaml", "resources: [r.yaml]\nlabels: [{pairs: {app: old}, includeSelectors: true}]"},
        {"b/r.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: s}\n"},
        {NULL, NULL},
    };
    (void)state;
    assert_builds(files,
                  "apiVersion: v1\n"
                  "kind: Service\n"
                  "metadata:\n"
                  "  labels:\n"
                  "    app: new\n"
                  "  name: s\n"
                  "spec:\n"
                  "  selector:\n"
                  "    app: new\n");
}

static void accumulate__replicas_need_a_match(void **state)
{
    static const struct test_file files[] = {
        {"kustomization.yaml", "resources: [r.yaml]\nreplicas: [{name: zz, count: 1}]"},
        {"r.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"},
        {NULL, NULL},
    };
    (void)state;
    assert_fails(files, "resource with name zz does not match a config with the following GVK [Deployment.[noVer].[noGrp] StatefulSet.[noVer].[noGrp] ReplicaSet.[noVer].[noGrp] ReplicationController.[noVer].[noGrp]]");
}

static void accumulate__fifo_keeps_the_order(void **state)
{
    static const struct test_file files[] = {
        {"kustomization.yaml", "resources: [r.yaml]\nsortOptions: {order: fifo}"},
        {"r.yaml", "apiVersion: v1\n"
         "kind: Service\n"
         "metadata: {name: s}\n"
         "---\n"
         "apiVersion: v1\n"
         "kind: ConfigMap\n"
         "metadata: {name: a}\n"},
        {NULL, NULL},
    };
    (void)state;
    assert_builds(files,
                  "apiVersion: v1\n"
                  "kind: Service\n"
                  "metadata:\n"
                  "  name: s\n"
                  "---\n"
                  "apiVersion: v1\n"
                  "kind: ConfigMap\n"
                  "metadata:\n"
                  "  name: a\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accumulate__components_work_on_what_is_there),
        cmocka_unit_test(accumulate__origins_tell_file_and_generator),
        cmocka_unit_test(accumulate__labels_that_share_a_node_change_together),
        cmocka_unit_test(accumulate__replicas_need_a_match),
        cmocka_unit_test(accumulate__fifo_keeps_the_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
