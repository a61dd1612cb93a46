/*
 * test_images.c - the field images
 */
#include "kustomize_test.h"

static void images__new_tag_drops_a_digest(void **state)
{
    static const struct test_file files[] = {
        {"kustomization.yaml", "resources: [r.yaml]\nimages: [{name: nginx, newTag: \"2\"}]"},
        {"r.yaml", "apiVersion: e/v1\n"
         "kind: X\n"
         "metadata: {name: a}\n"
         "spec: {containers: [{image: \"nginx@sha256:ab\"}]}\n"},
        {NULL, NULL},
    };
    (void)state;
    assert_builds(files,
                  "apiVersion: e/v1\n"
                  "kind: X\n"
                  "metadata:\n"
                  "  name: a\n"
                  "spec:\n"
                  "  containers:\n"
                  "  - image: nginx:2\n");
}

static void images__digest_drops_a_tag(void **state)
{
    static const struct test_file files[] = {
        {"kustomization.yaml", "resources: [r.yaml]\nimages: [{name: nginx, digest: \"sha256:ab\"}]"},
        {"r.yaml", "apiVersion: e/v1\n"
         "kind: X\n"
         "metadata: {name: a}\n"
         "spec: {containers: [{image: \"nginx:1\"}]}\n"},
        {NULL, NULL},
    };
    (void)state;
    assert_builds(files,
                  "apiVersion: e/v1\n"
                  "kind: X\n"
                  "metadata:\n"
                  "  name: a\n"
                  "spec:\n"
                  "  containers:\n"
                  "  - image: nginx@sha256:ab\n");
}

static void images__both_are_written(void **state)
{
    static const struct test_file files[] = {
        {"kustomization.yaml", "resources: [r.yaml]\n"
         "images: [{name: \"r.io:5000/nginx\", newTag: \"2\", digest: \"sha256:ab\"}]"},
        {"r.yaml", "apiVersion: e/v1\n"
         "kind: X\n"
         "metadata: {name: a}\n"
         "spec: {containers: [{image: \"r.io:5000/nginx:1\"}]}\n"},
        {NULL, NULL},
    };
    (void)state;
    assert_builds(files,
                  "apiVersion: e/v1\n"
                  "kind: X\n"
                  "metadata:\n"
                  "  name: a\n"
                  "spec:\n"
                  "  containers:\n"
                  "  - image: r.io:5000/nginx:2@sha256:ab\n");
}

static void images__the_name_is_a_pattern(void **state)
{
    static const struct test_file files[] = {
        {"kustomization.yaml", "resources: [r.yaml]\nimages: [{name: \".*nginx\", newName: n/x}]"},
        {"r.yaml", "apiVersion: e/v1\n"
         "kind: X\n"
         "metadata: {name: a}\n"
         "spec: {containers: [{image: \"docker.io/nginx:1\"}]}\n"},
        {NULL, NULL},
    };
    (void)state;
    assert_builds(files,
                  "apiVersion: e/v1\n"
                  "kind: X\n"
                  "metadata:\n"
                  "  name: a\n"
                  "spec:\n"
                  "  containers:\n"
                  "  - image: n/x:1\n");
}

static void images__another_registry_is_another_image(void **state)
{
    static const struct test_file files[] = {
        {"kustomization.yaml", "resources: [r.yaml]\nimages: [{name: nginx, newTag: \"2\"}]"},
        {"r.yaml", "apiVersion: e/v1\n"
         "kind: X\n"
         "metadata: {name: a}\n"
         "spec: {containers: [{image: \"docker.io/nginx:1\"}]}\n"},
        {NULL, NULL},
    };
    (void)state;
    assert_builds(files,
                  "apiVersion: e/v1\n"
                  "kind: X\n"
                  "metadata:\n"
                  "  name: a\n"
                  "spec:\n"
                  "  containers:\n"
                  "  - image: docker.io/nginx:1\n");
}

static void images__braces_are_part_of_a_tag(void **state)
{
    static const struct test_file files[] = {
        {"kustomization.yaml", "resources: [r.yaml]\nimages: [{name: nginx, newName: yy}]"},
        {"r.yaml", "apiVersion: e/v1\n"
         "kind: X\n"
         "metadata: {name: a}\n"
         "spec: {containers: [{image: \"nginx:{v}\"}]}\n"},
        {NULL, NULL},
    };
    (void)state;
    assert_builds(files,
                  "apiVersion: e/v1\n"
                  "kind: X\n"
                  "metadata:\n"
                  "  name: a\n"
                  "spec:\n"
                  "  containers:\n"
                  "  - image: yy:{v}\n");
}

static void images__a_suffix_is_added_by_both_passes(void **state)
{
    static const struct test_file files[] = {
        {"kustomization.yaml", "resources: [r.yaml]\nimages: [{name: nginx, tagSuffix: -x}]"},
        {"r.yaml", "apiVersion: v1\n"
         "kind: Pod\n"
         "metadata: {name: a}\n"
         "spec: {containers: [{image: \"nginx:1\"}]}\n"},
        {NULL, NULL},
    };
    (void)state;
    assert_builds(files,
                  "apiVersion: v1\n"
                  "kind: Pod\n"
                  "metadata:\n"
                  "  name: a\n"
                  "spec:\n"
                  "  containers:\n"
                  "  - image: nginx:1-x-x\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(images__new_tag_drops_a_digest),
        cmocka_unit_test(images__digest_drops_a_tag),
        cmocka_unit_test(images__both_are_written),
        cmocka_unit_test(images__the_name_is_a_pattern),
        cmocka_unit_test(images__another_registry_is_another_image),
        cmocka_unit_test(images__braces_are_part_of_a_tag),
        cmocka_unit_test(images__a_suffix_is_added_by_both_passes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
