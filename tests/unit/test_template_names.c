/*
 * test_template_names.c - names that templates mention
 */
#include "report/template_names.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* The use of a dotted path in a text of templates. */
static enum name_use use(const char *text, const char *dotted)
{
    struct arena a;
    struct template_names names;
    struct chart chart;
    struct slice path[8], rest = slice_text(dotted), key;
    size_t count = 0;
    memset(&chart, 0, sizeof chart);
    arena_init(&a);
    while (slice_next_piece(&rest, '.', &key))
        path[count++] = key;
    template_names_collect(&names, &a, &chart);
    template_names_add_text(&names, slice_text(text));
    enum name_use found = template_names_use(&names, path, count);
    arena_release(&a);
    return found;
}

static void template_names__a_chain_in_full_is_read(void **state)
{
    (void)state;
    assert_int_equal(use("{{ .Values.a.b }}", "a.b"), NAME_READ);
    assert_int_equal(use("{{ .Values.a.b }}", "a"), NAME_READ);
    assert_int_equal(use("{{ $.Values.a.b | quote }}", "a.b"), NAME_READ);
    assert_int_equal(use("{{ .root.Values.a }}", "a"), NAME_READ);
    assert_int_equal(use("{{ .Values.a.b }}", "a.c"), NAME_UNKNOWN);
    assert_int_equal(use(".Values.a", "a"), NAME_UNKNOWN);
}

static void template_names__variables_are_followed(void **state)
{
    (void)state;
    assert_int_equal(use("{{ $x := .Values.a }}{{ $x.b }}", "a.b"), NAME_READ);
    assert_int_equal(use("{{ $x := .Values.a }}{{ $y := $x.b }}{{ $y.c }}", "a.b.c"), NAME_READ);
    assert_int_equal(use("{{ $x := .Values.a }}{{ $x.b }}", "a.c"), NAME_UNKNOWN);
    assert_int_equal(use("{{ $x := index .Values .role }}{{ $x.b }}", "b"), NAME_ALIASED);
}

static void template_names__what_is_written_as_a_whole_may_be_read(void **state)
{
    (void)state;
    assert_int_equal(use("{{ toYaml .Values.a }}", "a.b"), NAME_WHOLE);
    assert_int_equal(use("{{ range .Values.a }}{{ end }}", "a.b"), NAME_WHOLE);
    assert_int_equal(use("{{ $x := .Values.a }}{{ toYaml $x }}", "a.b"), NAME_WHOLE);
}

static void template_names__names_of_other_things_count_below_what_is_handed_on(void **state)
{
    (void)state;
    assert_int_equal(use("{{ with .Values.a }}{{ .b }}{{ end }}", "a.b"), NAME_ALIASED);
    assert_int_equal(use("{{ include \"t\" (dict \"keys\" (list \"a.b\") \"v\" .Values.a) }}", "a.b"), NAME_ALIASED);
    assert_int_equal(use("{{ with .Values.a }}{{ .b }}{{ end }}", "a.c"), NAME_UNKNOWN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(template_names__a_chain_in_full_is_read),
        cmocka_unit_test(template_names__variables_are_followed),
        cmocka_unit_test(template_names__what_is_written_as_a_whole_may_be_read),
        cmocka_unit_test(template_names__names_of_other_things_count_below_what_is_handed_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
