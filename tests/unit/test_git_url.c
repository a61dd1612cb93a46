/*
 * test_git_url.c - URLs of folders in git repositories; expected parts as Kustomize 5.7.1 takes them apart
 */
#include "fetch/git_url.h"

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

/* "repository | path | ref", or the error. */
static const char *parts(const char *text)
{
    struct git_url url;
    struct slice error;
    if (!git_url_parse(&arena, slice_text(text), &url, &error))
        return arena_text(&arena, error);
    return arena_printf(&arena, "%.*s | %.*s | %.*s", SLICE_ARG(url.repository), SLICE_ARG(url.path),
                        SLICE_ARG(url.ref))
        .ptr;
}

static void git_url__hosts_and_paths(void **state)
{
    static const char *const cases[][2] = {
        {"https://github.com/org/repo//path/to?ref=v1", "https://github.com/org/repo | path/to | v1"},
        {"github.com/org/repo/deep/path", "https://github.com/org/repo | deep/path | "},
        {"http://GitHub.com/org/repo", "https://github.com/org/repo |  | "},
        {"git@github.com:org/repo.git/path?ref=main", "git@github.com:org/repo.git | path | main"},
        {"ssh://git@github.com/org/repo//p", "git@github.com:org/repo | p | "},
        {"git::https://host.example/org/repo/p?version=1&ref=2", "https://host.example/org/repo | p | 2"},
        {"https://host.example/a/b/c/d.git/e", "https://host.example/a/b/c/d.git | e | "},
        {"user@host.example:org/repo/x", "user@host.example:org/repo | x | "},
        {"https://me@dev.azure.com/org/project/_git/repo/a/b", "https://me@dev.azure.com/org/project/_git/repo | a/b | "},
        {"file:///srv/repo//base", "file:///srv/repo | base | "},
        {"file:///srv/repo", "file:///srv/repo |  | "},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(parts(cases[i][0]), cases[i][1]);
}

static void git_url__what_is_a_path_of_this_machine(void **state)
{
    (void)state;
    assert_string_equal(parts("../base"), "failed to parse scheme");
    assert_string_equal(parts("/srv/base"), "uri looks like abs path");
    assert_string_equal(parts("deployment.yaml"), "failed to parse scheme");
    assert_string_equal(parts("https://host.example"), "failed to parse repo path segment");
    assert_string_equal(parts("https://host.example/org"), "failed to parse repo path segment");
    assert_string_equal(parts("https://host.example/org/repo//../x"), "url path exits repo");
    assert_string_equal(parts(""), "failed to parse scheme");
}

static void git_url__times_and_submodules(void **state)
{
    struct git_url url;
    struct slice error;
    (void)state;
    assert_true(git_url_parse(&arena, SLICE("https://h/o/r?timeout=61&submodules=false"), &url, &error));
    assert_int_equal(url.timeout / 1000000000, 61);
    assert_false(url.submodules);
    assert_true(git_url_parse(&arena, SLICE("https://h/o/r?timeout=1m30s"), &url, &error));
    assert_int_equal(url.timeout / 1000000000, 90);
    assert_true(url.submodules);
    assert_true(git_url_parse(&arena, SLICE("https://h/o/r?timeout=-5&submodules=maybe"), &url, &error));
    assert_int_equal(url.timeout / 1000000000, 27);
    assert_true(url.submodules);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(git_url__hosts_and_paths),
        cmocka_unit_test(git_url__what_is_a_path_of_this_machine),
        cmocka_unit_test(git_url__times_and_submodules),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
