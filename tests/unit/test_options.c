/*
 * test_options.c - command lines from tables
 */
#include "cli/options.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

struct parsed {
    struct arena arena;
    struct diag diag;
    struct option_result result;
    bool flag;
    bool other;
    struct slice text;
    struct text_list texts;
    struct text_list commas;
    bool ok;
};

/* Parses the words, which end with a null. */
static void parse(struct parsed *p, char **words)
{
    memset(p, 0, sizeof *p);
    arena_init(&p->arena);
    diag_init(&p->diag);
    const struct option table[] = {
        {.name = "flag", .letter = 'x', .kind = OPTION_FLAG, .target = &p->flag, .help = "a flag"},
        {.name = "other", .letter = 'y', .kind = OPTION_FLAG, .target = &p->other, .help = "a flag"},
        {.name = "text", .letter = 't', .kind = OPTION_TEXT, .target = &p->text, .argument = "text", .help = "a text"},
        {.name = "texts",
         .letter = 's',
         .kind = OPTION_TEXTS,
         .target = &p->texts,
         .argument = "text",
         .help = "texts"},
        {.name = "commas",
         .letter = 'f',
         .kind = OPTION_COMMAS,
         .target = &p->commas,
         .argument = "text",
         .help = "texts"},
        {.name = NULL},
    };
    const struct option *tables[] = {table};
    int count = 0;
    while (words[count])
        count++;
    p->ok = options_parse(&p->arena, tables, 1, count, words, &p->result, &p->diag);
}

static void release(struct parsed *p)
{
    diag_release(&p->diag);
    arena_release(&p->arena);
}

static void options__stand_anywhere_among_arguments(void **state)
{
    (void)state;
    struct parsed p;
    parse(&p, (char *[]){"a", "--flag", "b", "-t", "one", "--text=two", "--", "--flag=false", NULL});
    assert_true(p.ok && p.flag);
    assert_true(slice_is(p.text, "two"));
    assert_int_equal(p.result.arguments.count, 3);
    assert_true(slice_is(p.result.arguments.items[2], "--flag=false"));
    release(&p);
}

static void options__letters_bundle_and_take_the_rest(void **state)
{
    (void)state;
    struct parsed p;
    parse(&p, (char *[]){"-xytone", "-sa", "-s=b", NULL});
    assert_true(p.ok && p.flag && p.other);
    assert_true(slice_is(p.text, "one"));
    assert_true(slice_is(p.texts.items[0], "a"));
    assert_true(slice_is(p.texts.items[1], "b"));
    release(&p);
}

static void options__comma_lists_know_csv_quotes(void **state)
{
    (void)state;
    struct parsed p;
    parse(&p, (char *[]){"-f", "a,\"b,c\"", "--commas", "d", NULL});
    assert_true(p.ok);
    assert_int_equal(p.commas.count, 3);
    assert_true(slice_is(p.commas.items[1], "b,c"));
    release(&p);
}

static void expect_error(char **words, const char *message)
{
    struct parsed p;
    parse(&p, words);
    assert_false(p.ok);
    assert_string_equal(arena_text(&p.arena, p.diag.last->message), message);
    release(&p);
}

static void options__errors_are_those_of_the_peers(void **state)
{
    (void)state;
    expect_error((char *[]){"--foo", NULL}, "unknown flag: --foo");
    expect_error((char *[]){"-xz", NULL}, "unknown shorthand flag: 'z' in -xz");
    expect_error((char *[]){"--text", NULL}, "flag needs an argument: --text");
    expect_error((char *[]){"-t", NULL}, "flag needs an argument: 't' in -t");
    expect_error((char *[]){"--flag=maybe", NULL}, "invalid argument \"maybe\" for \"-x, --flag\" flag: "
                                                   "strconv.ParseBool: parsing \"maybe\": invalid syntax");
}

static void options__unknown_ones_name_the_nearest(void **state)
{
    (void)state;
    struct parsed p;
    parse(&p, (char *[]){"--texst", NULL});
    assert_false(p.ok);
    assert_string_equal(arena_text(&p.arena, p.diag.last->notes->message), "did you mean --text?");
    release(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options__stand_anywhere_among_arguments),
        cmocka_unit_test(options__letters_bundle_and_take_the_rest),
        cmocka_unit_test(options__comma_lists_know_csv_quotes),
        cmocka_unit_test(options__errors_are_those_of_the_peers),
        cmocka_unit_test(options__unknown_ones_name_the_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
