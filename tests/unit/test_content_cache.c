/*
 * test_content_cache.c - what was fetched is found again, whole or not at all
 */
#include "chart_test.h"

#include "base/digest.h"
#include "fetch/content_cache.h"

static struct content_cache cache_here(void)
{
    return (struct content_cache){scratch("content")};
}

static void content_cache__keeps_by_checksum(void **state)
{
    struct content_cache cache = cache_here();
    struct slice sum = digest_hex(&test.arena, DIGEST_SHA256, SLICE("bytes"));
    struct slice bytes;
    const char *path;
    (void)state;
    assert_false(content_cache_get(&cache, &test.arena, sum, ".chart", &bytes, &path));
    assert_true(content_cache_put(&cache, &test.arena, sum, ".chart", SLICE("bytes"), &path, &test.diag));
    assert_true(content_cache_get(&cache, &test.arena, sum, ".chart", &bytes, &path));
    assert_string_equal(bytes.ptr, "bytes");
    assert_false(content_cache_get(&cache, &test.arena, sum, ".prov", &bytes, &path));
    assert_false(content_cache_get(&cache, &test.arena, SLICE("../../etc/passwd"), ".chart", &bytes, &path));
}

static void content_cache__a_damaged_file_is_not_there(void **state)
{
    struct content_cache cache = cache_here();
    struct slice sum = digest_hex(&test.arena, DIGEST_SHA256, SLICE("bytes"));
    struct slice bytes;
    const char *path;
    (void)state;
    assert_true(content_cache_put(&cache, &test.arena, sum, ".chart", SLICE("bytes"), &path, &test.diag));
    assert_true(file_write(path, SLICE("byt"), NULL, &test.diag));
    assert_false(content_cache_get(&cache, &test.arena, sum, ".chart", &bytes, &path));
    assert_true(file_write(path, SLICE(""), NULL, &test.diag));
    assert_false(content_cache_get(&cache, &test.arena, sum, ".chart", &bytes, &path));
}

static void content_cache__notes_what_a_place_had(void **state)
{
    struct content_cache cache = cache_here();
    struct slice sum = digest_hex(&test.arena, DIGEST_SHA256, SLICE("bytes"));
    struct slice recalled;
    (void)state;
    assert_false(content_cache_recall(&cache, &test.arena, SLICE("https://x/y.tgz"), &recalled));
    content_cache_note(&cache, SLICE("https://x/y.tgz"), sum);
    assert_true(content_cache_recall(&cache, &test.arena, SLICE("https://x/y.tgz"), &recalled));
    assert_true(slice_equal(recalled, sum));
    assert_false(content_cache_recall(&cache, &test.arena, SLICE("https://x/z.tgz"), &recalled));
}

static void content_cache__a_cache_that_cannot_be_written_to_is_none(void **state)
{
    struct content_cache cache = {"/proc/none"};
    struct file_lock lock;
    const char *path;
    (void)state;
    content_cache_lock(&cache, SLICE("x"), &lock);
    assert_int_equal(lock.fd, -1);
    file_lock_release(&lock);
    assert_false(content_cache_put(&cache, &test.arena, digest_hex(&test.arena, DIGEST_SHA256, SLICE("b")), ".chart",
                                   SLICE("b"), &path, &test.diag));
}

static void file_lock__is_held_by_one(void **state)
{
    struct file_lock first = FILE_LOCK_INIT;
    struct file_lock second = FILE_LOCK_INIT;
    (void)state;
    assert_true(file_lock_acquire(&first, scratch("lock"), 1, &test.diag));
    assert_false(file_lock_acquire(&second, scratch("lock"), 0, &test.diag));
    file_lock_release(&first);
    assert_true(file_lock_acquire(&second, scratch("lock"), 0, &test.diag));
    file_lock_release(&second);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(content_cache__keeps_by_checksum, set_up, tear_down),
        cmocka_unit_test_setup_teardown(content_cache__a_damaged_file_is_not_there, set_up, tear_down),
        cmocka_unit_test_setup_teardown(content_cache__notes_what_a_place_had, set_up, tear_down),
        cmocka_unit_test_setup_teardown(content_cache__a_cache_that_cannot_be_written_to_is_none, set_up, tear_down),
        cmocka_unit_test_setup_teardown(file_lock__is_held_by_one, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
