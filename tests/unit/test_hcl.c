/*
 * test_hcl.c - values in HCL; what is expected is what Helmfile 1.8.0 made of the same files
 */
#include "helmfile/hcl.h"

#include "codec/json_write.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

struct run {
    struct arena arena;
    struct diag diag;
    struct source_set *sources;
    struct buffer json;
    bool ok;
};

/* Reads up to two files and keeps the values as JSON. */
static void begin(struct run *r, const char *one, const char *two)
{
    static const struct json_write_options options = {.no_html_escape = true};
    struct value v;
    struct slice error;
    memset(r, 0, sizeof *r);
    arena_init(&r->arena);
    diag_init(&r->diag);
    r->sources = source_set_new();
    const struct source *files[] = {source_set_keep(r->sources, SLICE("one.hcl"), slice_text(one)),
                                    source_set_keep(r->sources, SLICE("two.hcl"), slice_text(two ? two : ""))};
    r->ok = hcl_read(&r->arena, files, two ? 2 : 1, &v, &r->diag);
    if (r->ok)
        assert_true(json_write(&r->json, v, &options, &r->arena, &error));
}

static void end(struct run *r)
{
    buffer_release(&r->json);
    source_set_free(r->sources);
    diag_release(&r->diag);
    arena_release(&r->arena);
}

static void expect(const char *one, const char *two, const char *json)
{
    struct run r;
    begin(&r, one, two);
    assert_true(r.ok);
    buffer_add_char(&r.json, '\0');
    assert_string_equal(r.json.ptr, json);
    end(&r);
}

static void expect_error(const char *text, const char *part)
{
    struct run r;
    begin(&r, text, NULL);
    assert_false(r.ok);
    assert_true(slice_find(r.diag.last->message, slice_text(part)) < r.diag.last->message.len);
    assert_non_null(r.diag.last->place.source);
    end(&r);
}

static void hcl__operators_bind_as_in_terraform(void **state)
{
    (void)state;
    expect("values {\n a = 1 + 2 * 3 - 4 / 2\n b = 3 > 2 && !(1 == 2) || false\n c = -7 % 3\n}\n", NULL,
           "{\"a\":5,\"b\":true,\"c\":-1}");
}

static void hcl__values_see_each_other_in_any_order(void **state)
{
    (void)state;
    expect("values {\n c = \"${hv.a}${hv.b}\"\n a = \"x\"\n b = local.l\n}\nlocals {\n l = upper(\"y\")\n}\n", NULL,
           "{\"a\":\"x\",\"b\":\"Y\",\"c\":\"xY\"}");
}

static void hcl__later_files_are_merged_over_earlier_ones(void **state)
{
    (void)state;
    expect("values {\n a = { x = 1, y = [1] }\n n = local.f\n}\nlocals {\n f = \"one\"\n}\n",
           "values {\n a = { y = [2], z = null }\n n = null\n}\n", "{\"a\":{\"x\":1,\"y\":[2],\"z\":null},\"n\":\"one\"}");
}

static void hcl__loops_make_lists_maps_and_texts(void **state)
{
    (void)state;
    expect("values {\n l = [for i, n in [\"a\", \"b\"] : \"${i}${n}\" if n != \"a\"]\n"
           " m = { for n in [\"a\", \"b\"] : n => upper(n) }\n g = { for n in [1, 2] : \"k\" => n... }\n"
           " t = \"%{ for n in [1, 2] ~}  ${n},%{ endfor ~} end\"\n s = [{ n = 1 }, { n = 2 }][*].n\n}\n",
           NULL, "{\"g\":{\"k\":[1,2]},\"l\":[\"1b\"],\"m\":{\"a\":\"A\",\"b\":\"B\"},\"s\":[1,2],\"t\":\"1,2,end\"}");
}

static void hcl__texts_have_escapes_and_heredocs(void **state)
{
    (void)state;
    expect("values {\n a = \"t\\t\\\"q\\\" $${x} \\u00e9\"\n b = <<-E\n    one\n      two\n  E\n}\n", NULL,
           "{\"a\":\"t\\t\\\"q\\\" ${x} é\",\"b\":\"one\\n  two\\n\"}");
}

static void hcl__try_takes_the_first_that_works(void **state)
{
    (void)state;
    expect("values {\n a = try({}.x, \"y\")\n b = can({ k = 1 }.k)\n}\n", NULL, "{\"a\":\"y\",\"b\":true}");
}

static void hcl__errors_name_variable_and_place(void **state)
{
    (void)state;
    expect_error("values {\n x = hv.y\n}\n", "variables \"x\" depend(s) on undefined vars \"y\"");
    expect_error("values {\n x = hv.x\n}\n", "cycle detected: x -> x");
    expect_error("values {\n x = unknown\n}\n", "one.hcl:2,6: Invalid reference");
    expect_error("values {\n x = upper(1, 2)\n}\n", "error when trying to evaluate variable x : one.hcl:2");
    expect_error("values {\n x 1\n}\n", "Argument or block definition required");
    expect_error("other {\n}\n", "Unsupported block type");
    expect_error("values {\n x = \"${1\"\n}\n", "Unterminated template string");
}

static void hcl__deep_nesting_ends_in_an_error(void **state)
{
    char text[4096];
    size_t len = (size_t)snprintf(text, sizeof text, "values {\n x = ");
    (void)state;
    memset(text + len, '[', 2000);
    text[len + 2000] = '\0';
    expect_error(text, "nested too deep");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hcl__operators_bind_as_in_terraform),
        cmocka_unit_test(hcl__values_see_each_other_in_any_order),
        cmocka_unit_test(hcl__later_files_are_merged_over_earlier_ones),
        cmocka_unit_test(hcl__loops_make_lists_maps_and_texts),
        cmocka_unit_test(hcl__texts_have_escapes_and_heredocs),
        cmocka_unit_test(hcl__try_takes_the_first_that_works),
        cmocka_unit_test(hcl__errors_name_variable_and_place),
        cmocka_unit_test(hcl__deep_nesting_ends_in_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
