/*
 * test_convert.c - casts and equality; expected numbers are what Helm's int, float64, empty and deepEqual gave
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "value/compare.h"
#include "value/complex.h"
#include "value/convert.h"

static void convert__texts_are_read_by_base_0_rules(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t value;
    } cases[] = {
        {"42", 42},  {"-7", -7}, {"0x1F", 31}, {"010", 8}, {"0b11", 3},  {"1_000", 1000}, {"1.0", 1},
        {"1.00", 1}, {"1.", 0},  {"1.9", 0},   {"08", 0},  {"1e3", 0},   {" 5", 0},       {"", 0},
        {".0", 0},   {"10", 10}, {"0.0", 0},   {"000", 0}, {"99999999999999999999", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_true(convert_int64(value_text(cases[i].text)) == cases[i].value);
}

static void convert__numbers_truncate(void **state)
{
    (void)state;
    assert_true(convert_int64(value_float(-1.9)) == -1);
    assert_true(convert_int64(value_float(1e19)) == INT64_MIN);
    assert_true(convert_int64(value_float(NAN)) == INT64_MIN);
    assert_true(convert_int64(value_uint_as(GO_UINT64, UINT64_MAX)) == -1);
    assert_true(convert_int64(value_bool(true)) == 1);
    assert_true(convert_int64(value_nil()) == 0);
    assert_true(convert_int64(value_int_as(GO_MONTH, 3)) == 3);
    assert_true(convert_int64(value_int_as(GO_DURATION, 3)) == 0);
}

static void convert__floats_are_read_by_parsefloat(void **state)
{
    (void)state;
    assert_true(convert_float64(value_text("1e3")) == 1000);
    assert_true(isinf(convert_float64(value_text("inf"))));
    assert_true(convert_float64(value_text("0x10")) == 0);
    assert_true(convert_float64(value_text("1e400")) == 0);
    assert_true(convert_float64(value_int64(7)) == 7);
}

static void convert__empty_is_the_zero_of_its_kind(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    assert_true(convert_is_empty(value_nil()));
    assert_true(convert_is_empty(value_float(-0.0)));
    assert_true(convert_is_empty(value_text("")));
    assert_true(convert_is_empty(value_list(list_nil())));
    assert_true(convert_is_empty(value_complex(&a, 0, 0)));
    assert_false(convert_is_empty(value_complex(&a, 0, 1)));
    assert_false(convert_is_empty(value_text(" ")));
    arena_release(&a);
}

static void convert__strings_of_a_list_leave_out_nil(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    struct list *l = list_new(&a, 3);
    list_add(&a, l, value_int(1));
    list_add(&a, l, value_nil());
    list_add(&a, l, value_text("x"));
    struct value strings = convert_strings(&a, value_list(l));
    assert_int_equal(strings.type, GO_STRINGS);
    assert_int_equal(strings.list->len, 2);
    assert_true(slice_is(value_slice(strings.list->items[0]), "1"));
    assert_int_equal(convert_strings(&a, value_nil()).list->len, 0);
    assert_int_equal(convert_strings(&a, value_float(1.5)).list->len, 1);
    assert_int_equal(convert_strings(&a, value_bytes(SLICE("ab"))).list->len, 2);
    arena_release(&a);
}

static void compare__types_must_be_the_same(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    assert_false(value_deep_equal(value_int(1), value_int64(1)));
    assert_false(value_deep_equal(value_int(1), value_float(1)));
    assert_false(value_deep_equal(value_float(NAN), value_float(NAN)));
    assert_false(value_deep_equal(value_list(list_new(&a, 0)), value_list(list_nil())));
    assert_true(value_deep_equal(value_list(list_new(&a, 0)), value_list(list_new(&a, 3))));
    assert_false(value_deep_equal(value_map(map_new(&a, 0)), value_map_as(GO_VALUES, map_new(&a, 0))));
    assert_true(value_deep_equal(value_complex(&a, 1, 2), value_complex(&a, 1, 2)));
    arena_release(&a);
}

static void compare__values_in_themselves_end(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    struct map *m = map_new(&a, 2), *n = map_new(&a, 2);
    map_set_text(m, "a", value_map(m));
    map_set_text(m, "b", value_map(m));
    map_set_text(n, "a", value_map(n));
    map_set_text(n, "b", value_map(n));
    assert_true(value_deep_equal(value_map(m), value_map(n)));
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(convert__texts_are_read_by_base_0_rules),
        cmocka_unit_test(convert__numbers_truncate),
        cmocka_unit_test(convert__floats_are_read_by_parsefloat),
        cmocka_unit_test(convert__empty_is_the_zero_of_its_kind),
        cmocka_unit_test(convert__strings_of_a_list_leave_out_nil),
        cmocka_unit_test(compare__types_must_be_the_same),
        cmocka_unit_test(compare__values_in_themselves_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
