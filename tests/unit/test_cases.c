/*
 * test_cases.c - case and wrapping functions, against what Helm 4.1.4 printed
 */
#include "function_test.h"

#include "funcs/groups.h"

static void cases__upper_and_lower_map_single_characters(void **state)
{
    (void)state;
    GIVES("upper", "\"ﬁ I I\"", S("ﬁ ı i"));
    GIVES("upper", "\"ΑΒΓ ΑΒΓΣ\"", S("ΑΒΓ αβγς"));
    GIVES("lower", "\"ασ σασ\"", S("ΑΣ ΣΑΣ"));
}

static void cases__title_begins_words_after_any_separator(void **state)
{
    (void)state;
    GIVES("title", "\"It'S A-B_c D.E\"", S("it's a-b_c d.e"));
    GIVES("title", "\"HELLO WORLD\"", S("HELLO wORLD"));
    GIVES("title", "\"ǅabc Élan\"", S("ǆabc élan"));
}

static void cases__untitle_begins_words_after_space(void **state)
{
    (void)state;
    GIVES("untitle", "\"éa ñb\"", S("Éa Ñb"));
    GIVES("untitle", "\"  hello-World\"", S("  Hello-World"));
}

static void cases__swapcase(void **state)
{
    (void)state;
    GIVES("swapcase", "\"Ab Cd\\teF ǆ\"", S("aB cD\tEf ǅ"));
    GIVES("swapcase", "\"hELLO wORLD 1Éé\"", S("Hello World 1éÉ"));
}

static void cases__initials_are_bytes(void **state)
{
    (void)state;
    GIVES("initials", "\"SGH\"", S("Second Go Here"));
    GIVES("initials", "\"ÃÃ\"", S("éa ñb"));
    GIVES("initials", "\"\"", S(""));
}

static void cases__snakecase_splits_words(void **state)
{
    (void)state;
    GIVES("snakecase", "\"http_server\"", S("HTTPServer"));
    GIVES("snakecase", "\"a1_b2\"", S("a1B2"));
    GIVES("snakecase", "\"html5_page\"", S("HTML5Page"));
    GIVES("snakecase", "\"i_ds\"", S("IDs"));
    GIVES("snakecase", "\"foo_2bar\"", S("foo2bar"));
    GIVES("snakecase", "\"k_8s_cluster\"", S("k8sCluster"));
    GIVES("snakecase", "\"v1.2_beta\"", S("v1.2Beta"));
    GIVES("snakecase", "\"i_pv4_address\"", S("IPv4Address"));
    GIVES("snakecase", "\"_foo__bar_\"", S(" foo  bar "));
    GIVES("snakecase", "\"日本_foo_語_1a\"", S("日本Foo語1a"));
    GIVES("snakecase", "\"\"", S(""));
    GIVES("kebabcase", "\"last-order\"", S("LastOrder"));
}

static void cases__camelcase_drops_connectors(void **state)
{
    (void)state;
    GIVES("camelcase", "\"HttpServerX\"", S("http-server x"));
    GIVES("camelcase", "\"AllCaps\"", S("ALL_CAPS"));
    GIVES("camelcase", "\"Httpserver\"", S("HTTPServer"));
    GIVES("camelcase", "\"HttpServerURL\"", S("httpServerURL"));
    GIVES("camelcase", "\"_FooBar\"", S("_foo_bar"));
    GIVES("camelcase", "\"A_B\"", S("a__b"));
    GIVES("camelcase", "\"_A_\"", S("_a_"));
    GIVES("camelcase", "\" A\"", S(" a"));
    GIVES("camelcase", "\"\"", S(""));
}

static void cases__camelcase_doubles_the_last_of_only_connectors(void **state)
{
    (void)state;
    GIVES("camelcase", "\"__\"", S("_"));
    GIVES("camelcase", "\"-__\"", S("-_"));
}

static void cases__wrap_breaks_at_spaces(void **state)
{
    (void)state;
    GIVES("wrap", "\"the quick\\nbrown fox\\njumps\"", I(10), S("the quick brown fox jumps"));
    GIVES("wrap", "\"a  b   c  \\ndddddddd e\"", I(10), S("a  b   c    dddddddd e"));
    GIVES("wrap", "\"abcdefghij\\nklm\"", I(5), S("abcdefghij klm"));
    GIVES("wrap", "\"abcdefghij\"", I(5), S("abcdefghij"));
    GIVES("wrap", "\"abc\\ndef\"", I(-5), S("abc def"));
    GIVES("wrap", "\"\"", I(5), S(""));
}

static void cases__wrap_with_cuts_long_words(void **state)
{
    (void)state;
    GIVES("wrapWith", "\"a|b|c\"", I(0), S("|"), S("ab c"));
    GIVES("wrapWith", "\"abc\\ndef\\ng h\"", I(3), S(""), S("abcdefg h"));
    GIVES("wrapWith", "\"Going\\tround\\tagain\"", I(5), S("\t"), S("Going round again"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases__upper_and_lower_map_single_characters),
        cmocka_unit_test(cases__title_begins_words_after_any_separator),
        cmocka_unit_test(cases__untitle_begins_words_after_space),
        cmocka_unit_test(cases__swapcase),
        cmocka_unit_test(cases__initials_are_bytes),
        cmocka_unit_test(cases__snakecase_splits_words),
        cmocka_unit_test(cases__camelcase_drops_connectors),
        cmocka_unit_test(cases__camelcase_doubles_the_last_of_only_connectors),
        cmocka_unit_test(cases__wrap_breaks_at_spaces),
        cmocka_unit_test(cases__wrap_with_cuts_long_words),
    };
    test.table = functions_cases;
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
