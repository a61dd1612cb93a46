/*
 * test_yaml_order.c - the order of keys as go-yaml v2.4.3 and v3.0.4 have it
 */
#include "codec_test.h"

#include "codec/yaml_order.h"

static void check_order(const char *const *keys, size_t count, enum yaml_dialect dialect)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < count; k++)
            assert_int_equal(yaml_key_before(slice_text(keys[i]), slice_text(keys[k]), dialect), i < k);
    }
}

static void yaml_order__digits_count_as_numbers(void **state)
{
    (void)state;
    static const char *const keys[] = {"", "-x", ".x", "_x", "1", "9", "10", "A", "B", "Z", "a b", "a-b", "a.b",
                                       "a_b", "a1", "a01", "a2", "a02", "a10", "aa", "b", "x9y", "x10y", "\xC3\xA9"};
    check_order(keys, sizeof keys / sizeof keys[0], YAML_GO_V2);
}

static void yaml_order__v3_puts_a_letter_behind_a_digit_first(void **state)
{
    (void)state;
    assert_true(yaml_key_before(SLICE("a1-"), SLICE("a1b"), YAML_GO_V2));
    assert_true(yaml_key_before(SLICE("a1b"), SLICE("a1-"), YAML_GO_V3));
    assert_true(yaml_key_before(SLICE("a-"), SLICE("ab"), YAML_GO_V3));
}

static void yaml_order__zero_continues_a_number(void **state)
{
    (void)state;
    assert_true(yaml_key_before(SLICE("a1"), SLICE("a10"), YAML_GO_V2));
    assert_true(yaml_key_before(SLICE("a1x"), SLICE("a1y"), YAML_GO_V2));
    assert_true(yaml_key_before(SLICE("a-"), SLICE("a0"), YAML_GO_V2));
    assert_true(yaml_key_before(SLICE("a1-"), SLICE("a10"), YAML_GO_V2));
}

static void yaml_order__many_entries_are_merged(void **state)
{
    (void)state;
    enum { COUNT = 100 };
    struct arena a;
    struct entry entries[COUNT];
    const struct entry *order[COUNT];
    const struct entry *spare[COUNT];
    arena_init(&a);
    for (int i = 0; i < COUNT; i++) {
        entries[i].key = arena_printf(&a, "k%d", (i * 37) % COUNT);
        order[i] = &entries[i];
    }
    yaml_order_entries(order, spare, COUNT, YAML_GO_V2);
    for (int i = 0; i < COUNT; i++)
        assert_string_equal(order[i]->key.ptr, arena_printf(&a, "k%d", i).ptr);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(yaml_order__digits_count_as_numbers),
        cmocka_unit_test(yaml_order__v3_puts_a_letter_behind_a_digit_first),
        cmocka_unit_test(yaml_order__zero_continues_a_number),
        cmocka_unit_test(yaml_order__many_entries_are_merged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
