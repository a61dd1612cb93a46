/*
 * test_name_refs.c - references follow names that change
 */
#include "kustomize_test.h"

static void name_refs__hash_reaches_a_pod(void **state)
{
    static const struct test_file files[] = {
        {"kustomization.yaml", "resources: [p.yaml]\nconfigMapGenerator: [{name: a, literals: [x=1]}]"},
        {"p.yaml", "apiVersion: v1\n"
         "kind: Pod\n"
         "metadata: {name: p}\n"
         "spec: {containers: [{name: c, image: i, envFrom: [{configMapRef: {name: a}}]}]}\n"},
        {NULL, NULL},
    };
    (void)state;
    assert_builds(files,
                  "apiVersion: v1\n"
                  "data:\n"
                  "  x: \"1\"\n"
                  "kind: ConfigMap\n"
                  "metadata:\n"
                  "  name: a-hmg6f82fh6\n"
                  "---\n"
                  "apiVersion: v1\n"
                  "kind: Pod\n"
                  "metadata:\n"
                  "  name: p\n"
                  "spec:\n"
                  "  containers:\n"
                  "  - envFrom:\n"
                  "    - configMapRef:\n"
                  "        name: a-hmg6f82fh6\n"
                  "    image: i\n"
                  "    name: c\n");
}

static void name_refs__prefixes_of_overlays_add_up(void **state)
{
    static const struct test_file files[] = {
        {"kustomization.yaml", "resources: [b]\nnamePrefix: o-"},
        {"b/kustomization.yaml", "resources: [r.yaml]\nnamePrefix: b-\nnameSuffix: -z"},
        {"b/r.yaml", "apiVersion: v1\n"
         "kind: Pod\n"
         "metadata: {name: p}\n"
         "spec: {containers: [{name: c, image: i, envFrom: [{configMapRef: {name: a}}]}]}\n"
         "---\n"
         "apiVersion: v1\n"
         "kind: ConfigMap\n"
         "metadata: {name: a}\n"},
        {NULL, NULL},
    };
    (void)state;
    assert_builds(files,
                  "apiVersion: v1\n"
                  "kind: ConfigMap\n"
                  "metadata:\n"
                  "  name: o-b-a-z\n"
                  "---\n"
                  "apiVersion: v1\n"
                  "kind: Pod\n"
                  "metadata:\n"
                  "  name: o-b-p-z\n"
                  "spec:\n"
                  "  containers:\n"
                  "  - envFrom:\n"
                  "    - configMapRef:\n"
                  "        name: o-b-a-z\n"
                  "    image: i\n"
                  "    name: c\n");
}

static void name_refs__the_base_with_the_same_prefix_is_meant(void **state)
{
    static const struct test_file files[] = {
        {"kustomization.yaml", "resources: [l, r]"},
        {"l/kustomization.yaml", "resources: [r.yaml]\nnamePrefix: l-"},
        {"l/r.yaml", "apiVersion: v1\n"
         "kind: Pod\n"
         "metadata: {name: p}\n"
         "spec: {containers: [{name: c, image: i, envFrom: [{configMapRef: {name: a}}]}]}\n"
         "---\n"
         "apiVersion: v1\n"
         "kind: ConfigMap\n"
         "metadata: {name: a}\n"},
        {"r/kustomization.yaml", "resources: [r.yaml]\nnamePrefix: r-"},
        {"r/r.yaml", "apiVersion: v1\n"
         "kind: Pod\n"
         "metadata: {name: p}\n"
         "spec: {containers: [{name: c, image: i, envFrom: [{configMapRef: {name: a}}]}]}\n"
         "---\n"
         "apiVersion: v1\n"
         "kind: ConfigMap\n"
         "metadata: {name: a}\n"},
        {NULL, NULL},
    };
    (void)state;
    assert_builds(files,
                  "apiVersion: v1\n"
                  "kind: ConfigMap\n"
                  "metadata:\n"
                  "  name: l-a\n"
                  "---\n"
                  "apiVersion: v1\n"
                  "kind: ConfigMap\n"
                  "metadata:\n"
                  "  name: r-a\n"
                  "---\n"
                  "apiVersion: v1\n"
                  "kind: Pod\n"
                  "metadata:\n"
                  "  name: l-p\n"
                  "spec:\n"
                  "  containers:\n"
                  "  - envFrom:\n"
                  "    - configMapRef:\n"
                  "        name: l-a\n"
                  "    image: i\n"
                  "    name: c\n"
                  "---\n"
                  "apiVersion: v1\n"
                  "kind: Pod\n"
                  "metadata:\n"
                  "  name: r-p\n"
                  "spec:\n"
                  "  containers:\n"
                  "  - envFrom:\n"
                  "    - configMapRef:\n"
                  "        name: r-a\n"
                  "    image: i\n"
                  "    name: c\n");
}

static void name_refs__another_namespace_is_not_looked_at(void **state)
{
    static const struct test_file files[] = {
        {"kustomization.yaml", "resources: [r.yaml]\nnamePrefix: x-"},
        {"r.yaml", "apiVersion: v1\n"
         "kind: ConfigMap\n"
         "metadata: {name: a, namespace: other}\n"
         "---\n"
         "apiVersion: v1\n"
         "kind: Pod\n"
         "metadata: {name: p}\n"
         "spec: {containers: [{name: c, image: i, envFrom: [{configMapRef: {name: a}}]}]}\n"},
        {NULL, NULL},
    };
    (void)state;
    assert_builds(files,
                  "apiVersion: v1\n"
                  "kind: ConfigMap\n"
                  "metadata:\n"
                  "  name: x-a\n"
                  "  namespace: other\n"
                  "---\n"
                  "apiVersion: v1\n"
                  "kind: Pod\n"
                  "metadata:\n"
                  "  name: x-p\n"
                  "spec:\n"
                  "  containers:\n"
                  "  - envFrom:\n"
                  "    - configMapRef:\n"
                  "        name: a\n"
                  "    image: i\n"
                  "    name: c\n");
}

static void name_refs__subjects_get_name_and_namespace(void **state)
{
    static const struct test_file files[] = {
        {"kustomization.yaml", "resources: [r.yaml]\nnamePrefix: x-\nnamespace: ns"},
        {"r.yaml", "apiVersion: v1\n"
         "kind: ServiceAccount\n"
         "metadata: {name: s}\n"
         "---\n"
         "apiVersion: rbac.authorization.k8s.io/v1\n"
         "kind: RoleBinding\n"
         "metadata: {name: b}\n"
         "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: r}\n"
         "subjects: [{kind: ServiceAccount, name: s}]\n"},
        {NULL, NULL},
    };
    (void)state;
    assert_builds(files,
                  "apiVersion: v1\n"
                  "kind: ServiceAccount\n"
                  "metadata:\n"
                  "  name: x-s\n"
                  "  namespace: ns\n"
                  "---\n"
                  "apiVersion: rbac.authorization.k8s.io/v1\n"
                  "kind: RoleBinding\n"
                  "metadata:\n"
                  "  name: x-b\n"
                  "  namespace: ns\n"
                  "roleRef:\n"
                  "  apiGroup: rbac.authorization.k8s.io\n"
                  "  kind: Role\n"
                  "  name: r\n"
                  "subjects:\n"
                  "- kind: ServiceAccount\n"
                  "  name: x-s\n"
                  "  namespace: ns\n");
}

static void name_refs__a_custom_resource_stays(void **state)
{
    static const struct test_file files[] = {
        {"kustomization.yaml", "resources: [r.yaml]\nnamePrefix: x-"},
        {"r.yaml", "apiVersion: v1\n"
         "kind: ConfigMap\n"
         "metadata: {name: a}\n"
         "---\n"
         "apiVersion: e/v1\n"
         "kind: X\n"
         "metadata: {name: c}\n"
         "spec: {configMap: a}\n"},
        {NULL, NULL},
    };
    (void)state;
    assert_builds(files,
                  "apiVersion: v1\n"
                  "kind: ConfigMap\n"
                  "metadata:\n"
                  "  name: x-a\n"
                  "---\n"
                  "apiVersion: e/v1\n"
                  "kind: X\n"
                  "metadata:\n"
                  "  name: x-c\n"
                  "spec:\n"
                  "  configMap: a\n");
}

static void name_refs__a_role_ref_says_its_kind(void **state)
{
    static const struct test_file files[] = {
        {"kustomization.yaml", "resources: [r.yaml]\nnamePrefix: x-"},
        {"r.yaml", "apiVersion: rbac.authorization.k8s.io/v1\n"
         "kind: ClusterRole\n"
         "metadata: {name: r}\n"
         "---\n"
         "apiVersion: rbac.authorization.k8s.io/v1\n"
         "kind: RoleBinding\n"
         "metadata: {name: b}\n"
         "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: r}\n"},
        {NULL, NULL},
    };
    (void)state;
    assert_builds(files,
                  "apiVersion: rbac.authorization.k8s.io/v1\n"
                  "kind: ClusterRole\n"
                  "metadata:\n"
                  "  name: x-r\n"
                  "---\n"
                  "apiVersion: rbac.authorization.k8s.io/v1\n"
                  "kind: RoleBinding\n"
                  "metadata:\n"
                  "  name: x-b\n"
                  "roleRef:\n"
                  "  apiGroup: rbac.authorization.k8s.io\n"
                  "  kind: Role\n"
                  "  name: r\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(name_refs__hash_reaches_a_pod),
        cmocka_unit_test(name_refs__prefixes_of_overlays_add_up),
        cmocka_unit_test(name_refs__the_base_with_the_same_prefix_is_meant),
        cmocka_unit_test(name_refs__another_namespace_is_not_looked_at),
        cmocka_unit_test(name_refs__subjects_get_name_and_namespace),
        cmocka_unit_test(name_refs__a_custom_resource_stays),
        cmocka_unit_test(name_refs__a_role_ref_says_its_kind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
