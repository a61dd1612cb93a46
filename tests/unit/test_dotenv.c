/*
 * test_dotenv.c - env files as kustomize 5.7.1 reads them
 */
#include "codec_test.h"

#include "codec/dotenv.h"

/* Shows the pairs as [key|value] each. */
static bool read_env(struct arena *a, struct slice input, struct buffer *out, struct slice *error)
{
    struct dotenv_pair *pairs;
    size_t count;
    if (!dotenv_read(a, input, &pairs, &count, error))
        return false;
    for (size_t i = 0; i < count; i++)
        buffer_printf(out, "[%.*s|%.*s]", SLICE_ARG(pairs[i].key), SLICE_ARG(pairs[i].value));
    return true;
}

static void dotenv__lines_become_pairs(void **state)
{
    (void)state;
    static const struct codec_row rows[] = {
        {"A=1\nB=x=y\n", "[A|1][B|x=y]"},
        {"\xEF\xBB\xBF" "A=1", "[A|1]"},
        {"  A = 1 \r\n\n# no\n\t#no\nB\n=x\n", "[A | 1 ][B|]"},
        {"export X=\"q\"\n", "[export X|\"q\"]"},
        {"", ""},
        {"A=1\nB=\xff\n", "line [66 61 255] has invalid utf8 bytes : B=\xff"},
    };
    CHECK_ROWS(read_env, rows);
}

static void dotenv__line_of_64_kib_ends_the_reading(void **state)
{
    (void)state;
    struct arena a;
    struct buffer text = BUFFER_INIT;
    struct dotenv_pair *pairs;
    struct slice error;
    size_t count;
    arena_init(&a);
    buffer_add_text(&text, "A=1\nB=");
    buffer_add_repeated(&text, 'x', 65533);
    buffer_add_text(&text, "\nC=3\n");
    assert_true(dotenv_read(&a, buffer_slice(&text), &pairs, &count, &error));
    assert_int_equal(count, 3);
    buffer_insert(&text, 6, SLICE("x"));
    assert_true(dotenv_read(&a, buffer_slice(&text), &pairs, &count, &error));
    assert_int_equal(count, 1);
    buffer_release(&text);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dotenv__lines_become_pairs),
        cmocka_unit_test(dotenv__line_of_64_kib_ends_the_reading),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
