/*
 * kustomize_test.h - a kustomization from texts, and what it builds
 *
 * What the tests expect is what Kustomize 5.7.1 printed for the same files.
 */
#ifndef YARE_KUSTOMIZE_TEST_H
#define YARE_KUSTOMIZE_TEST_H

#include "base/file.h"
#include "kustomize/builder.h"
#include "kustomize/output.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

struct test_file {
    const char *path; /* null ends a list */
    const char *text;
};

/* A folder with these files. */
static inline const char *test_folder(struct arena *a, const struct test_file *files)
{
    char *folder = arena_text(a, SLICE("/tmp/yare-kustomize-XXXXXX"));
    struct diag diag;
    diag_init(&diag);
    assert_non_null(mkdtemp(folder));
    for (const struct test_file *file = files; file->path; file++)
        assert_true(file_write(file_join(a, slice_text(folder), slice_text(file->path)), slice_text(file->text), NULL,
                               &diag));
    diag_release(&diag);
    return folder;
}

static inline void test_folder_remove(struct arena *a, const char *folder)
{
    struct slice command = arena_printf(a, "rm -r '%s'", folder);
    assert_int_equal(system(command.ptr), 0);
}

/* Builds; the text of the objects, or of the error. */
static inline bool test_build(struct arena *a, const struct test_file *files, struct slice *out)
{
    static const struct build_options options = {.order = ORDER_UNSET};
    struct source_set *sources = source_set_new();
    struct resource_map map = {NULL, 0, 0};
    struct buffer text = BUFFER_INIT;
    struct diag diag;
    diag_init(&diag);
    const char *folder = test_folder(a, files);
    bool done = kustomization_build(a, sources, folder, &options, &map, &diag) && output_write(a, &map, &text, &diag);
    test_folder_remove(a, folder);
    *out = done ? buffer_move(&text, a) : arena_slice(a, diag.last->message);
    buffer_release(&text);
    diag_release(&diag);
    source_set_free(sources);
    return done;
}

static inline void assert_builds(const struct test_file *files, const char *expected)
{
    struct arena a;
    struct slice out;
    arena_init(&a);
    bool done = test_build(&a, files, &out);
    assert_string_equal(arena_text(&a, out), expected);
    assert_true(done);
    arena_release(&a);
}

/* The error begins like this; folders in it are those of the test. */
static inline void assert_fails(const struct test_file *files, const char *expected)
{
    struct arena a;
    struct slice out;
    arena_init(&a);
    assert_false(test_build(&a, files, &out));
    assert_string_equal(arena_text(&a, out), expected);
    arena_release(&a);
}

#endif
