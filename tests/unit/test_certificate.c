/*
 * test_certificate.c - keys, PEM blocks and certificates
 */
#include "golang/certificate.h"

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

/* A repeatable source: a counter, stirred. */
static void stir(void *context, void *out, size_t size)
{
    uint64_t *counter = context;
    unsigned char *bytes = out;
    for (size_t i = 0; i < size; i++) {
        *counter += 0x9E3779B97F4A7C15;
        uint64_t z = (*counter ^ *counter >> 30) * 0xBF58476D1CE4E5B9;
        bytes[i] = (unsigned char)(z >> 56);
    }
}

static struct private_key made(enum private_key_kind kind, int bits, uint64_t seed)
{
    struct random_source source = {stir, &seed};
    struct private_key key;
    assert_true(private_key_generate(&arena, kind, bits, &source, &key));
    return key;
}

static void private_key__repeats_and_reads_back(void **state)
{
    (void)state;
    static const enum private_key_kind kinds[] = {KEY_RSA, KEY_ECDSA, KEY_ED25519};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        struct private_key key = made(kinds[i], 1024, 1), again = made(kinds[i], 1024, 1), read;
        struct slice error;
        assert_true(slice_equal(key.der, again.der));
        assert_false(slice_equal(key.der, made(kinds[i], 1024, 2).der));
        assert_true(private_key_parse(&arena, private_key_pem(&arena, &key), &read, &error));
        assert_int_equal(read.kind, kinds[i]);
        assert_true(slice_equal(read.der, key.der));
    }
}

static const char *parse_error(const char *pem)
{
    struct private_key key;
    struct slice error;
    assert_false(private_key_parse(&arena, slice_text(pem), &key, &error));
    return arena_text(&arena, error);
}

static void private_key__faults(void **state)
{
    (void)state;
    assert_string_equal(parse_error("notpem"), "no PEM data in input");
    assert_string_equal(parse_error("-----BEGIN X-----\nAA==\n-----END X-----\n"),
                        "no private key data in PEM block of type X");
    assert_string_equal(parse_error("-----BEGIN X PRIVATE KEY-----\nAA==\n-----END X PRIVATE KEY-----\n"),
                        "invalid private key type X");
}

static void pem__blocks(void **state)
{
    (void)state;
    struct slice type, der;
    struct slice text = pem_encode(&arena, "T", SLICE("hello"));
    assert_true(slice_is(text, "-----BEGIN T-----\naGVsbG8=\n-----END T-----\n"));
    assert_true(pem_decode(&arena, arena_concat(&arena, SLICE("text before\n"), text), &type, &der));
    assert_true(slice_is(type, "T") && slice_is(der, "hello"));
    assert_false(pem_decode(&arena, SLICE("-----BEGIN T-----\naGVsbG8=\n-----END U-----\n"), &type, &der));
    assert_false(pem_decode(&arena, SLICE("-----BEGIN "), &type, &der));
    assert_false(pem_decode(&arena, SLICE("x-----BEGIN T-----\naGVsbG8=\n-----END T-----\n"), &type, &der));
}

static void certificate__signed_by_an_authority(void **state)
{
    (void)state;
    uint64_t seed = 3;
    struct random_source source = {stir, &seed};
    struct private_key ca_key = made(KEY_ECDSA, 256, 1), key = made(KEY_ED25519, 256, 2);
    struct certificate_request ca = {.common_name = SLICE("ca"), .not_after = 86400, .is_ca = true};
    struct slice dns = SLICE("a.b");
    struct certificate_request request = {
        .common_name = SLICE("me"), .dns_names = &dns, .dns_count = 1, .not_after = 86400};
    struct certificate_issuer issuer, read;
    struct slice der, error;
    assert_true(certificate_make(&arena, &ca, &ca_key, NULL, &ca_key, &source, &der, &error));
    assert_true(certificate_read(&arena, der, &issuer, &error));
    assert_int_equal(issuer.subject_key_id.len, 20);
    assert_true(certificate_make(&arena, &request, &key, &issuer, &ca_key, &source, &der, &error));
    assert_true(certificate_read(&arena, der, &read, &error));
    assert_int_equal(read.subject_key_id.len, 0);
    assert_false(certificate_make(&arena, &request, &key, &issuer, &key, &source, &der, &error));
    assert_true(slice_is(error, "x509: provided PrivateKey doesn't match parent's PublicKey"));
}

static void certificate__faults(void **state)
{
    (void)state;
    struct certificate_issuer issuer;
    struct slice error;
    assert_false(certificate_read(&arena, SLICE("junk"), &issuer, &error));
    assert_true(slice_is(error, "x509: malformed certificate"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(private_key__repeats_and_reads_back, setup, teardown),
        cmocka_unit_test_setup_teardown(private_key__faults, setup, teardown),
        cmocka_unit_test_setup_teardown(pem__blocks, setup, teardown),
        cmocka_unit_test_setup_teardown(certificate__signed_by_an_authority, setup, teardown),
        cmocka_unit_test_setup_teardown(certificate__faults, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
