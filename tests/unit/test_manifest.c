/*
 * test_manifest.c - splitting rendered files, reading heads, ordering kinds
 */
#include "base/buffer.h"
#include "helm/hooks.h"
#include "helm/kind_order.h"
#include "helm/manifest.h"
#include "helm/manifest_head.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static bool add_document(void *context, struct slice document)
{
    struct buffer *out = context;
    buffer_printf(out, "[%.*s]", SLICE_ARG(document));
    return true;
}

static void expect_split(const char *text, const char *expected)
{
    struct arena a;
    struct buffer out = BUFFER_INIT;
    arena_init(&a);
    manifest_split(slice_text(text), add_document, &out);
    assert_string_equal(buffer_move(&out, &a).ptr, expected);
    arena_release(&a);
}

/* Section 6.1 of the Helm sheet, each seen in Helm 4.1.4. */
static void split__needs_nothing_after_the_dashes(void **state)
{
    (void)state;
    expect_split("---\na: 1\n---\nb: 2\n", "[a: 1][b: 2]");
    expect_split("a: 1\n---x: 1", "[a: 1][x: 1]");
    expect_split("a: 1\n--- # c\nb: 2", "[a: 1][# c\nb: 2]");
    expect_split("a: |\n  x\n  ---\n  y", "[a: |\n  x\n  ---\n  y]");
}

static void split__separator_right_after_another_is_text(void **state)
{
    (void)state;
    expect_split("a: 1\n---\n---\nb: 2", "[a: 1][---\nb: 2]");
    expect_split("a: 1\n---\n---\n---\nb: 2", "[a: 1][---][b: 2]");
    expect_split("", "");
    expect_split("---", "");
}

static void head__keys_match_in_any_case_and_scalars_become_text(void **state)
{
    (void)state;
    struct arena a;
    struct manifest_head head;
    struct yaml_error error;
    arena_init(&a);
    assert_true(manifest_head_read(&a, SLICE("Kind: 5\napiVersion: v1\nmetadata: {name: true, annotations: "
                                             "{helm.sh/hook: test}}"),
                                   false, &head, &error));
    assert_true(slice_is(head.kind, "5"));
    assert_true(slice_is(head.name, "true"));
    assert_true(head.has_hook && slice_is(head.hook, "test"));
    arena_release(&a);
}

static void expect_head_error(const char *document, const char *expected)
{
    struct arena a;
    struct manifest_head head;
    struct yaml_error error;
    arena_init(&a);
    assert_false(manifest_head_read(&a, slice_text(document), false, &head, &error));
    assert_string_equal(arena_text(&a, error.message), expected);
    arena_release(&a);
}

static void head__wrong_types_have_gos_words(void **state)
{
    (void)state;
    expect_head_error("[a]", "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value "
                             "of type util.SimpleHead");
    expect_head_error("kind: [a]", "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go "
                                   "struct field SimpleHead.kind of type string");
    expect_head_error("metadata: {annotations: [a]}",
                      "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go struct field "
                      ".metadata.annotations of type map[string]string");
}

static void hooks__any_unknown_event_spoils_the_list(void **state)
{
    (void)state;
    uint32_t events;
    assert_true(hooks_read(SLICE("pre-install, Post-Upgrade"), &events));
    assert_int_equal(events, HOOK_PRE_INSTALL | HOOK_POST_UPGRADE);
    assert_true(hooks_read(SLICE("test-success"), &events));
    assert_int_equal(events, HOOK_TEST);
    assert_false(hooks_read(SLICE("pre-install,crd-install"), &events));
    assert_false(hooks_read(SLICE(""), &events));
}

static void kinds__unknown_ones_come_last_by_name(void **state)
{
    (void)state;
    assert_true(kind_compare(SLICE("Namespace"), SLICE("Service"), false) < 0);
    assert_true(kind_compare(SLICE("Ingress"), SLICE(""), false) < 0);
    assert_true(kind_compare(SLICE("Aa"), SLICE("Bb"), false) < 0);
    assert_int_equal(kind_compare(SLICE("Service"), SLICE("Service"), false), 0);
    assert_true(kind_compare(SLICE("MutatingWebhookConfiguration"), SLICE("Aa"), false) < 0);
    assert_true(kind_compare(SLICE("MutatingWebhookConfiguration"), SLICE("Aa"), true) > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(split__needs_nothing_after_the_dashes),
        cmocka_unit_test(split__separator_right_after_another_is_text),
        cmocka_unit_test(head__keys_match_in_any_case_and_scalars_become_text),
        cmocka_unit_test(head__wrong_types_have_gos_words),
        cmocka_unit_test(hooks__any_unknown_event_spoils_the_list),
        cmocka_unit_test(kinds__unknown_ones_come_last_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
