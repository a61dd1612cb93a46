/*
 * test_oci_reference.c - names of things in registries; errors as Helm 4.1.4 printed them
 */
#include "fetch/oci_reference.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct arena arena;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

/* The reference read and written again, or the error. */
static const char *again(const char *text)
{
    struct oci_reference reference;
    struct diag diag;
    diag_init(&diag);
    bool ok = oci_reference_parse(&arena, slice_text(text), &reference, &diag);
    struct slice result = ok ? oci_reference_text(&arena, &reference) : arena_slice(&arena, diag.last->message);
    diag_release(&diag);
    return arena_text(&arena, result);
}

#define DIGEST "sha256:849f9c1635b7bd0fb23c9c4233b16d6365dffa48d630e535189e5472de31a4b4"

static void oci_reference__reads_tags_and_digests(void **state)
{
    (void)state;
    assert_string_equal(again("oci://ghcr.io/org/charts/shop:1.2.3"), "ghcr.io/org/charts/shop:1.2.3");
    assert_string_equal(again("localhost:5000/shop"), "localhost:5000/shop");
    assert_string_equal(again("oci://localhost:5000/shop:1.2.0+build.7"), "localhost:5000/shop:1.2.0_build.7");
    assert_string_equal(again("r.io/shop@" DIGEST), "r.io/shop@" DIGEST);
    assert_string_equal(again("r.io/a__b/c.d/e--f"), "r.io/a__b/c.d/e--f");
}

static void oci_reference__refuses_what_helm_refuses(void **state)
{
    (void)state;
    assert_string_equal(again("oci://127.0.0.1:5100"), "invalid reference: missing registry or repository");
    assert_string_equal(again("oci://r.io/CHARTS/c1"), "invalid reference: invalid repository \"CHARTS/c1\"");
    assert_string_equal(again("oci://r.io/a___b"), "invalid reference: invalid repository \"a___b\"");
    assert_string_equal(again("oci://r.io/a//b"), "invalid reference: invalid repository \"a//b\"");
    assert_string_equal(again("oci://r.io/a/"), "invalid reference: invalid repository \"a/\"");
    assert_string_equal(again("oci://r.io/a:-x"), "invalid reference: invalid tag \"-x\"");
    assert_string_equal(again("oci://r.io/a:^1"), "invalid reference: invalid tag \"^1\"");
    assert_string_equal(again("r.io/a@sha256:12"),
                        "invalid reference: invalid digest \"sha256:12\": invalid checksum digest length");
    assert_string_equal(again("r.io/a@md5:12"),
                        "invalid reference: invalid digest \"md5:12\": unsupported digest algorithm");
    assert_string_equal(again("r.io/a@12"), "invalid reference: invalid digest \"12\": invalid checksum digest format");
}

static void oci_reference__a_login_is_to_a_host(void **state)
{
    struct diag diag;
    (void)state;
    diag_init(&diag);
    assert_true(oci_registry_check(&arena, SLICE("localhost:5000"), &diag));
    assert_false(oci_registry_check(&arena, SLICE("127.0.0.1:5101/charts"), &diag));
    assert_string_equal(arena_text(&arena, diag.last->message),
                        "invalid reference: invalid registry \"127.0.0.1:5101/charts\"");
    diag_release(&diag);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(oci_reference__reads_tags_and_digests),
        cmocka_unit_test(oci_reference__refuses_what_helm_refuses),
        cmocka_unit_test(oci_reference__a_login_is_to_a_host),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
