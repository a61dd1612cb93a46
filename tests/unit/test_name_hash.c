/*
 * test_name_hash.c - hashes of generated objects' content
 */
#include "kustomize/name_hash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static void assert_hash(const char *object, const char *expected)
{
    struct arena a;
    struct diag diag;
    struct value node;
    struct slice hash;
    arena_init(&a);
    diag_init(&diag);
    const struct placed_text text = {.text = slice_text(object)};
    assert_true(node_read(&a, &text, &node, &diag));
    assert_true(name_hash_of(&a, node, &hash, &diag));
    assert_string_equal(arena_text(&a, hash), expected);
    diag_release(&diag);
    arena_release(&a);
}

static void name_hash__counts_data_alone(void **state)
{
    (void)state;
    assert_hash("{kind: ConfigMap, data: {a: b}}", "4h2mbtbbt6");
    assert_hash("{kind: ConfigMap, metadata: {name: x, labels: {y: z}}, data: {a: b}}", "4h2mbtbbt6");
}

static void name_hash__nothing_has_one_too(void **state)
{
    (void)state;
    assert_hash("{kind: ConfigMap}", "6ct58987ht");
}

static void name_hash__of_a_secret_counts_its_type(void **state)
{
    (void)state;
    assert_hash("{kind: Secret, type: Opaque, data: {a: Yg==}}", "k695gkmbtk");
}

static void name_hash__other_kinds_have_none(void **state)
{
    struct arena a;
    struct diag diag;
    struct slice hash;
    (void)state;
    arena_init(&a);
    diag_init(&diag);
    assert_false(name_hash_of(&a, node_new_map(&a), &hash, &diag));
    diag_release(&diag);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(name_hash__counts_data_alone),
        cmocka_unit_test(name_hash__nothing_has_one_too),
        cmocka_unit_test(name_hash__of_a_secret_counts_its_type),
        cmocka_unit_test(name_hash__other_kinds_have_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
