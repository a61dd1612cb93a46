/*
 * test_yaml_scalar.c - what go-yaml v2.4.3 takes scalars for
 */
#include "codec_test.h"

#include "codec/yaml_scalar.h"

static void yaml_scalar__timestamps_are_those_go_parses(void **state)
{
    (void)state;
    static const char *const good[] = {"2001-01-01", "2001-1-1", "2024-02-29", "2001-12-14T21:59:43.10-05:00",
                                       "2001-12-14t21:59:43Z", "2001-12-14 1:2:3", "2001-12-14 21:59:43,5",
                                       "2001-12-14 21:59:43.1234567890123"};
    static const char *const bad[] = {"",           "2001",       "2001-13-01",          "2023-02-29",
                                      "2001-01-32", "2001-01-00", "2001-12-14T21:59:43", "2001-12-14 21:59:43 -5",
                                      "201-01-01",  "2001-01-01x", "2001-12-14 24:00:00", "2001-12-14T1:2:3+5:00"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        assert_true(yaml_scalar_is_timestamp(slice_text(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(yaml_scalar_is_timestamp(slice_text(bad[i])));
}

static void yaml_scalar__kinds_are_kept(void **state)
{
    (void)state;
    assert_int_equal(yaml_scalar_resolve(SLICE("1_000")).i, 1000);
    assert_int_equal(yaml_scalar_resolve(SLICE("18446744073709551615")).kind, VALUE_UINT);
    assert_int_equal(yaml_scalar_resolve(SLICE("18446744073709551616")).kind, VALUE_FLOAT);
    assert_int_equal(yaml_scalar_resolve(SLICE("-9223372036854775808")).i, INT64_MIN);
    assert_int_equal(yaml_scalar_resolve(SLICE("0b+1")).i, 1);
    assert_int_equal(yaml_scalar_resolve(SLICE("-0b11")).i, -3);
    assert_int_equal(yaml_scalar_resolve(SLICE("")).kind, VALUE_NIL);
    assert_int_equal(yaml_scalar_resolve(SLICE("<<")).kind, VALUE_STRING);
    assert_true(yaml_scalar_resolve(SLICE("-.INF")).f < 0);
    assert_true(isnan(yaml_scalar_resolve(SLICE(".NaN")).f));
}

static void yaml_scalar__long_numbers_are_read_too(void **state)
{
    (void)state;
    char digits[200];
    memset(digits, '_', sizeof digits);
    digits[0] = '1';
    digits[199] = '2';
    assert_int_equal(yaml_scalar_resolve(slice_of(digits, sizeof digits)).i, 12);
}

static void yaml_scalar__keys_have_the_text_of_their_kind(void **state)
{
    (void)state;
    struct arena a;
    struct slice text;
    arena_init(&a);
    assert_true(yaml_scalar_key_text(&a, value_float(1.1234567890123), &text));
    assert_true(slice_is(text, "1.1234568"));
    assert_true(yaml_scalar_key_text(&a, value_float(1e300), &text));
    assert_true(slice_is(text, ".inf"));
    assert_true(yaml_scalar_key_text(&a, value_bool(false), &text));
    assert_true(slice_is(text, "false"));
    assert_false(yaml_scalar_key_text(&a, value_nil(), &text));
    assert_false(yaml_scalar_key_text(&a, value_uint_as(GO_UINT64, UINT64_MAX), &text));
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(yaml_scalar__timestamps_are_those_go_parses),
        cmocka_unit_test(yaml_scalar__kinds_are_kept),
        cmocka_unit_test(yaml_scalar__long_numbers_are_read_too),
        cmocka_unit_test(yaml_scalar__keys_have_the_text_of_their_kind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
