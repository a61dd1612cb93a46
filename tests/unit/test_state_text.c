/*
 * test_state_text.c - parts of a state file and the order of its keys
 */
#include "helmfile/state_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static void state_text__only_a_bare_separator_parts(void **state)
{
    struct slice rest = SLICE("a: 1\n---\nb: 2\n--- # no\nc: 3\n");
    struct slice part;
    (void)state;
    assert_true(state_text_next_part(&rest, &part));
    assert_true(slice_is(part, "a: 1"));
    assert_true(state_text_next_part(&rest, &part));
    assert_true(slice_is(part, "b: 2\n--- # no\nc: 3\n"));
    assert_false(state_text_next_part(&rest, &part));
}

static void state_text__any_separator_ends_a_document(void **state)
{
    struct slice rest = SLICE("b: 2\n--- # no\nc: 3\n");
    struct slice document;
    (void)state;
    assert_true(state_text_next_document(&rest, &document));
    assert_true(slice_is(document, "b: 2\n"));
    assert_true(state_text_next_document(&rest, &document));
    assert_true(slice_is(document, "--- # no\nc: 3\n"));
    assert_false(state_text_next_document(&rest, &document));
}

static void check(const char *text, const char *expected)
{
    struct source_set *sources = source_set_new();
    struct diag diag;
    diag_init(&diag);
    const struct source *source = source_set_add(sources, SLICE("f.yaml"), slice_text(text));
    assert_int_equal(state_text_check(SLICE("f.yaml"), source, &diag), expected == NULL);
    if (expected)
        assert_memory_equal(diag.first->message.ptr, expected, strlen(expected));
    diag_release(&diag);
    source_set_free(sources);
}

static void state_text__order_of_top_level_keys(void **state)
{
    (void)state;
    check("environments: {}\n---\nreleases: []\n", NULL);
    check("bases: []\nreleases: []\n", NULL);
    check("# nothing\n", "no top-level config keys are found in f.yaml");
    check("releases: []\n---\nbases: []\n", "top-level config key bases must be defined before releases in f.yaml");
    check("environments: {}\nreleases: []\n", "environments and releases cannot be defined within the same YAML part");
}

static void state_text__carriage_returns_go(void **state)
{
    struct arena a;
    (void)state;
    arena_init(&a);
    assert_true(slice_is(state_text_normalize(&a, SLICE("a\r\nb\rc\r\n")), "a\nb\rc\n"));
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(state_text__only_a_bare_separator_parts),
        cmocka_unit_test(state_text__any_separator_ends_a_document),
        cmocka_unit_test(state_text__order_of_top_level_keys),
        cmocka_unit_test(state_text__carriage_returns_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
