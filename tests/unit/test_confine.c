/*
 * test_confine.c - nothing leads out of a confined folder
 */
#include "base/confine.h"

#include "chart_test.h"

static bool reads(const struct confine *c, const char *path, const char *expected)
{
    struct slice text;
    bool ok = confine_read(c, path, &test.arena, 0, &text, &test.diag);
    return ok && slice_is(text, expected);
}

static void confine__reads_only_beneath_its_root(void **state)
{
    (void)state;
    struct confine c;
    write_text("root/a/b.txt", "b");
    write_text("outside.txt", "o");
    assert_int_equal(symlink("a/../a/b.txt", scratch("root/inner")), 0);
    assert_int_equal(symlink("../outside.txt", scratch("root/outer")), 0);
    assert_int_equal(symlink(scratch("root/a/b.txt"), scratch("root/absolute")), 0);
    assert_int_equal(symlink("loop", scratch("root/loop")), 0);
    assert_true(confine_open(&c, scratch("root"), &test.diag));
    assert_true(reads(&c, "a/b.txt", "b"));
    assert_true(reads(&c, "a/../inner", "b"));
    assert_false(reads(&c, "../outside.txt", "o"));
    assert_false(reads(&c, "outer", "o"));
    assert_false(reads(&c, "absolute", "b"));
    assert_false(reads(&c, "loop", ""));
    assert_false(reads(&c, "/etc/passwd", ""));
    assert_false(reads(&c, "nope", ""));
    assert_string_equal(test.diag.last->message.ptr, "open nope: no such file or directory");
    confine_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(confine__reads_only_beneath_its_root, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
