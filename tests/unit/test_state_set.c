/*
 * test_state_set.c - --state-values-set
 */
#include "helmfile/state_set.h"

#include "codec/json_write.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

/* What the two options give, as JSON; null: an error. */
static void check(const char *typed, const char *text, const char *expected)
{
    static const struct json_write_options options;
    struct arena a;
    struct diag diag;
    struct source_set *sources = source_set_new();
    struct slice items[] = {slice_text(typed), slice_text(text)};
    struct helmfile_texts typed_texts = {&items[0], typed ? 1 : 0};
    struct helmfile_texts texts = {&items[1], text ? 1 : 0};
    struct buffer json = BUFFER_INIT;
    struct value v;
    struct slice error;
    arena_init(&a);
    diag_init(&diag);
    assert_int_equal(state_set_read(&a, sources, &typed_texts, &texts, &v, &diag), expected != NULL);
    if (expected) {
        assert_true(json_write(&json, v, &options, &a, &error));
        assert_true(slice_is(buffer_slice(&json), expected));
    }
    buffer_release(&json);
    diag_release(&diag);
    arena_release(&a);
    source_set_free(sources);
}

static void state_set__types_are_helmfiles_own(void **state)
{
    (void)state;
    check("a=1,b=007,c=TRUE,d=Null,e=1.5,f=0,g=", NULL,
          "{\"a\":1,\"b\":\"007\",\"c\":true,\"d\":null,\"e\":\"1.5\",\"f\":0,\"g\":\"\"}");
}

static void state_set__paths_make_maps_and_lists(void **state)
{
    (void)state;
    check("a.b=1,a.c=2,l[1].x=y", NULL, "{\"a\":{\"b\":1,\"c\":2},\"l\":[null,{\"x\":\"y\"}]}");
    check("a\\.b=1", NULL, "{\"a.b\":1}");
}

static void state_set__texts_stay_texts(void **state)
{
    (void)state;
    check("a=1", "a=true,b=\"2\"", "{\"a\":\"true\",\"b\":\"\\\"2\\\"\"}");
}

static void state_set__faults(void **state)
{
    (void)state;
    check("a", NULL, NULL);
    check("a=1,a.b=2", NULL, NULL);
    check("a[99999999]=1", NULL, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(state_set__types_are_helmfiles_own),
        cmocka_unit_test(state_set__paths_make_maps_and_lists),
        cmocka_unit_test(state_set__texts_stay_texts),
        cmocka_unit_test(state_set__faults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
