/*
 * test_template_cache.c - one text under several names
 */
#include "funcs/library.h"
#include "helm/template_cache.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

struct fixture {
    struct arena arena;
    struct diag diag;
    const struct function_table *functions;
    struct template_cache *cache;
};

static int set_up(void **state)
{
    static struct fixture f;
    arena_init(&f.arena);
    diag_init(&f.diag);
    f.functions = library_new(&f.arena, LIBRARY_HELM4);
    f.cache = template_cache_new();
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    template_cache_free(f->cache);
    diag_release(&f->diag);
    arena_release(&f->arena);
    return 0;
}

/* The set of one file. */
static const struct template_set *get(struct fixture *f, const char *name, const char *text)
{
    size_t failed;
    struct chart_file *file = ARENA_NEW(&f->arena, struct chart_file);
    file->bytes = slice_text(text);
    struct template_file item = {slice_text(name), file};
    return template_cache_get(f->cache, &item, 1, f->functions, &failed, &f->diag);
}

static const struct tree *find(const struct template_set *set, const char *name)
{
    return template_set_find(set, slice_text(name));
}

static void template_cache__parses_a_text_once_and_names_it_by_its_file(void **state)
{
    const char *text = "{{ define \"x\" }}a{{ end }}{{ .b }}";
    const struct template_set *first = get(*state, "one/t.yaml", text);
    const struct template_set *second = get(*state, "two/t.yaml", text);
    assert_ptr_not_equal(first, second);
    assert_ptr_equal(find(first, "one/t.yaml")->root, find(second, "two/t.yaml")->root);
    assert_null(find(second, "one/t.yaml"));
    assert_ptr_equal(find(first, "x")->root, find(second, "x")->root);
    assert_true(slice_is(find(first, "x")->file, "one/t.yaml"));
    assert_true(slice_is(find(second, "x")->file, "two/t.yaml"));
}

static void template_cache__errors_name_the_file_that_has_them(void **state)
{
    struct fixture *f = *state;
    const char *text = "{{ if }}";
    assert_null(get(f, "one/t.yaml", text));
    assert_true(slice_is(f->diag.last->message, "template: one/t.yaml:1: missing value for if"));
    assert_null(get(f, "two/t.yaml", text));
    assert_true(slice_is(f->diag.last->message, "template: two/t.yaml:1: missing value for if"));
}

static void template_cache__text_that_defines_its_own_name_is_parsed_for_it(void **state)
{
    struct fixture *f = *state;
    const char *text = "{{ define \"two/t.yaml\" }}a{{ end }}b";
    assert_non_null(get(f, "one/t.yaml", text));
    assert_null(get(f, "two/t.yaml", text));
    assert_true(slice_is(f->diag.last->message,
                         "template: two/t.yaml:1: template: multiple definition of template \"two/t.yaml\""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(template_cache__parses_a_text_once_and_names_it_by_its_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(template_cache__errors_name_the_file_that_has_them, set_up, tear_down),
        cmocka_unit_test_setup_teardown(template_cache__text_that_defines_its_own_name_is_parsed_for_it, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
