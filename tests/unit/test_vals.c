/*
 * test_vals.c - references to secrets
 */
#include "helmfile/vals.h"

#include "value/format.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

struct run {
    struct arena arena;
    struct diag diag;
    struct source_set *sources;
    struct helmfile_options options;
    struct helmfile helmfile;
};

static void begin(struct run *r, bool allow_exec)
{
    memset(r, 0, sizeof *r);
    arena_init(&r->arena);
    diag_init(&r->diag);
    r->sources = source_set_new();
    r->options.allow_exec = allow_exec;
    helmfile_init(&r->helmfile, &r->arena, r->sources, &r->options);
}

static void end(struct run *r)
{
    source_set_free(r->sources);
    diag_release(&r->diag);
    arena_release(&r->arena);
}

static void expect(struct run *r, const char *text, const char *wanted)
{
    struct value v;
    struct buffer out = BUFFER_INIT;
    assert_true(vals_resolve(&r->helmfile, SLICE("."), value_text(text), &v, &r->diag));
    format_value(&out, v);
    buffer_add_char(&out, '\0');
    assert_string_equal(out.ptr, wanted);
    buffer_release(&out);
}

static void vals__resolves_whole_and_parts(void **state)
{
    struct run r;
    (void)state;
    begin(&r, true);
    expect(&r, "ref+echo://a/b", "a/b");
    expect(&r, "before secretref+echo://a/b+ after", "before a/b after");
    expect(&r, "ref+echo://a/b/c#/a/b", "c");
    expect(&r, "ref+echo://ref+echo://inner/value", "inner/value");
    expect(&r, "no-referrer https://host/path", "no-referrer https://host/path");
    end(&r);
}

static void vals__leaves_references_without_leave(void **state)
{
    struct run r;
    (void)state;
    begin(&r, false);
    expect(&r, "ref+echo://a/b", "ref+echo://a/b");
    expect(&r, "ref+echo://c/d", "ref+echo://c/d");
    assert_ptr_equal(r.diag.first, r.diag.last); /* said once */
    assert_int_equal(r.diag.first->severity, DIAG_WARNING);
    end(&r);
}

static void vals__masks_what_was_resolved(void **state)
{
    struct run r;
    struct value v;
    (void)state;
    begin(&r, true);
    struct map *map = map_new(&r.arena, 2);
    map_set_text(map, "open", value_text("text"));
    map_set_text(map, "secret", value_text("ref+echo://a/b"));
    assert_true(vals_resolve(&r.helmfile, SLICE("."), value_map(map), &v, &r.diag));
    v = vals_mask(&r.arena, r.sources, v);
    assert_true(slice_is(value_slice(*map_find_text(v.map, "open")), "text"));
    assert_true(slice_is(value_slice(*map_find_text(v.map, "secret")), "***"));
    end(&r);
}

static void vals__a_missing_file_is_an_error(void **state)
{
    struct run r;
    struct value v;
    (void)state;
    begin(&r, true);
    assert_false(vals_resolve(&r.helmfile, SLICE("."), value_text("ref+file://no/such/file"), &v, &r.diag));
    assert_true(slice_starts(r.diag.last->message, SLICE("expand file://no/such/file: open ")));
    end(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vals__resolves_whole_and_parts),
        cmocka_unit_test(vals__leaves_references_without_leave),
        cmocka_unit_test(vals__masks_what_was_resolved),
        cmocka_unit_test(vals__a_missing_file_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
