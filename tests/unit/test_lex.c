/*
 * test_lex.c - template text to tokens
 */
#include "base/buffer.h"
#include "template/lex.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static const char *const kind_names[] = {
    [TOKEN_ERROR] = "error",       [TOKEN_BOOL] = "bool",     [TOKEN_CHAR] = "char",
    [TOKEN_CHAR_CONSTANT] = "rune", [TOKEN_COMPLEX] = "complex", [TOKEN_ASSIGN] = "=",
    [TOKEN_DECLARE] = ":=",        [TOKEN_EOF] = "eof",       [TOKEN_FIELD] = "field",
    [TOKEN_IDENTIFIER] = "name",   [TOKEN_LEFT_DELIM] = "{{", [TOKEN_LEFT_PAREN] = "(",
    [TOKEN_NUMBER] = "number",     [TOKEN_PIPE] = "|",        [TOKEN_RAW_STRING] = "raw",
    [TOKEN_RIGHT_DELIM] = "}}",    [TOKEN_RIGHT_PAREN] = ")", [TOKEN_SPACE] = "_",
    [TOKEN_STRING] = "string",     [TOKEN_TEXT] = "text",     [TOKEN_VARIABLE] = "variable",
    [TOKEN_BLOCK] = "block",       [TOKEN_BREAK] = "break",   [TOKEN_CONTINUE] = "continue",
    [TOKEN_DOT] = ".",             [TOKEN_DEFINE] = "define", [TOKEN_ELSE] = "else",
    [TOKEN_END] = "end",           [TOKEN_IF] = "if",         [TOKEN_NIL] = "nil",
    [TOKEN_RANGE] = "range",       [TOKEN_TEMPLATE] = "template", [TOKEN_WITH] = "with",
};

/* The kinds of all tokens, and the texts of those where the text tells more. */
static void expect_tokens(const char *text, const char *expected)
{
    struct arena a;
    struct buffer out = BUFFER_INIT;
    arena_init(&a);
    struct token_list tokens = lex_template(&a, slice_text(text));
    for (size_t i = 0; i < tokens.count; i++) {
        const struct token *t = &tokens.items[i];
        buffer_printf(&out, "%s%s", i ? " " : "", kind_names[t->kind]);
        if (t->kind == TOKEN_TEXT || t->kind == TOKEN_ERROR || t->kind == TOKEN_NUMBER || t->kind == TOKEN_FIELD)
            buffer_printf(&out, "<%.*s>", SLICE_ARG(t->text));
    }
    struct slice got = buffer_move(&out, &a);
    assert_string_equal(got.ptr, expected);
    arena_release(&a);
}

static void lex__text_and_actions_alternate(void **state)
{
    (void)state;
    expect_tokens("", "eof");
    expect_tokens("a", "text<a> eof");
    expect_tokens("a{{.b}}c", "text<a> {{ field<.b> }} text<c> eof");
    expect_tokens("{{ . }}", "{{ _ . _ }} eof");
}

static void lex__trim_markers_cut_neighbouring_blanks(void **state)
{
    (void)state;
    expect_tokens("a \n {{- .b -}} \n c", "text<a> {{ field<.b> }} text<c> eof");
    expect_tokens("a {{-3}}", "text<a > {{ number<-3> }} eof");
    expect_tokens(" {{- /* x */ -}} c", "text<c> eof");
}

static void lex__comments_stand_flush_with_their_delimiters(void **state)
{
    (void)state;
    expect_tokens("{{/* a */}}b", "text<b> eof");
    expect_tokens("{{/* a", "error<unclosed comment>");
    expect_tokens("{{/* a */ }}", "error<comment ends before closing delimiter>");
    expect_tokens("{{ /* a */}}", "{{ _ char char _ name _ char char }} eof");
}

static void lex__numbers_take_every_go_form(void **state)
{
    (void)state;
    expect_tokens("{{0x1F 1_000 1e3 .5 1. 0x1p4}}",
                  "{{ number<0x1F> _ number<1_000> _ number<1e3> _ number<.5> _ number<1.> _ number<0x1p4> }} eof");
    expect_tokens("{{1+2i}}", "{{ complex }} eof");
    expect_tokens("{{3k}}", "{{ error<bad number syntax: \"3k\">");
}

static void lex__strings_end_on_their_line(void **state)
{
    (void)state;
    expect_tokens("{{\"a\\\"b\" `c\nd`}}", "{{ string _ raw }} eof");
    expect_tokens("{{\"a\n\"}}", "{{ error<unterminated quoted string>");
    expect_tokens("{{`a", "{{ error<unterminated raw quoted string>");
}

static void lex__parentheses_must_close_in_the_action(void **state)
{
    (void)state;
    expect_tokens("{{(1)}}", "{{ ( number<1> ) }} eof");
    expect_tokens("{{(1}}", "{{ ( number<1> error<unclosed left paren>");
    expect_tokens("{{1)}}", "{{ number<1> error<unexpected right paren>");
    expect_tokens("{{1", "{{ number<1> error<unclosed action>");
}

static void lex__tokens_know_their_places_behind_trimmed_text(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    struct token_list tokens = lex_template(&a, SLICE("a\n\n{{- 1 -}}\n\n{{ 2 }}"));
    assert_int_equal(tokens.items[1].pos, 3);
    for (size_t i = 0; i < tokens.count; i++) {
        if (slice_is(tokens.items[i].text, "2"))
            assert_int_equal(tokens.items[i].pos, 17);
    }
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lex__text_and_actions_alternate),
        cmocka_unit_test(lex__trim_markers_cut_neighbouring_blanks),
        cmocka_unit_test(lex__comments_stand_flush_with_their_delimiters),
        cmocka_unit_test(lex__numbers_take_every_go_form),
        cmocka_unit_test(lex__strings_end_on_their_line),
        cmocka_unit_test(lex__parentheses_must_close_in_the_action),
        cmocka_unit_test(lex__tokens_know_their_places_behind_trimmed_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
