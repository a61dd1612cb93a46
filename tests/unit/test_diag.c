/*
 * test_diag.c - what diagnostics look like
 */
#include "base/diag.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static void diag__shows_place_line_caret_and_notes(void **state)
{
    (void)state;
    struct diag d;
    struct buffer out = BUFFER_INIT;
    struct diag_place nowhere = {NULL, 0, 0, 0};
    diag_init(&d);
    struct source_set *sources = source_set_new();
    const struct source *source = source_set_keep(sources, SLICE("a.yaml"), SLICE("one\n\tport: x\n"));
    assert_false(diag_error(&d, "bad %s", "port"));
    diag_locate(&d, diag_place_at(source, 11, 1));
    diag_note(&d, nowhere, "set here");
    diag_entry_write(d.last, &out);
    assert_string_equal(buffer_move(&out, &d.arena).ptr, "a.yaml:2:8: error: bad port\n"
                                                         "    2 | \tport: x\n"
                                                         "      | \t      ^\n"
                                                         "  note: set here\n");
    source_set_free(sources);
    diag_release(&d);
}

static void diag__caret_counts_characters_not_bytes(void **state)
{
    (void)state;
    struct diag d;
    struct buffer out = BUFFER_INIT;
    diag_init(&d);
    struct source_set *sources = source_set_new();
    const struct source *source = source_set_keep(sources, SLICE("a"), SLICE("\xC3\xA9\xC3\xA9x"));
    diag_error(&d, "bad");
    diag_locate(&d, diag_place_at(source, 4, 1));
    diag_entry_write_excerpt(d.last, &out);
    assert_string_equal(buffer_move(&out, &d.arena).ptr, "    1 | \xC3\xA9\xC3\xA9x\n      |   ^\n");
    source_set_free(sources);
    diag_release(&d);
}

static void diag__append_keeps_order_and_places(void **state)
{
    (void)state;
    struct diag first;
    struct diag second;
    diag_init(&first);
    diag_init(&second);
    diag_warning(&first, "one");
    diag_error(&second, "two");
    diag_append(&first, &second);
    assert_int_equal(first.errors, 1);
    assert_true(slice_is(first.last->message, "two"));
    assert_null(second.first);
    diag_release(&first);
    diag_release(&second);
}

static void diag__nearest_word_is_a_likely_typo(void **state)
{
    (void)state;
    const char *const words[] = {"values", "version", "namespace"};
    assert_string_equal(diag_nearest(SLICE("valeus"), words, 3), "values");
    assert_string_equal(diag_nearest(SLICE("namespce"), words, 3), "namespace");
    assert_null(diag_nearest(SLICE("chart"), words, 3));
    assert_null(diag_nearest(SLICE(""), words, 3));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(diag__shows_place_line_caret_and_notes),
        cmocka_unit_test(diag__caret_counts_characters_not_bytes),
        cmocka_unit_test(diag__append_keeps_order_and_places),
        cmocka_unit_test(diag__nearest_word_is_a_likely_typo),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
