/*
 * test_yaml_skim.c - what skimming says of a document, reading says too
 */
#include "skim_check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* Documents that are skimmed. */
static const char *const plain_documents[] = {
    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  labels:\n    app.kubernetes.io/name: a\ndata:\n"
    "  01-file.conf: |\n    line one: [\n\n      deeper\n    # no comment\n  other: >-\n    folded\n\n  last: \"x\"\n",
    "# comment\napiVersion: apps/v1 # here too\nkind: \"Deployment\"\nmetadata:\n  name: 'a'\n  annotations:\n"
    "    hook: pre-install\n    x: 'it''s'\nspec:\n  replicas: 2\n  template:\n    spec:\n      containers:\n"
    "      - name: c\n        args: [\"a\", b, 1]\n        env:\n        - name: A\n          value: http://h:80/a#b\n"
    "        - {}\n      - name: d\n        command:\n          - sh\n          - -c\n          - |\n"
    "            echo $((1 + 2)); exit\n      volumes: []\n      nodeSelector: {}\n",
    "kind: List\nitems:\n- - a\n  - b\n-\n  x: 1\n-\n- - - c\nmetadata:\n",
    "KIND: 3\nkind: true\nApiVersion: ~\nmetadata: {}\nkind: v1\n",
    "kind: a\nmetadata:\n  name:\n  annotations:\n    hook:\n    other: 12\n",
};

/* Documents that are left to reading, well formed or not. */
static const char *const other_documents[] = {
    "",
    "# nothing\n",
    "text\n",
    "- a\n- b\n",
    "kind: a\n  b\n",
    "kind: a: b\n",
    "kind: \"a\n  b\"\n",
    "a: &x 1\nb: *x\n",
    "a: !!str 1\n",
    "a: {b: c}\n",
    "a: .inf\n",
    "a: -.inf\n",
    "a: [.nan]\n",
    "a: |2\n   b\n",
    "a: |\n   \n  b\n",
    "a: |\n  b\n c\n",
    "a:\tb\n",
    "a: b\tc\n",
    "a: b\r\nc: d\r\n",
    "a: b\n\tc: d\n",
    "a: caf\xC3\xA9\n",
    "a: \"\\x41\"\n",
    "null: a\n",
    "18446744073709551615: a\n",
    "? a\n: b\n",
    "a: b\n---\nc: d\n",
    "a: b\n...\n",
    "a:\n  - b\n  c: d\n",
    "a:\n- b\n c: d\n",
    "a: - b\n",
    "a: b\nc\n",
    "a: 'b' c\n",
    "a: @b\n",
    "a: b #c\nd: %e\n",
    "kind: |\n  a\n",
    "kind: \"a\\n\"\n",
    "kind: [a]\n",
    "kind:\n- a\n",
    "metadata: a\n",
    "metadata:\n- a\n",
    "metadata:\n  annotations:\n    x: [a]\n",
    "metadata:\n  annotations:\n    x:\n      y: z\n",
};

static void yaml_skim__picks_what_is_wanted(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof plain_documents / sizeof plain_documents[0]; i++) {
        bool knows;
        bool agrees = skim_agrees(slice_text(plain_documents[i]), &knows);
        if (!knows || !agrees)
            print_error("document: %s\n", plain_documents[i]);
        assert_true(knows);
        assert_true(agrees);
    }
}

static void yaml_skim__leaves_the_rest_to_reading(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof other_documents / sizeof other_documents[0]; i++) {
        bool knows;
        skim_agrees(slice_text(other_documents[i]), &knows);
        if (knows)
            print_error("document: %s\n", other_documents[i]);
        assert_false(knows);
    }
}

static void yaml_skim__knows_no_level_beyond_its_stack(void **state)
{
    (void)state;
    struct buffer text = BUFFER_INIT;
    bool knows;
    for (size_t depth = 0; depth < 200; depth++) {
        buffer_add_repeated(&text, ' ', depth);
        buffer_add_text(&text, "a:\n");
        assert_true(skim_agrees(buffer_slice(&text), &knows));
        assert_int_equal(knows, depth < 64);
    }
    buffer_release(&text);
}

/* --- documents changed at random ------------------------------------------------------------------------------ */

static uint32_t draw(uint64_t *seed, size_t below)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((*seed >> 33) % below);
}

/* The lines from `from` on, at most `count` of them. */
static struct slice lines_from(struct slice text, size_t from, size_t count)
{
    size_t start = from;
    while (start > 0 && text.ptr[start - 1] != '\n')
        start--;
    size_t end = start;
    for (; count && end < text.len; count--)
        end += slice_find_char(slice_after(text, end), '\n') + 1;
    return slice_part(text, start, end < text.len ? end : text.len);
}

static void remove_bytes(struct buffer *b, size_t at, size_t count)
{
    if (count > b->len - at)
        count = b->len - at;
    memmove(b->ptr + at, b->ptr + at + count, b->len - at - count);
    b->len -= count;
}

/* One small change: what people and templates get wrong, and what nobody would write. */
static void change(struct buffer *b, const char *other, uint64_t *seed)
{
    static const char *const pieces[] = {
        "\n", " ",  "  ", ":",   ": ",  "- ",  "-",  "#",  " #", "\"", "'",  "|\n", ">\n", "[", "]",   "{",       "}",
        ",",  "\t", "&a", "*a",  "!t ", "<<: ", "? ", "%",  "@",  "`",  "\\", "~",   ".",   "0", "null", "---\n", "...\n",
        "\r", "\n\n", ".inf", "\xC3\xA9", "kind: ", "metadata:\n", "\x01"};
    size_t at = b->len ? draw(seed, b->len) : 0;
    switch (draw(seed, 6)) {
    case 0:
        remove_bytes(b, at, 1 + draw(seed, 3));
        break;
    case 1: {
        struct slice lines = lines_from(buffer_slice(b), at, 1 + draw(seed, 2));
        remove_bytes(b, (size_t)(lines.ptr - b->ptr), lines.len);
        break;
    }
    case 2: {
        size_t from = draw(seed, strlen(other));
        struct slice lines = lines_from(slice_text(other), from, 1 + draw(seed, 4));
        struct slice here = lines_from(buffer_slice(b), at, 1);
        buffer_insert(b, (size_t)(here.ptr - b->ptr), lines);
        break;
    }
    case 3: {
        struct slice here = lines_from(buffer_slice(b), at, 1);
        buffer_insert(b, (size_t)(here.ptr - b->ptr), slice_of("      ", 1 + draw(seed, 3)));
        break;
    }
    default:
        buffer_insert(b, at, slice_text(pieces[draw(seed, sizeof pieces / sizeof pieces[0])]));
        break;
    }
}

static const char *draw_document(uint64_t *seed)
{
    return plain_documents[draw(seed, sizeof plain_documents / sizeof plain_documents[0])];
}

static void yaml_skim__agrees_with_reading_whatever_is_changed(void **state)
{
    (void)state;
    const char *wanted = getenv("SKIM_CHANGES"); /* more of them, by hand */
    size_t rounds = wanted ? strtoul(wanted, NULL, 10) : 20000;
    size_t known = 0;
    uint64_t seed = wanted ? rounds : 1;
    struct buffer text = BUFFER_INIT;
    for (size_t i = 0; i < rounds; i++) {
        bool knows;
        buffer_clear(&text);
        buffer_add_text(&text, draw_document(&seed));
        for (size_t n = 1 + draw(&seed, 4); n; n--)
            change(&text, draw_document(&seed), &seed);
        bool agrees = skim_agrees(buffer_slice(&text), &knows);
        if (!agrees)
            print_error("document: %.*s\n", SLICE_ARG(buffer_slice(&text)));
        assert_true(agrees);
        known += knows;
    }
    assert_true(known > rounds / 10);
    buffer_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(yaml_skim__picks_what_is_wanted),
        cmocka_unit_test(yaml_skim__leaves_the_rest_to_reading),
        cmocka_unit_test(yaml_skim__knows_no_level_beyond_its_stack),
        cmocka_unit_test(yaml_skim__agrees_with_reading_whatever_is_changed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
