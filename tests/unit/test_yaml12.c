/*
 * test_yaml12.c - YAML as version 1.2 has it: the examples of its core schema (10.3.2), and syntax
 */
#include "codec/yaml12.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void check(const char *text, enum yaml12_kind kind, double number)
{
    struct yaml12_scalar scalar = yaml12_resolve(slice_text(text));
    assert_int_equal(scalar.kind, kind);
    if (kind == YAML12_INT || (kind == YAML12_FLOAT && number == number))
        assert_true(scalar.number == number);
}

static void yaml12__plain_scalars(void **state)
{
    (void)state;
    check("", YAML12_NULL, 0);
    check("~", YAML12_NULL, 0);
    check("nULL", YAML12_STRING, 0);
    check("True", YAML12_BOOL, 0);
    check("no", YAML12_STRING, 0);
    check("on", YAML12_STRING, 0);
    check("0", YAML12_INT, 0);
    check("-19", YAML12_INT, -19);
    check("0755", YAML12_INT, 755);
    check("0o7", YAML12_INT, 7);
    check("0x3A", YAML12_INT, 58);
    check("1_000", YAML12_STRING, 0);
    check("0b1", YAML12_STRING, 0);
    check("1:30", YAML12_STRING, 0);
    check("0.", YAML12_FLOAT, 0);
    check("-0.0", YAML12_FLOAT, 0);
    check(".5", YAML12_FLOAT, 0.5);
    check("+12e03", YAML12_FLOAT, 12000);
    check("1e3", YAML12_FLOAT, 1000);
    check("1e", YAML12_STRING, 0);
    check(".", YAML12_STRING, 0);
    check("-.Inf", YAML12_FLOAT, -1.0 / 0.0);
    check(".NAN", YAML12_FLOAT, 0.0 / 0.0);
    check("2026-01-01", YAML12_STRING, 0);
}

static void yaml12__syntax(void **state)
{
    struct arena a;
    struct yaml12_error error;
    (void)state;
    arena_init(&a);
    assert_true(yaml12_check(&a, SLICE(""), &error));
    assert_true(yaml12_check(&a, SLICE("a: [1, {b: c}]\n---\n- x\n"), &error));
    assert_false(yaml12_check(&a, SLICE("a: [1\n"), &error));
    assert_false(yaml12_check(&a, SLICE("x: 1\ny: \"a\\q\"\n"), &error));
    assert_true(error.message.len > 0);
    assert_int_equal(error.line, 2);
    assert_int_equal(error.column, 6);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(yaml12__plain_scalars),
        cmocka_unit_test(yaml12__syntax),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
