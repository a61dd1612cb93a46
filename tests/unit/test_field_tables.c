/*
 * test_field_tables.c - the built-in field specs
 */
#include "kustomize/field_tables.h"
#include "kustomize/sort_order.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static void assert_sorted(const struct field_specs *specs)
{
    for (size_t i = 1; i < specs->count; i++)
        assert_false(gvk_is_before(&specs->items[i].gvk, &specs->items[i - 1].gvk));
}

static void field_tables__rows_stand_in_the_order_of_kinds(void **state)
{
    (void)state;
    for (int i = 0; i < FIELD_TABLES; i++)
        assert_sorted(&default_fields[i]);
    for (size_t i = 0; i < default_reference_count; i++) {
        assert_sorted(&default_references[i].referrers);
        if (i > 0)
            assert_false(gvk_is_before(&default_references[i].target, &default_references[i - 1].target));
    }
}

static void field_tables__a_covered_entry_changes_nothing(void **state)
{
    struct arena a;
    struct diag diag;
    struct field_specs specs = {NULL, 0, 0};
    const struct field_spec one_kind = {.gvk = {.kind = SLICE("Deployment")}, .path = SLICE("a/b"), .create = true};
    const struct field_spec all_kinds = {.path = SLICE("a/b"), .create = true};
    (void)state;
    arena_init(&a);
    diag_init(&diag);
    assert_true(field_specs_merge_one(&a, &specs, one_kind, &diag));
    assert_true(field_specs_merge_one(&a, &specs, all_kinds, &diag));
    assert_int_equal(specs.count, 1);
    diag_release(&diag);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(field_tables__rows_stand_in_the_order_of_kinds),
        cmocka_unit_test(field_tables__a_covered_entry_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
