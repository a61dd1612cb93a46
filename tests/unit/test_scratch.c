/*
 * test_scratch.c - scratch folders come and go
 */
#include "base/scratch.h"

#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

static void scratch__goes_with_all_that_is_in_it(void **state)
{
    struct arena a;
    struct diag diag;
    struct scratch s;
    const char *path;
    (void)state;
    arena_init(&a);
    diag_init(&diag);
    assert_true(scratch_make(&s, &a, &diag));
    const char *folder = s.path;
    assert_true(scratch_write(&s, &a, SLICE("a/b/c.txt"), SLICE("text"), &path, &diag));
    assert_true(file_exists(path));
    scratch_release(&s);
    assert_null(s.path);
    assert_false(file_exists(folder));
    scratch_release(&s);
    diag_release(&diag);
    arena_release(&a);
}

static void scratch__does_not_follow_links(void **state)
{
    struct arena a;
    struct diag diag;
    struct scratch kept;
    struct scratch s;
    const char *path;
    (void)state;
    arena_init(&a);
    diag_init(&diag);
    assert_true(scratch_make(&kept, &a, &diag) && scratch_make(&s, &a, &diag));
    assert_true(scratch_write(&kept, &a, SLICE("file"), SLICE("text"), &path, &diag));
    assert_int_equal(symlink(kept.path, file_join(&a, slice_text(s.path), SLICE("link"))), 0);
    scratch_release(&s);
    assert_true(file_exists(path));
    scratch_release(&kept);
    diag_release(&diag);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scratch__goes_with_all_that_is_in_it),
        cmocka_unit_test(scratch__does_not_follow_links),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
