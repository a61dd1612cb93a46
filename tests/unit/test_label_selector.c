/*
 * test_label_selector.c - Kubernetes label selectors
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kustomize/label_selector.h"

struct row {
    const char *selector;
    const char *labels; /* "a=1 b=2" */
    const char *expected; /* "yes", "no" or an error */
};

static struct map *labels_of(struct arena *a, const char *text)
{
    struct map *labels = map_new(a, 4);
    struct slice rest = slice_text(text);
    struct slice piece;
    while (slice_next_piece(&rest, ' ', &piece)) {
        size_t equals = slice_find_char(piece, '=');
        if (equals < piece.len)
            map_set(labels, slice_part(piece, 0, equals), node_scalar(slice_after(piece, equals + 1)));
    }
    return labels;
}

static void check(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct arena a;
        struct diag diag;
        struct label_selector selector;
        arena_init(&a);
        diag_init(&diag);
        const char *got = "yes";
        if (!label_selector_read(&a, slice_text(rows[i].selector), &selector, &diag))
            got = arena_text(&a, diag.last->message);
        else if (!label_selector_matches(&selector, labels_of(&a, rows[i].labels)))
            got = "no";
        if (strcmp(got, rows[i].expected) != 0)
            print_error("selector: %s, labels: %s\n", rows[i].selector, rows[i].labels);
        assert_string_equal(got, rows[i].expected);
        diag_release(&diag);
        arena_release(&a);
    }
}

#define CHECK(rows) check(rows, sizeof(rows) / sizeof(rows)[0])

static void label_selector__compares_values(void **state)
{
    static const struct row rows[] = {
        {"", "", "yes"},        {"a=1", "a=1", "yes"},       {"a==1", "a=1", "yes"},    {"a=2", "a=1", "no"},
        {"a!=1", "a=1", "no"},  {"a!=1", "b=1", "yes"},      {"a=1,b=2", "a=1", "no"},  {"a=1, b=2", "a=1 b=2", "yes"},
        {"a=", "a=", "yes"},    {"a>1", "a=2", "yes"},       {"a<1", "a=2", "no"},      {"a>1", "a=x", "no"},
        {"a.b/c=1", "a.b/c=1", "yes"},
    };
    (void)state;
    CHECK(rows);
}

static void label_selector__takes_sets(void **state)
{
    static const struct row rows[] = {
        {"a in (1,2)", "a=2", "yes"},    {"a in (1,2)", "a=3", "no"},  {"a notin (1)", "a=1", "no"},
        {"a notin (1)", "b=1", "yes"},   {"a in ()", "a=", "yes"},     {"a in (,1)", "a=", "yes"},
        {"in in (in)", "in=in", "yes"},  {"a in (1,),b", "a= b=1", "yes"},
    };
    (void)state;
    CHECK(rows);
}

static void label_selector__asks_for_keys(void **state)
{
    static const struct row rows[] = {
        {"a", "a=1", "yes"}, {"a", "b=1", "no"}, {"!a", "b=1", "yes"}, {"!a", "a=1", "no"}, {"a,!b", "a=1", "yes"},
    };
    (void)state;
    CHECK(rows);
}

static void label_selector__errors_are_those_of_apimachinery(void **state)
{
    static const struct row rows[] = {
        {",a", "", "found ',', expected: !, identifier, or 'end of string'"},
        {"a,", "", "found '', expected: identifier after ','"},
        {"a b", "", "unable to parse requirement: found 'b', expected: '=', '!=', '==', 'in', notin'"},
        {"!a=1", "", "found '=', expected: ',' or 'end of string'"},
        {"a in 1", "", "unable to parse requirement: found '1' expected: '('"},
        {"a>x", "", "unable to parse requirement: for 'Gt', 'Lt' operators, the value must be an integer"},
    };
    (void)state;
    CHECK(rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(label_selector__compares_values),
        cmocka_unit_test(label_selector__takes_sets),
        cmocka_unit_test(label_selector__asks_for_keys),
        cmocka_unit_test(label_selector__errors_are_those_of_apimachinery),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
