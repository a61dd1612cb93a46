/*
 * test_random.c - random functions, with and without a seed
 */
#include "funcs/random.h"
#include "funcs/groups.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct arena arena;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

/* Calls a function of one or two int arguments. */
static bool draw(struct function_host *host, const char *name, int64_t a, int64_t b, struct value *out)
{
    struct value args[] = {value_int(a), value_int(b)};
    struct call call = {.name = name, .args = args, .count = 2, .arena = &arena, .host = host};
    for (const struct function *f = functions_random; f->name; f++)
        if (strcmp(f->name, name) == 0)
            return f->fn(&call, out);
    fail();
    return false;
}

static void random__a_seed_repeats_the_stream(void **state)
{
    (void)state;
    struct function_host one = {.seeded = true, .seed = 7}, again = one, other = {.seeded = true, .seed = 8};
    struct value a, b, c, d;
    assert_true(draw(&one, "randAlphaNum", 20, 0, &a));
    assert_true(draw(&one, "randAlphaNum", 20, 0, &d));
    assert_true(draw(&again, "randAlphaNum", 20, 0, &b));
    assert_true(draw(&other, "randAlphaNum", 20, 0, &c));
    assert_true(slice_equal(value_slice(a), value_slice(b)));
    assert_false(slice_equal(value_slice(a), value_slice(c)));
    assert_false(slice_equal(value_slice(a), value_slice(d)));
}

static void random__system_bytes_differ(void **state)
{
    (void)state;
    struct function_host host = {.seeded = false};
    struct value a, b;
    assert_true(draw(&host, "randBytes", 16, 0, &a));
    assert_true(draw(&host, "randBytes", 16, 0, &b));
    assert_int_equal(a.len, 24);
    assert_false(slice_equal(value_slice(a), value_slice(b)));
}

static void random__texts_keep_to_their_set(void **state)
{
    (void)state;
    struct function_host host = {.seeded = true, .seed = 1};
    struct value v;
    assert_true(draw(&host, "randNumeric", 200, 0, &v));
    assert_int_equal(v.len, 200);
    for (uint32_t i = 0; i < v.len; i++)
        assert_in_range(v.s[i], '0', '9');
    assert_true(draw(&host, "randAscii", 200, 0, &v));
    for (uint32_t i = 0; i < v.len; i++)
        assert_in_range(v.s[i], ' ', '~');
    assert_true(draw(&host, "randAlphaNum", -1, 0, &v));
    assert_int_equal(v.len, 0);
}

static void random__numbers_keep_to_their_range(void **state)
{
    (void)state;
    struct function_host host = {.seeded = true, .seed = 1};
    struct value v;
    bool seen[3] = {false};
    for (int i = 0; i < 200; i++) {
        assert_true(draw(&host, "randInt", -1, 2, &v));
        assert_true(v.i >= -1 && v.i < 2);
        seen[v.i + 1] = true;
    }
    assert_true(seen[0] && seen[1] && seen[2]);
    assert_false(draw(&host, "randInt", 3, 3, &v));
    assert_false(draw(&host, "randInt", INT64_MIN, INT64_MAX, &v));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(random__a_seed_repeats_the_stream, setup, teardown),
        cmocka_unit_test_setup_teardown(random__system_bytes_differ, setup, teardown),
        cmocka_unit_test_setup_teardown(random__texts_keep_to_their_set, setup, teardown),
        cmocka_unit_test_setup_teardown(random__numbers_keep_to_their_range, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
