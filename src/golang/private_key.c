/*
 * private_key.c - private keys by way of libcrypto
 *
 * Keys are generated from numbers drawn here and written as DER by hand; what has to be understood (keys of users,
 * public halves, signatures) goes through libcrypto's EVP interface. ECDSA signs with a nonce from the random source.
 */
#include "golang/private_key.h"

#include "golang/der.h"
#include "golang/prime.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

static const unsigned char oid_p256[] = {0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07};

static struct slice bytes_of(const unsigned char *bytes, size_t size)
{
    return slice_of((const char *)bytes, size);
}

/* --- numbers as DER ------------------------------------------------------------------------------------------ */

static struct slice number_bytes(struct arena *a, const BIGNUM *n, int size)
{
    unsigned char *bytes = arena_alloc(a, (size_t)size);
    BN_bn2binpad(n, bytes, size);
    return bytes_of(bytes, (size_t)size);
}

static void add_number(struct arena *a, struct buffer *out, const BIGNUM *n)
{
    der_add_integer(out, number_bytes(a, n, BN_num_bytes(n)));
}

/* SEQUENCE { 0, numbers } */
static struct slice numbers_der(struct arena *a, BIGNUM *const *numbers, size_t count)
{
    struct buffer b = BUFFER_INIT;
    size_t sequence = der_begin(&b, DER_SEQUENCE);
    der_add_integer(&b, slice_of("", 0));
    for (size_t i = 0; i < count; i++)
        add_number(a, &b, numbers[i]);
    der_end(&b, sequence);
    return buffer_move(&b, a);
}

/* --- making -------------------------------------------------------------------------------------------------- */

/* n e d p q and what the Chinese remainder theorem wants. */
static bool generate_rsa(struct arena *a, int bits, const struct random_source *random, BN_CTX *ctx,
                         struct slice *der)
{
    enum { N, E, D, P, Q, DP, DQ, QI, NUMBERS };
    BIGNUM *k[NUMBERS];
    BIGNUM *p1 = BN_CTX_get(ctx), *q1 = BN_CTX_get(ctx), *phi = BN_CTX_get(ctx);
    bool ok = phi != NULL;
    for (int i = 0; i < NUMBERS; i++) {
        k[i] = BN_CTX_get(ctx);
        ok = ok && k[i];
    }
    ok = ok && BN_set_word(k[E], 65537) && random_prime(k[P], bits / 2, 65537, random, ctx);
    do
        ok = ok && random_prime(k[Q], bits / 2, 65537, random, ctx);
    while (ok && BN_cmp(k[P], k[Q]) == 0);
    ok = ok && BN_mul(k[N], k[P], k[Q], ctx) && BN_copy(p1, k[P]) && BN_sub_word(p1, 1) && BN_copy(q1, k[Q]) &&
         BN_sub_word(q1, 1) && BN_mul(phi, p1, q1, ctx) && BN_mod_inverse(k[D], k[E], phi, ctx) &&
         BN_mod(k[DP], k[D], p1, ctx) && BN_mod(k[DQ], k[D], q1, ctx) && BN_mod_inverse(k[QI], k[Q], k[P], ctx);
    if (ok)
        *der = numbers_der(a, k, NUMBERS);
    return ok;
}

/* p = 1 modulo 2q, of 2048 bits. */
static bool find_dsa_modulus(BIGNUM *p, const BIGNUM *q, const struct random_source *random, BN_CTX *ctx)
{
    BIGNUM *double_q = BN_CTX_get(ctx), *rest = BN_CTX_get(ctx);
    if (!rest || !BN_lshift1(double_q, q))
        return false;
    do {
        if (!random_number(p, 2048, 1, true, random) || !BN_mod(rest, p, double_q, ctx) || !BN_sub(p, p, rest) ||
            !BN_add_word(p, 1))
            return false;
    } while (BN_num_bits(p) != 2048 || !is_prime(p, ctx));
    return true;
}

/* A number from 1 up to, not including, `limit`. */
static bool random_in_group(BIGNUM *out, const BIGNUM *limit, const struct random_source *random)
{
    do {
        if (!random_number(out, BN_num_bits(limit), 0, false, random))
            return false;
    } while (BN_is_zero(out) || BN_cmp(out, limit) >= 0);
    return true;
}

static bool generate_dsa(struct arena *a, const struct random_source *random, BN_CTX *ctx, struct slice *der)
{
    enum { P, Q, G, Y, X, NUMBERS };
    BIGNUM *k[NUMBERS];
    BIGNUM *exponent = BN_CTX_get(ctx), *h = BN_CTX_get(ctx);
    bool ok = h != NULL;
    for (int i = 0; i < NUMBERS; i++) {
        k[i] = BN_CTX_get(ctx);
        ok = ok && k[i];
    }
    ok = ok && random_prime(k[Q], 256, 0, random, ctx) && find_dsa_modulus(k[P], k[Q], random, ctx) &&
         BN_copy(exponent, k[P]) && BN_sub_word(exponent, 1) && BN_div(exponent, NULL, exponent, k[Q], ctx) &&
         BN_set_word(h, 1);
    do
        ok = ok && BN_add_word(h, 1) && BN_mod_exp(k[G], h, exponent, k[P], ctx);
    while (ok && BN_is_one(k[G]));
    ok = ok && random_in_group(k[X], k[Q], random) && BN_mod_exp(k[Y], k[G], k[X], k[P], ctx);
    if (ok)
        *der = numbers_der(a, k, NUMBERS);
    return ok;
}

/* SEQUENCE { 1, key, [0] curve, [1] public point } */
static struct slice ecdsa_der(struct arena *a, const BIGNUM *key, struct slice point)
{
    struct buffer b = BUFFER_INIT;
    size_t sequence = der_begin(&b, DER_SEQUENCE);
    der_add_integer(&b, slice_of("\1", 1));
    der_add(&b, DER_OCTET_STRING, number_bytes(a, key, 32));
    size_t curve = der_begin(&b, 0xa0);
    der_add(&b, DER_OID, bytes_of(oid_p256, sizeof oid_p256));
    der_end(&b, curve);
    size_t public = der_begin(&b, 0xa1);
    der_add_bits(&b, point);
    der_end(&b, public);
    der_end(&b, sequence);
    return buffer_move(&b, a);
}

static bool generate_ecdsa(struct arena *a, const struct random_source *random, BN_CTX *ctx, struct slice *der)
{
    unsigned char bytes[65];
    EC_GROUP *group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
    EC_POINT *point = group ? EC_POINT_new(group) : NULL;
    BIGNUM *key = BN_CTX_get(ctx);
    bool ok = point && key && random_in_group(key, EC_GROUP_get0_order(group), random) &&
              EC_POINT_mul(group, point, key, NULL, NULL, ctx) &&
              EC_POINT_point2oct(group, point, POINT_CONVERSION_UNCOMPRESSED, bytes, sizeof bytes, ctx) ==
                  sizeof bytes;
    if (ok)
        *der = ecdsa_der(a, key, bytes_of(bytes, sizeof bytes));
    EC_POINT_free(point);
    EC_GROUP_free(group);
    return ok;
}

static bool generate_ed25519(struct arena *a, const struct random_source *random, struct slice *der)
{
    static const unsigned char head[] = {0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06,
                                         0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20};
    char *bytes = arena_alloc(a, sizeof head + 32);
    memcpy(bytes, head, sizeof head);
    random->draw(random->context, bytes + sizeof head, 32);
    *der = slice_of(bytes, sizeof head + 32);
    return true;
}

bool private_key_generate(struct arena *a, enum private_key_kind kind, int bits, const struct random_source *random,
                          struct private_key *out)
{
    BN_CTX *ctx = BN_CTX_new();
    bool ok = false;
    if (!ctx)
        return false;
    BN_CTX_start(ctx);
    out->kind = kind;
    switch (kind) {
    case KEY_RSA:
        ok = generate_rsa(a, bits, random, ctx, &out->der);
        break;
    case KEY_ECDSA:
        ok = generate_ecdsa(a, random, ctx, &out->der);
        break;
    case KEY_ED25519:
        ok = generate_ed25519(a, random, &out->der);
        break;
    case KEY_DSA:
        ok = generate_dsa(a, random, ctx, &out->der);
        break;
    }
    BN_CTX_end(ctx);
    BN_CTX_free(ctx);
    return ok;
}

/* --- reading and writing ------------------------------------------------------------------------------------- */

static EVP_PKEY *open_key(struct slice der)
{
    const unsigned char *bytes = (const unsigned char *)der.ptr;
    return d2i_AutoPrivateKey(NULL, &bytes, (long)der.len);
}

/* Copies what an i2d function wrote and frees it. */
static bool take_der(struct arena *a, unsigned char *bytes, int size, struct slice *out)
{
    if (size > 0)
        *out = arena_slice(a, bytes_of(bytes, (size_t)size));
    OPENSSL_free(bytes);
    return size > 0;
}

/* The key in the form that Go writes for its kind. False: a kind that Go does not have. */
static bool normalize(struct arena *a, EVP_PKEY *key, struct private_key *out)
{
    unsigned char *bytes = NULL;
    int size;
    switch (EVP_PKEY_get_base_id(key)) {
    case EVP_PKEY_RSA:
        out->kind = KEY_RSA;
        size = i2d_PrivateKey(key, &bytes);
        break;
    case EVP_PKEY_EC:
        out->kind = KEY_ECDSA;
        size = i2d_PrivateKey(key, &bytes);
        break;
    case EVP_PKEY_ED25519: {
        PKCS8_PRIV_KEY_INFO *info = EVP_PKEY2PKCS8(key);
        out->kind = KEY_ED25519;
        size = info ? i2d_PKCS8_PRIV_KEY_INFO(info, &bytes) : 0;
        PKCS8_PRIV_KEY_INFO_free(info);
        break;
    }
    default:
        return false;
    }
    return take_der(a, bytes, size, &out->der);
}

static bool parse_der(struct arena *a, struct slice der, struct private_key *out)
{
    EVP_PKEY *key = open_key(der);
    bool ok = key && normalize(a, key, out);
    EVP_PKEY_free(key);
    return ok;
}

bool private_key_parse(struct arena *a, struct slice pem, struct private_key *out, struct slice *error)
{
    struct slice type, der;
    if (!pem_decode(a, pem, &type, &der)) {
        *error = SLICE("no PEM data in input");
        return false;
    }
    bool pkcs8 = slice_is(type, "PRIVATE KEY");
    if (!pkcs8 && !slice_ends(type, SLICE(" PRIVATE KEY"))) {
        *error = arena_printf(a, "no private key data in PEM block of type %.*s", SLICE_ARG(type));
        return false;
    }
    struct slice kind = pkcs8 ? type : slice_part(type, 0, type.len - strlen(" PRIVATE KEY"));
    if (slice_is(kind, "DSA")) {
        out->kind = KEY_DSA;
        out->der = der;
        return true;
    }
    if (!pkcs8 && !slice_is(kind, "RSA") && !slice_is(kind, "EC")) {
        *error = arena_printf(a, "invalid private key type %.*s", SLICE_ARG(kind));
        return false;
    }
    bool right_kind = parse_der(a, der, out) && (pkcs8 || (slice_is(kind, "RSA") == (out->kind == KEY_RSA)));
    if (!right_kind && pkcs8)
        *error = SLICE("decoding PEM as PKCS#8: asn1: structure error: tags don't match");
    else if (!right_kind)
        *error = arena_printf(a, "parsing %.*s private key from PEM: asn1: structure error: tags don't match",
                              SLICE_ARG(kind));
    return right_kind;
}

struct slice private_key_pem(struct arena *a, const struct private_key *key)
{
    static const char *const types[] = {[KEY_RSA] = "RSA PRIVATE KEY",
                                        [KEY_ECDSA] = "EC PRIVATE KEY",
                                        [KEY_ED25519] = "PRIVATE KEY",
                                        [KEY_DSA] = "DSA PRIVATE KEY"};
    return pem_encode(a, types[key->kind], key->der);
}

bool private_key_public(struct arena *a, const struct private_key *key, struct slice *info)
{
    unsigned char *bytes = NULL;
    EVP_PKEY *pkey = key->kind == KEY_DSA ? NULL : open_key(key->der);
    bool ok = pkey && take_der(a, bytes, i2d_PUBKEY(pkey, &bytes), info);
    EVP_PKEY_free(pkey);
    return ok;
}

/* --- signing ------------------------------------------------------------------------------------------------- */

/* Go hashes for a curve as long as the curve is. */
static const EVP_MD *curve_hash(int bits)
{
    return bits > 384 ? EVP_sha512() : bits > 256 ? EVP_sha384() : EVP_sha256();
}

bool private_key_algorithm(struct arena *a, const struct private_key *key, struct slice *algorithm)
{
    static const char rsa[] = "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0b";
    static const char ed25519[] = "\x2b\x65\x70";
    char ecdsa[] = "\x2a\x86\x48\xce\x3d\x04\x03\x02"; /* the last byte is 2, 3, 4 with SHA-256, 384, 512 */
    struct buffer b = BUFFER_INIT;
    size_t sequence = der_begin(&b, DER_SEQUENCE);
    if (key->kind == KEY_RSA) {
        der_add(&b, DER_OID, slice_of(rsa, sizeof rsa - 1));
        der_add(&b, DER_NULL, slice_of("", 0));
    } else if (key->kind == KEY_ED25519)
        der_add(&b, DER_OID, slice_of(ed25519, sizeof ed25519 - 1));
    else {
        EVP_PKEY *pkey = open_key(key->der);
        int bits = pkey ? EVP_PKEY_get_bits(pkey) : 0;
        EVP_PKEY_free(pkey);
        ecdsa[sizeof ecdsa - 2] = bits > 384 ? 4 : bits > 256 ? 3 : 2;
        der_add(&b, DER_OID, slice_of(ecdsa, sizeof ecdsa - 1));
    }
    der_end(&b, sequence);
    *algorithm = buffer_move(&b, a);
    return key->kind != KEY_DSA;
}

static bool sign_by_library(struct arena *a, EVP_PKEY *key, const EVP_MD *hash, struct slice message,
                            struct slice *signature)
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    size_t size = (size_t)EVP_PKEY_get_size(key);
    unsigned char *bytes = arena_alloc(a, size);
    bool ok = ctx && EVP_DigestSignInit(ctx, NULL, hash, NULL, key) > 0 &&
              EVP_DigestSign(ctx, bytes, &size, (const unsigned char *)message.ptr, message.len) > 0;
    EVP_MD_CTX_free(ctx);
    *signature = bytes_of(bytes, size);
    return ok;
}

/* The message's hash as a number, cut to the bits of the group's order. */
static bool hash_number(BIGNUM *out, const EVP_MD *hash, struct slice message, const BIGNUM *order)
{
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned size;
    if (!EVP_Digest(message.ptr, message.len, bytes, &size, hash, NULL) || !BN_bin2bn(bytes, (int)size, out))
        return false;
    int excess = (int)size * 8 - BN_num_bits(order);
    return excess <= 0 || BN_rshift(out, out, excess);
}

/* r = x of k·G, s = (z + r·d) / k, both modulo the order; drawn anew where one is 0. */
static bool ecdsa_numbers(const EC_GROUP *group, const BIGNUM *d, const BIGNUM *z, const struct random_source *random,
                          BN_CTX *ctx, BIGNUM *r, BIGNUM *s)
{
    const BIGNUM *order = EC_GROUP_get0_order(group);
    EC_POINT *point = EC_POINT_new(group);
    BIGNUM *k = BN_CTX_get(ctx);
    bool ok = point && k;
    do
        ok = ok && random_in_group(k, order, random) && EC_POINT_mul(group, point, k, NULL, NULL, ctx) &&
             EC_POINT_get_affine_coordinates(group, point, r, NULL, ctx) && BN_nnmod(r, r, order, ctx) &&
             BN_mod_mul(s, r, d, order, ctx) && BN_mod_add(s, s, z, order, ctx) && BN_mod_inverse(k, k, order, ctx) &&
             BN_mod_mul(s, s, k, order, ctx);
    while (ok && (BN_is_zero(r) || BN_is_zero(s)));
    EC_POINT_free(point);
    return ok;
}

static bool sign_ecdsa(struct arena *a, EVP_PKEY *key, struct slice message, const struct random_source *random,
                       struct slice *signature)
{
    char name[64];
    BIGNUM *d = NULL;
    BN_CTX *ctx = BN_CTX_new();
    bool ok = ctx && EVP_PKEY_get_group_name(key, name, sizeof name, NULL) &&
              EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_PRIV_KEY, &d);
    EC_GROUP *group = ok ? EC_GROUP_new_by_curve_name(OBJ_sn2nid(name)) : NULL;
    if (group) {
        BN_CTX_start(ctx);
        BIGNUM *z = BN_CTX_get(ctx), *r = BN_CTX_get(ctx), *s = BN_CTX_get(ctx);
        ok = s && hash_number(z, curve_hash(EVP_PKEY_get_bits(key)), message, EC_GROUP_get0_order(group)) &&
             ecdsa_numbers(group, d, z, random, ctx, r, s);
        if (ok) {
            struct buffer b = BUFFER_INIT;
            size_t sequence = der_begin(&b, DER_SEQUENCE);
            add_number(a, &b, r);
            add_number(a, &b, s);
            der_end(&b, sequence);
            *signature = buffer_move(&b, a);
        }
        BN_CTX_end(ctx);
    }
    ok = ok && group;
    EC_GROUP_free(group);
    BN_clear_free(d);
    BN_CTX_free(ctx);
    return ok;
}

bool private_key_sign(struct arena *a, const struct private_key *key, struct slice message,
                      const struct random_source *random, struct slice *signature)
{
    EVP_PKEY *pkey = key->kind == KEY_DSA ? NULL : open_key(key->der);
    bool ok = false;
    if (pkey && key->kind == KEY_ECDSA)
        ok = sign_ecdsa(a, pkey, message, random, signature);
    else if (pkey)
        ok = sign_by_library(a, pkey, key->kind == KEY_RSA ? EVP_sha256() : NULL, message, signature);
    EVP_PKEY_free(pkey);
    return ok;
}
