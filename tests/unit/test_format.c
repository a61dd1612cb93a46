/*
 * test_format.c - values by Go's verbs; each expected text is what Go printed
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "value/complex.h"
#include "value/format.h"

static struct arena arena;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static void check(const char *format, const struct value *args, size_t count, const char *text)
{
    struct buffer b = BUFFER_INIT;
    format_printf(&b, slice_text(format), args, count);
    buffer_add_char(&b, '\0');
    assert_string_equal(b.ptr, text);
    buffer_release(&b);
}

/* [1 a 2.5 <nil> true] */
static struct value a_list(void)
{
    struct list *l = list_new(&arena, 5);
    list_add(&arena, l, value_int(1));
    list_add(&arena, l, value_text("a"));
    list_add(&arena, l, value_float(2.5));
    list_add(&arena, l, value_nil());
    list_add(&arena, l, value_bool(true));
    return value_list(l);
}

static struct value a_map(void)
{
    struct map *m = map_new(&arena, 2);
    map_set_text(m, "m", a_list());
    map_set_text(m, "k", value_int(1));
    return value_map(m);
}

struct collection {
    const char *format;
    const char *list;
    const char *map;
};

static const struct collection collections[] = {
    {"%v", "[1 a 2.5 <nil> true]", "map[k:1 m:[1 a 2.5 <nil> true]]"},
    {"%s", "[%!s(int=1) a %!s(float64=2.5) <nil> %!s(bool=true)]",
     "map[k:%!s(int=1) m:[%!s(int=1) a %!s(float64=2.5) <nil> %!s(bool=true)]]"},
    {"%d", "[1 %!d(string=a) %!d(float64=2.5) <nil> %!d(bool=true)]",
     "map[%!d(string=k):1 %!d(string=m):[1 %!d(string=a) %!d(float64=2.5) <nil> %!d(bool=true)]]"},
    {"%q", "['\\x01' \"a\" %!q(float64=2.5) <nil> %!q(bool=true)]",
     "map[\"k\":'\\x01' \"m\":['\\x01' \"a\" %!q(float64=2.5) <nil> %!q(bool=true)]]"},
    {"%#v", "[]interface {}{1, \"a\", 2.5, interface {}(nil), true}",
     "map[string]interface {}{\"k\":1, \"m\":[]interface {}{1, \"a\", 2.5, interface {}(nil), true}}"},
    {"%T", "[]interface {}", "map[string]interface {}"},
    {"%x", "[1 61 0x1.4p+01 <nil> %!x(bool=true)]", "map[6b:1 6d:[1 61 0x1.4p+01 <nil> %!x(bool=true)]]"},
    {"%w", "%!w([]interface {}=[1 a 2.5 <nil> true])",
     "%!w(map[string]interface {}=map[k:1 m:[1 a 2.5 <nil> true]])"},
};

static void format__verbs_go_down_into_collections(void **state)
{
    (void)state;
    struct value list = a_list(), map = a_map();
    for (size_t i = 0; i < sizeof collections / sizeof collections[0]; i++) {
        check(collections[i].format, &list, 1, collections[i].list);
        check(collections[i].format, &map, 1, collections[i].map);
    }
}

static void format__integers(void **state)
{
    (void)state;
    const struct value a = value_int(65);
    const struct value many[] = {a, a, a, a, a};
    check("%d|%5d|%-5d|%05d|%+d", many, 5, "65|   65|65   |00065|+65");
    check("%x|%#X|%o|%O|%b", many, 5, "41|0X41|101|0o101|1000001");
    check("%c|%q|%U|%#U", many, 4, "A|'A'|U+0041|U+0041 'A'");
}

static void format__floats(void **state)
{
    (void)state;
    const struct value args[] = {value_float(3.14159),  value_float(3.14159), value_float(314.159), value_float(-3.14159),
                                 value_float(1000000), value_float(1),       value_float(1e-7)};
    check("%8.3f|%-8.2f|%+.1e|%08.2f|%g|%#g|%G", args, 7, "   3.142|3.14    |+3.1e+02|-0003.14|1e+06|1.00000|1E-07");
}

static void format__texts(void **state)
{
    (void)state;
    const struct value e = value_text("\xC3\xA9"), eab = value_text("\xC3\xA9" "ab"), hi = value_text("hi!");
    const struct value args[] = {e, e, eab, eab, e, e, e};
    check("%5s|%-5s|%.2s|%5.1s|%q|%+q|%#q", args, 7,
          "    \xC3\xA9|\xC3\xA9    |\xC3\xA9" "a|    \xC3\xA9|\"\xC3\xA9\"|\"\\u00e9\"|`\xC3\xA9`");
    const struct value his[] = {hi, hi, hi, hi, hi, hi};
    check("%x|% x|%#x|% #X|%.2x|%8x", his, 6, "686921|68 69 21|0x686921|0X68 0X69 0X21|6869|  686921");
}

static void format__indexes_and_stars(void **state)
{
    (void)state;
    const struct value ints[] = {value_int(1), value_int(2), value_int(8)};
    check("%[2]d %[1]d %d|%[3]*.[2]*[1]f|%[5]d %[x]d", ints, 3,
          "2 1 2|%!f(int=      01)|%!d(BADINDEX) %!d(BADINDEX)");
    const struct value stars[] = {value_int(5),    value_int(1),    value_int(4),   value_int(2),
                                  value_text("x"), value_float(1.5), value_text("y"), value_int(3)};
    check("%*d|%-*d|%.*f|%*d", stars, 8, "    1|2   |%!(BADPREC)1.500000|%!(BADWIDTH)3");
}

static void format__faults_print_in_their_place(void **state)
{
    (void)state;
    const struct value args[] = {value_int(1), value_nil(), value_text("a")};
    check("%!|%z|%d", args, 1, "%!!(int=1)|%!z(MISSING)|%!d(MISSING)");
    check("%d %", args, 1, "1 %!(NOVERB)");
    check("%.", args, 1, "%!.(int=1)");
    check("%d", args, 3, "1%!(EXTRA <nil>, string=a)");
    check("%d %v %T", (const struct value[]){value_nil(), value_nil(), value_nil()}, 3, "%!d(<nil>) <nil> <nil>");
    check("%5% %99999999d", args, 1, "% %!(NOVERB)%!(EXTRA int=1)");
}

static void format__named_integers_have_texts(void **state)
{
    (void)state;
    const struct value args[] = {value_int_as(GO_DURATION, 1500000000), value_int_as(GO_DURATION, 5),
                                 value_int_as(GO_MONTH, 3), value_int_as(GO_MONTH, 13)};
    check("%v %d %s %v", args, 4, "1.5s 5 March %!Month(13)");
    check("%z", args, 1, "%!z(time.Duration=1500000000)");
}

static void format__complex_numbers(void **state)
{
    (void)state;
    const struct value c = value_complex(&arena, 1.5, -2);
    check("%v %#v %.1f %d", (const struct value[]){c, c, c, c}, 4,
          "(1.5-2i) (1.5-2i) (1.5-2.0i) %!d(complex128=(1.5-2i))");
}

static void format__print_puts_blanks_between_what_is_no_string(void **state)
{
    (void)state;
    const struct value args[] = {value_int(1), value_int(2), value_text("a"), value_int(3), value_nil()};
    struct buffer b = BUFFER_INIT;
    format_print(&b, args, 5);
    format_println(&b, args, 3);
    assert_true(slice_is(buffer_slice(&b), "1 2a3 <nil>1 2 a\n"));
    buffer_release(&b);
}

static void format__a_map_in_itself_ends(void **state)
{
    (void)state;
    struct map *m = map_new(&arena, 2);
    map_set_text(m, "a", value_map(m));
    map_set_text(m, "b", value_map(m));
    struct buffer b = BUFFER_INIT;
    format_value(&b, value_map(m));
    assert_true(b.len > 0);
    buffer_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(format__verbs_go_down_into_collections),
        cmocka_unit_test(format__integers),
        cmocka_unit_test(format__floats),
        cmocka_unit_test(format__texts),
        cmocka_unit_test(format__indexes_and_stars),
        cmocka_unit_test(format__faults_print_in_their_place),
        cmocka_unit_test(format__named_integers_have_texts),
        cmocka_unit_test(format__complex_numbers),
        cmocka_unit_test(format__print_puts_blanks_between_what_is_no_string),
        cmocka_unit_test(format__a_map_in_itself_ends),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
