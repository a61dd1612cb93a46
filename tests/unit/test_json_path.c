/*
 * test_json_path.c - JSONPath templates, as k8s.io/client-go runs them
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "codec/json_path.h"
#include "codec/json_read.h"

static const char data[] = "{\"a\":{\"b\":1,\"c\":[10,20,30]},\"list\":[{\"n\":\"x\",\"v\":1},{\"n\":\"y\",\"v\":2}],"
                           "\"empty\":[],\"nil\":null,\"on\":true,\"text\":\"t\",\"d.k\":\"dotted\"}";

/* What the template prints; an error between "error: " and the end. */
static void expect(const char *template, const char *expected)
{
    struct arena a;
    struct value v;
    struct slice error;
    struct buffer out = BUFFER_INIT;
    arena_init(&a);
    assert_true(json_read(&a, NULL, slice_text(data), &v, &error, NULL));
    const struct json_path *path = json_path_parse(&a, slice_text(template), &error);
    if (!path || !json_path_run(path, v, &a, &out, &error))
        buffer_printf(&out, "error: %.*s", SLICE_ARG(error));
    buffer_add_char(&out, '\0');
    assert_string_equal(out.ptr, expected);
    buffer_release(&out);
    arena_release(&a);
}

static void json_path__fields_and_lists(void **state)
{
    (void)state;
    expect("plain {.a.b} {.text}", "plain 1 t");
    expect("{.a.c}", "[10,20,30]");
    expect("{.a.c[0]} {.a.c[-1]} {.a.c[1:]} {.a.c[::2]}", "10 30 20 30 10 30");
    expect("{.a.c[*]}", "10 20 30");
    expect("{.list[*].n}", "x y");
    expect("{.a['b','c']}", "1 [10,20,30]");
    expect("{.a.c[0,2]}", "10 30");
    expect("{['text']}{$.text}{@.text}", "ttt");
    expect("{.d\\.k}", "dotted");
    expect("{.nil}", "null");
    expect("{.a.*}", "1 [10,20,30]");
    expect("{..v}", "1 2");
}

static void json_path__ranges_and_filters(void **state)
{
    (void)state;
    expect("{range .list[*]}{.n}={.v}{\"\\n\"}{end}!", "x=1\ny=2\n!");
    expect("{range .empty[*]}x{end}!", "!");
    expect("{.list[?(@.v==2.0)].n}", "y");
    expect("{.list[?(@.n!='x')].v}", "2");
    expect("{.list[?(@.n)].v}", "1 2");
    expect("{.list[?(@.n>=\"y\")].v}", "2");
    expect("{.list[?(@.v==2)].n}", "error: incompatible types for comparison");
}

static void json_path__literals(void **state)
{
    (void)state;
    expect("{1.5} {true} {-3} {\"a\\tb\"} {'it\\'s'}", "1.5 true -3 a\tb it's");
}

static void json_path__errors(void **state)
{
    (void)state;
    expect("{.nope}", "error: nope is not found");
    expect("{.a.c[5]}", "error: array index out of bounds: index 5, length 3");
    expect("{.a[0]}", "error: map[string]interface {} is not array or slice");
    expect("{.a", "error: unclosed action");
    expect("{.a[}", "error: unterminated array");
    expect("{.a[x]}", "error: invalid array index x");
    expect("{#}", "error: unrecognized character in action: U+0023 '#'");
    expect("{end}", "error: not in range, nothing to end");
    expect("{foo}", "error: unrecognized identifier foo");
    expect("{....a}", "error: invalid multiple recursive descent");
    expect("{.a[?(@.b]}", "error: unterminated filter");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_path__fields_and_lists),
        cmocka_unit_test(json_path__ranges_and_filters),
        cmocka_unit_test(json_path__literals),
        cmocka_unit_test(json_path__errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
