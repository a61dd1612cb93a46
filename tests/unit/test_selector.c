/*
 * test_selector.c - -l key=value,key!=value
 */
#include "helmfile/selector.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static bool matches(const char *text, const char *label, const char *content)
{
    struct arena a;
    struct diag diag;
    struct selector selector;
    arena_init(&a);
    diag_init(&diag);
    struct map *labels = map_new(&a, 1);
    map_set_text(labels, label, value_text(content));
    assert_true(selector_parse(&a, slice_text(text), &selector, &diag));
    bool result = selector_matches(&selector, value_map(labels));
    diag_release(&diag);
    arena_release(&a);
    return result;
}

static void selector__all_terms_must_hold(void **state)
{
    (void)state;
    assert_true(matches("tier=front", "tier", "front"));
    assert_false(matches("tier=front,name=a", "tier", "front"));
    assert_true(matches("tier=front,name!=a", "tier", "front"));
    assert_false(matches("tier!=front", "tier", "front"));
}

static void selector__missing_label_differs_from_all(void **state)
{
    (void)state;
    assert_true(matches("tier!=front", "name", "a"));
    assert_false(matches("tier=front", "name", "a"));
}

static void selector__malformed_label_is_an_error(void **state)
{
    static const char *const texts[] = {"a", "a=", "=b", "a==b", "a=b,", "a = b", "a=b!c"};
    struct arena a;
    struct diag diag;
    struct selector selector;
    (void)state;
    arena_init(&a);
    diag_init(&diag);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_false(selector_parse(&a, slice_text(texts[i]), &selector, &diag));
    assert_true(slice_is(diag.first->message, "malformed label: a. Expected label in form k=v or k!=v"));
    diag_release(&diag);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(selector__all_terms_must_hold),
        cmocka_unit_test(selector__missing_label_differs_from_all),
        cmocka_unit_test(selector__malformed_label_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
