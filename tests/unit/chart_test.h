/*
 * chart_test.h - charts written to a scratch folder, loaded, and shown as JSON
 *
 * A test lists its files, loads the folder `c` and compares values as JSON and diagnostics as text, one entry a line.
 */
#ifndef YARE_TESTS_CHART_TEST_H
#define YARE_TESTS_CHART_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "chart/load.h"
#include "codec/json_write.h"

struct chart_test {
    struct arena arena;
    struct diag diag;
    struct source_set *sources;
    char folder[64];
};

static struct chart_test test;

static inline int set_up(void **state)
{
    (void)state;
    arena_init(&test.arena);
    diag_init(&test.diag);
    test.sources = source_set_new();
    snprintf(test.folder, sizeof test.folder, "/tmp/yare-test-XXXXXX");
    return mkdtemp(test.folder) ? 0 : -1;
}

static inline int tear_down(void **state)
{
    char command[128];
    (void)state;
    arena_release(&test.arena);
    diag_release(&test.diag);
    source_set_free(test.sources);
    snprintf(command, sizeof command, "rm -r %s", test.folder);
    return system(command);
}

/* The path below the scratch folder. */
static inline const char *scratch(const char *path)
{
    return arena_printf(&test.arena, "%s/%s", test.folder, path).ptr;
}

static inline void write_bytes(const char *path, struct slice bytes)
{
    assert_true(file_write(scratch(path), bytes, NULL, &test.diag));
}

static inline void write_text(const char *path, const char *text)
{
    write_bytes(path, slice_text(text));
}

/* Chart.yaml of a chart with that name, in `folder` below the scratch folder; `more` is added. */
static inline void write_chart(const char *folder, const char *name, const char *more)
{
    struct slice text = arena_printf(&test.arena, "apiVersion: v2\nname: %s\nversion: 0.1.0\n%s", name, more);
    write_bytes(arena_printf(&test.arena, "%s/Chart.yaml", folder).ptr, text);
}

static inline struct chart *load(const char *path)
{
    struct chart_load_options options = {.helm3 = false};
    struct chart *chart = NULL;
    assert_true(chart_load(scratch(path), &options, test.sources, &chart, &test.diag));
    return chart;
}

/* All diagnostics, each on a line, the scratch folder as "~". */
static inline const char *messages(void)
{
    struct buffer text = BUFFER_INIT;
    for (const struct diag_entry *entry = test.diag.first; entry; entry = entry->next) {
        struct slice rest = entry->message;
        struct slice folder = slice_text(test.folder);
        if (text.len)
            buffer_add_char(&text, '\n');
        for (size_t at; (at = slice_find(rest, folder)) < rest.len; rest = slice_after(rest, at + folder.len)) {
            buffer_add(&text, slice_part(rest, 0, at));
            buffer_add_char(&text, '~');
        }
        buffer_add(&text, rest);
    }
    return buffer_move(&text, &test.arena).ptr;
}

static inline void expect_load_error(const char *path, const char *message)
{
    struct chart_load_options options = {.helm3 = false};
    struct chart *chart = NULL;
    assert_false(chart_load(scratch(path), &options, test.sources, &chart, &test.diag));
    assert_string_equal(messages(), message);
    diag_clear(&test.diag);
}

static inline const char *as_json(struct value v)
{
    struct buffer text = BUFFER_INIT;
    struct json_write_options options = {.no_html_escape = true};
    struct slice error;
    assert_true(json_write(&text, v, &options, &test.arena, &error));
    return buffer_move(&text, &test.arena).ptr;
}

#endif
